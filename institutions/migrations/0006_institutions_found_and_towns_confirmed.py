from django.db import migrations, transaction

from certification.finding import search_words

BATCH = 500


def fill(apps, schema_editor):
    """Institutions of before are found by what new ones are, and keep the town forms that a
    person confirmed together with the name; in batches, so that nobody waits.
    """
    Institution = apps.get_model("institutions", "Institution")
    last = 0
    while batch := list(
        Institution.objects.filter(pk__gt=last).order_by("pk").prefetch_related("name_forms")[:BATCH]
    ):
        for institution in batch:
            forms = sorted(institution.name_forms.all(), key=lambda form: form.pk)
            institution.search_text = search_words(
                *(institution.name, institution.town),
                *(institution.nip, institution.regon, institution.krs),
                *(form.text for form in forms),
                limit=3000,
            )
            confirm_town(institution, [form for form in forms if form.confirmed_at])
        with transaction.atomic():
            Institution.objects.bulk_update(
                batch, ["search_text", "town_confirmed_by", "town_confirmed_at"]
            )
        last = batch[-1].pk


def confirm_town(institution, confirmed):
    """Whoever confirmed the name last saw the town's forms on the same page."""
    if confirmed and institution.town_genitive and institution.town_locative:
        latest = max(confirmed, key=lambda form: (form.confirmed_at, form.pk))
        institution.town_confirmed_by_id = latest.confirmed_by_id
        institution.town_confirmed_at = latest.confirmed_at


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("institutions", "0005_search_text_of_evidence")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
