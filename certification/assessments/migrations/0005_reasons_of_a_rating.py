from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Concat

from certification.audit.append_only import unguarded


def sort_out(apps, schema_editor):
    """A comment speaks for the institution where its level counts as met; else it says what is
    missing. What was submitted keeps its words, in another column.
    """
    Rating = apps.get_model("assessments", "Rating")
    met = Rating.objects.filter(level__value__gte=F("level__standard_set__met_from"))
    others = Rating.objects.exclude(pk__in=met.values("pk")).exclude(strengths="")
    with unguarded(schema_editor.connection):
        others.update(weaknesses=F("strengths"), strengths="")


def put_together(apps, schema_editor):
    Rating = apps.get_model("assessments", "Rating")
    with unguarded(schema_editor.connection):
        Rating.objects.filter(strengths="").update(strengths=F("weaknesses"))
        Rating.objects.exclude(weaknesses="").exclude(strengths=F("weaknesses")).update(
            strengths=Concat(
                "strengths", Value("\n\n", output_field=models.TextField()), "weaknesses"
            )
        )


class Migration(migrations.Migration):
    dependencies = [("assessments", "0004_parts_of_a_case")]
    operations = [
        migrations.RenameField("rating", "comment", "strengths"),
        migrations.AlterField(
            model_name="rating",
            name="strengths",
            field=models.TextField(blank=True, max_length=5000, verbose_name="strengths"),
        ),
        migrations.AddField(
            model_name="rating",
            name="weaknesses",
            field=models.TextField(
                blank=True, default="", max_length=5000, verbose_name="what is missing"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="rating",
            name="question",
            field=models.TextField(
                blank=True, default="", max_length=2000, verbose_name="question to the institution"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(sort_out, put_together),
    ]
