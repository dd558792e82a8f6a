from datetime import timedelta

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import certification.clock
from certification.audit.append_only import unguarded

APPEAL = timedelta(days=14)


def record_appeals(apps, schema_editor):
    """What the Board allowed before becomes an appeal of which only the day is known."""
    Appeal = apps.get_model("certificates", "Appeal")
    with unguarded(schema_editor.connection):
        for withdrawal in apps.get_model("certificates", "Withdrawal").objects.order_by("pk"):
            withdrawal.appeal_until = withdrawal.withdrawn_on + APPEAL
            withdrawal.save(update_fields=["appeal_until"])
        for annulled in apps.get_model("certificates", "Reinstatement").objects.order_by("pk"):
            annulled.appeal = Appeal.objects.create(
                withdrawal_id=annulled.withdrawal_id,
                appealed_on=annulled.appealed_on,
                on_paper=True,
                made_by_id=annulled.reinstated_by_id,
                made_at=annulled.reinstated_at,
            )
            annulled.save(update_fields=["appeal"])
    if schema_editor.connection.vendor == "postgresql":
        # a table with deferred checks still to be made cannot be altered: make them now
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def to_one(to, name, **more):
    return models.OneToOneField(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to, **more
    )


def to_user():
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


def pk():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0008_charges"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", pk()),
                ("text", models.TextField(blank=True, max_length=20000, verbose_name="appeal")),
                ("appealed_on", models.DateField(verbose_name="day of the appeal")),
                ("on_paper", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=certification.clock.now)),
                ("made_by", to_user()),
                ("withdrawal", to_one("certificates.withdrawal", "appeal")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("on_paper", True),
                            models.Q(("text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="certificates_appeal_has_text",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AppealRefusal",
            fields=[
                ("id", pk()),
                (
                    "resolution_number",
                    models.CharField(max_length=40, verbose_name="number of the resolution"),
                ),
                ("adopted_on", models.DateField(verbose_name="day of the resolution")),
                ("reason", models.TextField(max_length=5000, verbose_name="reason")),
                ("refused_at", models.DateTimeField(default=certification.clock.now)),
                ("refused_by", to_user()),
                ("appeal", to_one("certificates.appeal", "refusal")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            models.Q(("resolution_number", ""), _negated=True),
                        ),
                        name="certificates_appeal_refusal_says_why",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="withdrawal",
            name="appeal_until",
            field=models.DateField(null=True, verbose_name="last day for the appeal"),
        ),
        migrations.AddField(
            model_name="reinstatement",
            name="appeal",
            field=to_one("certificates.appeal", "reinstatement", null=True),
        ),
        migrations.RunPython(record_appeals, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="withdrawal",
            name="appeal_until",
            field=models.DateField(verbose_name="last day for the appeal"),
        ),
        migrations.AlterField(
            model_name="reinstatement",
            name="appeal",
            field=to_one("certificates.appeal", "reinstatement"),
        ),
        migrations.RemoveConstraint(
            model_name="reinstatement", name="certificates_appeal_before_reinstatement"
        ),
        migrations.RemoveField(model_name="reinstatement", name="withdrawal"),
        migrations.RemoveField(model_name="reinstatement", name="appealed_on"),
    ]
