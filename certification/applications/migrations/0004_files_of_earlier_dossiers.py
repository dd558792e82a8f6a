import json

from django.db import migrations


def read_from_manifests(apps, schema_editor):
    """Dossiers frozen before name their files in the manifest only."""
    Dossier = apps.get_model("applications", "Dossier")
    DossierFile = apps.get_model("applications", "DossierFile")
    for dossier in Dossier.objects.iterator():
        answers = json.loads(dossier.manifest).get("answers", [])
        revisions = {piece["id"] for answer in answers for piece in answer["evidence"]}
        DossierFile.objects.bulk_create(
            DossierFile(dossier=dossier, revision_id=pk) for pk in sorted(revisions)
        )


class Migration(migrations.Migration):
    dependencies = [("applications", "0003_dossier_files")]
    operations = [migrations.RunPython(read_from_manifests, migrations.RunPython.noop)]
