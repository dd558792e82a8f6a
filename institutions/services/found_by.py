"""What an institution is found by: kept with its row, written by every verb that changes it."""

from collections.abc import Sequence

from certification.finding import search_words
from institutions.models import FormerName, Institution, NameForm

_BATCH = 200  # rows a statement


def refresh_search_text(institution: Institution) -> None:
    """Write `search_text` anew from the names, the town and the numbers that stand now.

    Part of the verb that changed them, inside its transaction; leaves no event.
    """
    refresh_search_texts([institution])


def refresh_search_texts(institutions: Sequence[Institution]) -> None:
    """The same for many at once, with a number of queries that hardly grows with them."""
    texts: dict[int, list[str]] = {
        each.pk: [each.name, each.town, each.nip, each.regon, each.krs] for each in institutions
    }
    for start in range(0, len(institutions), _BATCH):
        batch = institutions[start : start + _BATCH]
        former = FormerName.objects.filter(institution__in=batch).order_by("pk")
        forms = NameForm.objects.filter(institution__in=batch).order_by("pk")
        for pk, text in [
            *former.values_list("institution", "name"),
            *forms.values_list("institution", "text"),
        ]:
            texts[pk].append(text)
    for each in institutions:
        each.search_text = search_words(*texts[each.pk], limit=3000)
    Institution.objects.bulk_update(institutions, ["search_text"], batch_size=_BATCH)
