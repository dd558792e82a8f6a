"""A letter belongs to a case, has a kind, and its paragraphs say row by row what they rest on."""

import certification.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery

from certification.audit.append_only import unguarded

KINDS = [
    ("commendation", "Commendation letter"),
    ("congratulations", "Congratulations to the head of the municipality"),
    ("partner", "Letter to a partner"),
    ("refusal", "Refusal letter"),
    ("appeal_upheld", "Reply to an appeal: the decision is upheld"),
    ("appeal_changed", "Reply to an appeal: the decision is changed"),
]
LEVELS = [
    ("met", "met or better"),
    ("just_met", "met"),
    ("exemplary", "exemplary"),
    ("unmet", "not met"),
]
WITH_CERTIFICATE = ["commendation", "congratulations", "partner"]


def tell_the_case(apps, schema_editor):
    """Earlier letters all went with a certificate, to its holder. Approved ones gain only what
    follows from them: nothing that they print changes.
    """
    letters = apps.get_model("letters", "CommendationLetter").objects
    certificate = apps.get_model("certificates", "Certificate").objects.filter(
        pk=OuterRef("certificate")
    )
    with unguarded(schema_editor.connection):
        letters.update(
            application=Subquery(certificate.values("application")[:1]),
            recipient=Subquery(certificate.values("holder_name")[:1]),
        )
        _lay_grounds(apps)


def _lay_grounds(apps):
    paragraphs = apps.get_model("letters", "LetterParagraph").objects.exclude(findings="")
    ground = apps.get_model("letters", "Ground")
    for pk, findings in paragraphs.values_list("pk", "findings").iterator():
        ground.objects.bulk_create(
            ground(paragraph_id=pk, standard=code, level="met") for code in findings.split(", ")
        )


def user(**options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **options,
    )


def of_letter(name, field):
    return migrations.AddField(model_name="commendationletter", name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0013_source_and_review_of_a_conflict"),
        ("certificates", "0003_initial"),
        ("institutions", "0001_initial"),
        ("letters", "0002_codes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ground",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("standard", models.CharField(max_length=10)),
                ("level", models.CharField(blank=True, choices=LEVELS, max_length=10)),
                ("criterion", models.CharField(blank=True, max_length=20)),
                ("text", models.TextField(blank=True, max_length=5000)),
                ("evidence", models.TextField(blank=True, max_length=2000)),
                ("paragraph", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="grounds", to="letters.letterparagraph")),
            ],
            options={"ordering": ["standard", "criterion", "pk"]},
        ),
        migrations.CreateModel(
            name="Official",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("office", models.CharField(choices=[("wojt", "wójt"), ("burmistrz", "burmistrz"), ("prezydent", "prezydent miasta")], max_length=10, verbose_name="office")),
                ("full_name", models.CharField(max_length=150, verbose_name="first and last name")),
                ("gender", models.CharField(choices=[("m", "Mr"), ("f", "Ms")], max_length=1, verbose_name="form of address")),
                ("title", models.CharField(help_text="In the nominative, e.g. “Wójt Gminy Słupno” or “Prezydent Miasta Radomia”.", max_length=150, verbose_name="office, as below the name")),
                ("address", models.TextField(blank=True, help_text="Street, postcode and town.", max_length=300, verbose_name="address")),
                ("confirmed_at", models.DateTimeField(default=certification.clock.now)),
                ("confirmed_by", user()),
                ("institution", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="official", to="institutions.institution")),
            ],
        ),
        migrations.RemoveConstraint("commendationletter", "letters_one_draft_a_certificate"),
        migrations.AddField("bankparagraph", "offered", models.BooleanField(default=False, help_text="Drafted, and left out until somebody ticks it.")),
        migrations.AlterField("finding", "level", models.CharField(choices=LEVELS, default="met", max_length=10)),
        of_letter("application", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="applications.application")),
        of_letter("kind", models.CharField(choices=KINDS, default="commendation", max_length=20, verbose_name="kind")),
        of_letter("recipient", models.CharField(default="", max_length=300, verbose_name="to whom")),
        of_letter("title", models.CharField(blank=True, default="List gratulacyjny", max_length=120, verbose_name="title")),
        of_letter("replaces", models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replaced_by", to="letters.commendationletter")),
        of_letter("edited_by", user(blank=True, null=True)),
        of_letter("edited_at", models.DateTimeField(blank=True, null=True)),
        of_letter("returned_by", user(blank=True, null=True)),
        of_letter("returned_at", models.DateTimeField(blank=True, null=True)),
        of_letter("return_note", models.TextField(blank=True, max_length=2000, verbose_name="what to mend")),
        migrations.AlterField("commendationletter", "certificate", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="certificates.certificate")),
        migrations.RunPython(tell_the_case, migrations.RunPython.noop),
        migrations.AlterField("commendationletter", "application", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="applications.application")),
        migrations.AlterField("commendationletter", "recipient", models.CharField(max_length=300, verbose_name="to whom")),
        migrations.RemoveField("letterparagraph", "findings"),
        migrations.AddConstraint("commendationletter", models.UniqueConstraint(condition=Q(state="draft"), fields=("application", "kind", "recipient"), name="letters_one_draft_a_recipient")),
        migrations.AddConstraint("commendationletter", models.CheckConstraint(condition=Q(Q(("certificate__isnull", False), ("kind__in", WITH_CERTIFICATE)), Q(Q(("kind__in", WITH_CERTIFICATE), _negated=True), ("certificate", None)), _connector="OR"), name="letters_certificate_by_kind")),
        migrations.AddConstraint("commendationletter", models.CheckConstraint(condition=Q(Q(("edited_at", None), ("edited_by", None)), Q(("edited_at__isnull", False), ("edited_by__isnull", False)), _connector="OR"), name="letters_edited_by_and_at")),
        migrations.AddConstraint("commendationletter", models.CheckConstraint(condition=Q(Q(("return_note", ""), ("returned_at", None), ("returned_by", None)), Q(("returned_at__isnull", False), ("returned_by__isnull", False), Q(("return_note", ""), _negated=True)), _connector="OR"), name="letters_returned_by_and_at")),
    ]
