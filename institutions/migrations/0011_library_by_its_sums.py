import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """After 0010 and not within it: PostgreSQL alters no table whose rows still wait for checks."""

    dependencies = [("institutions", "0010_sums_of_a_library")]
    operations = [
        migrations.AlterField(
            model_name="evidencetag",
            name="institution",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="institutions.institution",
            ),
        ),
        migrations.RemoveIndex("evidencetag", "institutions_tags_of_evidence"),
        migrations.RemoveIndex("evidencerevision", "institutions_size_of_library"),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(fields=["institution", "size"], name="institutions_size_of_library"),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                fields=["institution", "sort_title", "id"], name="institutions_library_by_title"
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                fields=["institution", "occurred_to", "occurred_from", "added_at", "id"],
                name="institutions_library_by_time",
            ),
        ),
        migrations.AddIndex(
            model_name="evidencetag",
            index=models.Index(
                fields=["institution", "text", "evidence"], name="institutions_tags_of_library"
            ),
        ),
    ]
