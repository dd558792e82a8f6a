"""What a run's page tells of its files and of what is missing."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Sum
from django.urls import reverse

from .models import ItemQuerySet, PrintFile, PrintItem
from .states import WHAT_TO_DO, Grouping, Kind, Output, Trouble


@dataclass(frozen=True)
class Part:
    """The documents of one kind in a file; pages where they follow one another in a PDF.

    `kind` is None for what comes last: sheets of labels and lists.
    """

    kind: Kind | None
    count: int
    first: int | None
    last: int | None


def parts_of(file: PrintFile) -> list[Part]:
    """Kind by kind, in the order in which they are printed."""
    counted = (
        file.items.order_by()  # type: ignore[attr-defined]
        .values("kind")
        .annotate(n=Count("pk"), first=Min("first_page"), pages=Sum("pages"))
    )
    found = {row["kind"]: row for row in counted}
    run = file.run
    together = run.output == Output.PDF and run.grouping == Grouping.BY_KIND
    parts = [_part(kind, found[kind], together) for kind in Kind if kind in found]
    placed = max((part.last or 0 for part in parts), default=0)
    if together and file.pages > placed:
        parts.append(Part(None, 0, placed + 1, file.pages))
    return parts


def _part(kind: Kind, row: Any, together: bool) -> Part:
    first = row["first"] if together else None
    return Part(kind, row["n"], first, first + row["pages"] - 1 if first else None)


@dataclass(frozen=True)
class Gap:
    """What of one parcel is missing for one reason, and where it is mended ("" where nowhere in
    the program).
    """

    items: list[PrintItem]
    trouble: Trouble
    what_to_do: object
    url: str

    @property
    def recipient(self) -> str:
        return self.items[0].recipient


def gaps_of(items: ItemQuerySet) -> list[Gap]:
    found: dict[tuple[int | None, int | None, str], list[PrintItem]] = defaultdict(list)
    for item in items.exclude(trouble="").select_related(
        "certificate__institution", "letter__application__institution", "document"
    ):
        found[item.certificate_id, item.letter_id, item.trouble].append(item)
    return [_gap(missing) for missing in found.values()]


def _gap(missing: list[PrintItem]) -> Gap:
    trouble, institution = Trouble(missing[0].trouble), missing[0].addressee
    page = MENDED_AT.get(trouble)
    url = reverse(page, args=[institution.pk]) if page and institution else ""
    if trouble == Trouble.NO_STREET and missing[0].letter:
        url = missing[0].letter.get_absolute_url()
    return Gap(missing, trouble, WHAT_TO_DO[trouble], url)


MENDED_AT = {
    Trouble.NO_ADDRESS: "institution_edit",
    Trouble.TOO_LONG: "institution_edit",
    Trouble.NO_NAME: "name_forms",
}
