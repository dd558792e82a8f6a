"""What goes into a run, and in which order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from certification.certificates.models import Certificate
from certification.letters.models import CommendationLetter

from .models import Printing, PrintItem, PrintRun
from .states import ORDERS, Grouping, Kind, Order


def plan(run: PrintRun, certificates: Iterable[int], *, skip_printed: bool) -> list[PrintItem]:
    """The items of a run of these certificates (their keys), not saved yet.

    With `skip_printed` documents that were printed before stay out, and so does the envelope of a
    certificate of which nothing else is left.
    """
    chosen = Certificate.objects.filter(pk__in=list(certificates)).order_by(
        *ORDERS[Order(run.order)]
    )
    letters = letters_of(chosen.values("pk")) if run.with_letters else {}
    printed = set(_printed()) if skip_printed else set()
    by_certificate = [
        list(_items(run, certificate, letters.get(certificate.pk, []), printed))
        for certificate in chosen.only("pk", "document_id")
    ]
    return _in_order(run, by_certificate)


def letters_of(certificates: Any) -> dict[int, list[int]]:
    """The stored documents of approved letters to the holders that no newer ones replace, the
    oldest first, by certificate. Letters to others do not go into the holder's envelope.
    """
    found: dict[int, list[int]] = defaultdict(list)
    standing = CommendationLetter.objects.to_holders().filter(certificate__in=certificates)
    letters = standing.order_by("approved_at", "pk")
    for certificate, document in letters.values_list("certificate", "document"):
        found[certificate].append(document)  # type: ignore[arg-type]
    return found


def printed_before(items: Iterable[PrintItem]) -> int:
    """How many of the documents were put into a run before."""
    documents = {item.document_id for item in items if item.document_id}
    return len(documents & set(_printed()))


def _printed() -> Iterable[int]:
    return Printing.objects.order_by().values_list("document", flat=True).distinct()


def _items(
    run: PrintRun, certificate: Certificate, letters: list[int], printed: set[int]
) -> Iterator[PrintItem]:
    documents = [(Kind.LETTER, letter) for letter in letters]
    if run.with_certificates:
        documents.insert(0, (Kind.CERTIFICATE, certificate.document_id))
    new = [(kind, document) for kind, document in documents if document not in printed]
    if documents and not new:
        return
    for kind, document in new:
        yield PrintItem(run=run, certificate=certificate, kind=kind, document_id=document)
    for kind, wanted in ((Kind.ENVELOPE, run.envelope), (Kind.LABEL, run.labels)):
        if wanted:
            yield PrintItem(run=run, certificate=certificate, kind=kind)


def _in_order(run: PrintRun, by_certificate: list[list[PrintItem]]) -> list[PrintItem]:
    items = [item for items in by_certificate for item in items]
    if run.grouping == Grouping.BY_KIND:
        kinds = list(Kind)
        items.sort(key=lambda item: kinds.index(Kind(item.kind)))  # which keeps the order within
    for position, item in enumerate(items, start=1):
        item.position = position
    return items
