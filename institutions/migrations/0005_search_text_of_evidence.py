from django.db import migrations, transaction

from certification.finding import search_text

BATCH = 500


def fill(apps, schema_editor):
    """Evidence of before is found by what new evidence is; in batches, so that nobody waits."""
    Evidence = apps.get_model("institutions", "Evidence")
    limit = Evidence._meta.get_field("search_text").max_length
    last = 0
    while batch := list(
        Evidence.objects.filter(pk__gt=last)
        .order_by("pk")
        .prefetch_related("revisions", "tags")[:BATCH]
    ):
        for evidence in batch:
            versions = sorted(evidence.revisions.all(), key=lambda one: -one.number)
            evidence.search_text = search_text(
                evidence.title,
                *(tag.text for tag in evidence.tags.all()),
                evidence.description,
                *dict.fromkeys(
                    text for one in versions for text in (one.filename, one.url) if text
                ),
                limit=limit,
            )
        with transaction.atomic():
            Evidence.objects.bulk_update(batch, ["search_text"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("institutions", "0004_invited_people_who_moved")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
