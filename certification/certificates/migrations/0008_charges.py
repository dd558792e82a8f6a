from datetime import timedelta

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import certification.clock
from certification.audit.append_only import unguarded

REPLY = timedelta(days=14)


def state(apps, schema_editor):
    """Charges of before become rows of their own. The time to reply to them has passed: it ended
    with the day before the withdrawal, or earlier.
    """
    Charges = apps.get_model("certificates", "Charges")
    Withdrawal = apps.get_model("certificates", "Withdrawal")
    with unguarded(schema_editor.connection):
        for withdrawal in Withdrawal.objects.order_by("pk"):
            eve = withdrawal.withdrawn_on - timedelta(days=1)
            withdrawal.charges = Charges.objects.create(
                certificate_id=withdrawal.certificate_id,
                text=withdrawal.charges_text,
                stated_on=withdrawal.charges_stated_on,
                reply_until=min(eve, withdrawal.charges_stated_on + REPLY),
                stated_by_id=withdrawal.withdrawn_by_id,
                stated_at=withdrawal.withdrawn_at,
            )
            withdrawal.save(update_fields=["charges"])
    if schema_editor.connection.vendor == "postgresql":
        # a table with deferred checks still to be made cannot be altered: make them now
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def to_one(to, name, **more):
    return models.OneToOneField(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to, **more
    )


def to_many(to, name, **more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to, **more
    )


def pk():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0007_reinstatements"),
        ("documents", "0007_kind_of_charges"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Charges",
            fields=[
                ("id", pk()),
                (
                    "number",
                    models.CharField(
                        editable=False,
                        max_length=40,
                        null=True,
                        unique=True,
                        verbose_name="number",
                    ),
                ),
                ("text", models.TextField(max_length=10000, verbose_name="charges")),
                ("stated_on", models.DateField(verbose_name="stated on")),
                ("reply_until", models.DateField(verbose_name="last day for the reply")),
                ("stated_at", models.DateTimeField(default=certification.clock.now)),
                ("certificate", to_many("certificates.certificate", "charges")),
                ("document", to_one("documents.storeddocument", "+", null=True)),
                ("stated_by", to_many(settings.AUTH_USER_MODEL, "+")),
            ],
            options={
                "verbose_name_plural": "charges",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reply_until__gte", models.F("stated_on"))),
                        name="certificates_reply_after_charges",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="certificates_charges_have_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document", None), ("number", None)),
                            models.Q(("document__isnull", False), ("number__isnull", False)),
                            _connector="OR",
                        ),
                        name="certificates_charges_paper_is_numbered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChargesDropping",
            fields=[
                ("id", pk()),
                ("reason", models.TextField(max_length=5000, verbose_name="reason")),
                ("dropped_at", models.DateTimeField(default=certification.clock.now)),
                ("charges", to_one("certificates.charges", "dropping")),
                ("dropped_by", to_many(settings.AUTH_USER_MODEL, "+")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="certificates_dropping_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChargesReply",
            fields=[
                ("id", pk()),
                ("text", models.TextField(max_length=20000, verbose_name="reply")),
                ("received_on", models.DateField(verbose_name="day of the reply")),
                ("on_paper", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=certification.clock.now)),
                ("charges", to_many("certificates.charges", "replies")),
                ("made_by", to_many(settings.AUTH_USER_MODEL, "+")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="certificates_reply_has_text",
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="withdrawal", name="certificates_charges_before_withdrawal"
        ),
        migrations.RemoveConstraint(
            model_name="withdrawal", name="certificates_withdrawal_says_why"
        ),
        migrations.RenameField(
            model_name="withdrawal", old_name="charges", new_name="charges_text"
        ),
        migrations.AddField(
            model_name="withdrawal",
            name="charges",
            field=to_one("certificates.charges", "withdrawal", null=True),
        ),
        migrations.RunPython(state, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="withdrawal",
            name="charges",
            field=to_one("certificates.charges", "withdrawal"),
        ),
        migrations.RemoveField(model_name="withdrawal", name="certificate"),
        migrations.RemoveField(model_name="withdrawal", name="charges_text"),
        migrations.RemoveField(model_name="withdrawal", name="charges_stated_on"),
        migrations.AddConstraint(
            model_name="withdrawal",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="certificates_withdrawal_says_why",
            ),
        ),
    ]
