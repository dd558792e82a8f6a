"""An assignment may be for some criteria only, for a third assessor, and ends in some way."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q


def name_endings(apps, schema_editor):
    """Earlier ones ended by the office, or because of a conflict that was declared."""
    conflict, assignment = (
        apps.get_model("applications", "ConflictDeclaration"),
        apps.get_model("assessments", "Assignment"),
    )
    declared = conflict.objects.filter(application=OuterRef("application"), user=OuterRef("assessor"))
    ended = assignment.objects.filter(ended_at__isnull=False)
    of_conflict = list(ended.filter(Exists(declared)).values_list("pk", flat=True))
    ended.filter(pk__in=of_conflict).update(ending="conflict")
    ended.exclude(pk__in=of_conflict).update(ending="replaced")


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0012_extensions_of_a_call_by_institution"),
        ("assessments", "0003_proposals_for_completion"),
        ("standards", "0003_no_set_is_called_as_a_page"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="criteria",
            field=models.ManyToManyField(blank=True, related_name="+", to="standards.criterion"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="part",
            field=models.CharField(
                choices=[("regular", "regular"), ("third", "third, for criteria in dispute")],
                default="regular",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[
                    ("declined", "declined"),
                    ("handed_back", "handed back"),
                    ("conflict", "conflict of interest"),
                    ("replaced", "ended by the office"),
                ],
                default="",
                max_length=20,
            ),
        ),
        migrations.RunPython(name_endings, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="assignment", name="assessments_ended_by_and_at"
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None, ending="")
                | (Q(ended_by__isnull=False, ended_at__isnull=False) & ~Q(ending="")),
                name="assessments_ended_by_and_at",
            ),
        ),
    ]
