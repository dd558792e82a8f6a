"""What goes into a run, and in which order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from certification.certificates.models import Certificate, SignedCopy
from certification.letters.models import CommendationLetter, SignedLetter
from certification.letters.states import GOES_WITH_CERTIFICATE
from certification.letters.states import Kind as LetterKind

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
    letters, signed = letters_of(run, chosen.values("pk")), _signed(chosen.values("pk"))
    signed_letters = _signed_letters(chosen.values("pk"))
    printed = set(_printed()) if skip_printed else set()
    by_certificate = []
    for certificate in chosen.only("pk", "document_id"):
        document = signed.get(certificate.pk, certificate.document_id)
        mine = [
            (each, signed_letters.get(each.pk, each.document_id))
            for each in letters.get(certificate.pk, [])
        ]
        parcels = _parcels(run, document, mine)
        by_certificate.append(list(_items(run, certificate, parcels, printed)))
    return _in_order(run, by_certificate)


def letters_of(run: PrintRun, certificates: Any) -> dict[int, list[CommendationLetter]]:
    """The letters of these certificates that go into the run, the oldest first."""
    kinds = {LetterKind.COMMENDATION} if run.with_letters else set()
    if run.with_other_letters:
        kinds |= set(GOES_WITH_CERTIFICATE) - {LetterKind.COMMENDATION}
    found: dict[int, list[CommendationLetter]] = defaultdict(list)
    letters = CommendationLetter.objects.standing().filter(
        certificate__in=certificates, kind__in=kinds
    )
    for letter in letters.order_by("approved_at", "pk"):
        found[letter.certificate_id].append(letter)  # type: ignore[index]
    return found


def _signed(certificates: Any) -> dict[int, int]:
    """The newest signed copy of those that have one, which is printed instead."""
    copies = SignedCopy.objects.filter(certificate__in=certificates).order_by("pk")
    return dict(copies.values_list("certificate", "document"))


def _signed_letters(certificates: Any) -> dict[int, int]:
    copies = SignedLetter.objects.filter(letter__certificate__in=certificates).order_by("pk")
    return dict(copies.values_list("letter", "document"))


def printed_before(items: Iterable[PrintItem]) -> int:
    """How many of the documents were put into a run before."""
    documents = {item.document_id for item in items if item.document_id}
    return len(documents & set(_printed()))


def _printed() -> Iterable[int]:
    return Printing.objects.order_by().values_list("document", flat=True).distinct()


# to whom (None is the holder), and the documents they get
Parcel = tuple[CommendationLetter | None, list[tuple[Kind, int | None]]]


def _parcels(
    run: PrintRun, certificate: int, letters: list[tuple[CommendationLetter, int | None]]
) -> list[Parcel]:
    """What the holder gets, and then each letter to somebody else."""
    mine = [file for each, file in letters if each.kind == LetterKind.COMMENDATION]
    documents = [(Kind.LETTER, file) for file in mine]
    if run.with_certificates:
        documents.insert(0, (Kind.CERTIFICATE, certificate))
    others = [
        (each, [(Kind.LETTER, file)])
        for each, file in letters
        if each.kind != LetterKind.COMMENDATION
    ]
    return [(None, documents), *others]


def _items(
    run: PrintRun, certificate: Certificate, parcels: list[Parcel], printed: set[int]
) -> Iterator[PrintItem]:
    for letter, documents in parcels:
        whose = {"run": run, "certificate": certificate, "letter": letter}
        new = [(kind, document) for kind, document in documents if document not in printed]
        if documents and not new:
            continue
        for kind, document in new:
            yield PrintItem(**whose, kind=kind, document_id=document)
        for kind, wanted in ((Kind.ENVELOPE, run.envelope), (Kind.LABEL, run.labels)):
            if wanted:
                yield PrintItem(**whose, kind=kind)


def _in_order(run: PrintRun, by_certificate: list[list[PrintItem]]) -> list[PrintItem]:
    items = [item for items in by_certificate for item in items]
    if run.grouping == Grouping.BY_KIND:
        kinds = list(Kind)
        items.sort(key=lambda item: kinds.index(Kind(item.kind)))  # which keeps the order within
    for position, item in enumerate(items, start=1):
        item.position = position
    return items
