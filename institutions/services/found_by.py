"""What an institution is found by: kept with its row, written by every verb that changes it."""

from certification.finding import search_words
from institutions.models import Institution


def refresh_search_text(institution: Institution) -> None:
    """Write `search_text` anew from the names, the town and the numbers that stand now.

    Part of the verb that changed them, inside its transaction; leaves no event.
    """
    institution.search_text = search_words(
        institution.name,
        institution.town,
        institution.nip,
        institution.regon,
        institution.krs,
        *institution.former_names.order_by("pk").values_list("name", flat=True),
        *institution.name_forms.order_by("pk").values_list("text", flat=True),
        limit=3000,
    )
    institution.save(update_fields=["search_text"])
