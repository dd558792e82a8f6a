"""How a letter stands, in words, for whoever holds it or its file.

A refusal is nobody's business but the institution's, and numbers can be guessed: to whom such
a letter is written is shown only to who has its code or its file. A commendation says what the
register says anyway.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Max, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.certificates.models import Certificate
from certification.certificates.states import Status
from certification.certificates.verdicts import DocumentKind, Shown, Verdict, in_words

from .models import CommendationLetter, SignedLetter
from .states import SERIES, Kind, State

CHUNK = 500  # rows read at a time
SUPERSEDED, ALONE = "letter_superseded", "letter_alone"

# what is said of the certificate that the letter came with
CERTIFICATES = {
    Status.VALID: gettext_lazy("It goes with certificate %(number)s, which is valid."),
    Status.EXPIRING: gettext_lazy(
        "It goes with certificate %(number)s, which is valid but expires soon."
    ),
    Status.UPCOMING: gettext_lazy("It goes with certificate %(number)s, which is not valid yet."),
    Status.EXPIRED: gettext_lazy("It goes with certificate %(number)s, which has expired."),
    Status.WITHDRAWN: gettext_lazy("It goes with certificate %(number)s, which was withdrawn."),
    Status.SUPERSEDED: gettext_lazy(
        "It goes with certificate %(number)s, which was replaced by a corrected one."
    ),
}
BLANKS = {"day": "[issued_on]", "number": "[certificate]", "newer": "[replaced_by]"}


def find(**lookup: str) -> CommendationLetter | None:
    found = _approved().filter(**lookup).first()
    if found is None and Shown.FILE.value in lookup:
        signed = {f"signed_copies__{name}": value for name, value in lookup.items()}
        found = _approved().filter(**signed).first()
    return found


def _approved() -> "QuerySet[CommendationLetter]":
    approved = CommendationLetter.objects.filter(state=State.APPROVED)
    return approved.select_related("document", "replaced_by").prefetch_related(
        Prefetch("certificate", Certificate.objects.with_facts())
    )


def tell(letter: CommendationLetter, day: date, shown: Shown) -> Verdict:
    key = _key(letter, day)
    told = _blank(key, _facts(letter))
    is_open = letter.kind == Kind.COMMENDATION or shown != Shown.NUMBER
    return Verdict(
        told.headline,
        told.text,
        told.tone,
        told.icon,
        document=letter,
        stands=key != SUPERSEDED,
        replaced_by=str(letter.replaced_by.number) if letter.is_replaced else "",
        template="letters/_compare.html" if is_open else "letters/_compare_discreetly.html",
    )


def _key(letter: CommendationLetter, day: date) -> str:
    if letter.is_replaced:
        return SUPERSEDED
    if letter.certificate is None:
        return ALONE
    return _with_certificate(letter.certificate.status_on(day))


def _with_certificate(status: Status) -> str:
    return f"letter_{status.value}" if status != Status.SUPERSEDED else "letter_corrected"


def _facts(letter: CommendationLetter) -> dict[str, str]:
    return {
        "day": in_words(letter.dated_on),
        "number": letter.certificate.number if letter.certificate else "",
        "newer": str(letter.replaced_by.number) if letter.is_replaced else "",
    }


def _blank(key: str, facts: Mapping[str, str]) -> Verdict:
    dated = _("It is dated %(day)s.") % facts
    if key == SUPERSEDED:
        headline = _("This letter was replaced by another")
        newer = _("What counts now is letter %(newer)s.") % facts
        return Verdict(headline, f"{dated} {newer}", "warning", "alert")
    headline = _("This letter is from us")
    if key == ALONE:
        return Verdict(headline, dated, "success", "check")
    status = next(status for status in CERTIFICATES if _with_certificate(status) == key)
    tone, icon = ("warning", "alert") if status == Status.WITHDRAWN else ("success", "check")
    return Verdict(headline, f"{dated} {CERTIFICATES[status] % facts}", tone, icon)


def blank_verdicts() -> dict[str, Verdict]:
    keys = [SUPERSEDED, ALONE, *map(_with_certificate, CERTIFICATES)]
    return {key: _blank(key, BLANKS) for key in keys}


def files(day: date) -> Iterator[tuple[str, dict[str, str]]]:
    """No names: a file says to whom it is written, and who has none need not know."""
    letters = _approved().prefetch_related("signed_copies__document")
    for letter in letters.iterator(chunk_size=CHUNK):
        signed = [copy.document for copy in letter.signed_copies.all()]
        for document in (letter.document, *signed):
            if document is not None:
                yield document.sha256, _listed(letter, day)


def _listed(letter: CommendationLetter, day: date) -> dict[str, str]:
    facts = {
        "number": str(letter.number),
        "status": _key(letter, day),
        "issued_on": letter.dated_on.isoformat(),
    }
    if letter.certificate is not None:
        facts["certificate"] = letter.certificate.number
    if letter.is_replaced:
        facts["replaced_by"] = str(letter.replaced_by.number)
    return facts


def state_of_files() -> str:
    """How certificates stand, their own kind says."""
    newest = CommendationLetter.objects.filter(~Q(document=None)).aggregate(last=Max("document"))
    signed = SignedLetter.objects.aggregate(last=Max("pk"))
    return f"{newest['last'] or 0}-{signed['last'] or 0}"


LETTERS = DocumentKind(
    tuple(dict.fromkeys(SERIES.values())), find, tell, blank_verdicts, files, state_of_files
)
