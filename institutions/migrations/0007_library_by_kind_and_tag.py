from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("institutions", "0006_institutions_found_and_towns_confirmed")]
    operations = [
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(fields=["institution", "type"], name="institutions_library_by_kind"),
        ),
        migrations.AddIndex(
            model_name="evidencetag",
            index=models.Index(fields=["evidence", "text"], name="institutions_tags_of_evidence"),
        ),
    ]
