"""What goes into a run, and in which order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from certification.certificates.models import Certificate, SignedCopy
from certification.letters.models import CommendationLetter, SignedLetter
from certification.letters.states import GOES_WITH_CERTIFICATE
from certification.letters.states import Kind as LetterKind

from .models import Printing, PrintItem, PrintRun
from .states import LETTER_ORDERS, ORDERS, Grouping, Kind, Order


def plan(
    run: PrintRun, certificates: Iterable[int], letters: Iterable[int] = (), *, skip_printed: bool
) -> list[PrintItem]:
    """The items of a run of these certificates and of letters of refused cases, not saved yet.

    Both are keys. With `skip_printed` documents that were printed before stay out, and so does the
    envelope of a certificate of which nothing else is left.
    """
    chosen = Certificate.objects.filter(pk__in=list(certificates)).order_by(
        *ORDERS[Order(run.order)]
    )
    theirs, signed = letters_of(run, chosen.values("pk")), _signed(chosen.values("pk"))
    alone = CommendationLetter.objects.filter(pk__in=list(letters)).order_by(
        *LETTER_ORDERS[Order(run.order)]
    )
    files = _files_of([*(each for mine in theirs.values() for each in mine), *alone])
    printed = set(_printed()) if skip_printed else set()
    parcels_of_each = []
    for certificate in chosen.only("pk", "document_id"):
        document = signed.get(certificate.pk, certificate.document_id)
        mine = [(each, files[each.pk]) for each in theirs.get(certificate.pk, [])]
        parcels = _parcels(run, document, mine)
        parcels_of_each.append(list(_items(run, certificate, parcels, printed)))
    for letter in alone:
        parcel = (letter, [(Kind.LETTER, files[letter.pk])])
        parcels_of_each.append(list(_items(run, None, [parcel], printed)))
    return _in_order(run, parcels_of_each)


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


def _files_of(letters: list[CommendationLetter]) -> dict[int, int | None]:
    """The file that is printed of each: the newest signed copy, or else what was approved."""
    copies = SignedLetter.objects.order_by("pk").filter(letter__in=letters)
    signed = dict(copies.values_list("letter", "document"))
    return {each.pk: signed.get(each.pk, each.document_id) for each in letters}


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
    run: PrintRun, certificate: Certificate | None, parcels: list[Parcel], printed: set[int]
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


def _in_order(run: PrintRun, together: list[list[PrintItem]]) -> list[PrintItem]:
    items = [item for items in together for item in items]
    if run.grouping == Grouping.BY_KIND:
        kinds = list(Kind)
        items.sort(key=lambda item: kinds.index(Kind(item.kind)))  # which keeps the order within
    for position, item in enumerate(items, start=1):
        item.position = position
    return items
