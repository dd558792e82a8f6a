"""How a letter stands, in words, for whoever holds it or its file."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.certificates.states import Status
from certification.certificates.verdicts import DocumentKind, Shown, Verdict, in_words

from .models import SERIES, CommendationLetter
from .states import State

CHUNK = 500  # rows read at a time
TEMPLATE = "letters/_compare.html"

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
BLANKS = {"day": "[issued_on]", "number": "[certificate]"}


def find(**lookup: str) -> CommendationLetter | None:
    return _approved().filter(**lookup).first()


def _approved() -> "QuerySet[CommendationLetter]":
    return CommendationLetter.objects.filter(state=State.APPROVED).select_related(
        "document", "certificate__withdrawal", "certificate__replaced_by"
    )


def tell(letter: CommendationLetter, day: date, shown: Shown) -> Verdict:
    status = letter.certificate.status_on(day)
    facts = {"day": in_words(letter.dated_on), "number": letter.certificate.number}
    return _verdict(status, facts, document=letter)


def _verdict(
    status: Status, facts: dict[str, str], document: CommendationLetter | None = None
) -> Verdict:
    tone, icon = ("warning", "alert") if status == Status.WITHDRAWN else ("success", "check")
    dated = _("It is dated %(day)s.") % facts
    return Verdict(
        _("This letter is from us"),
        f"{dated} {CERTIFICATES[status] % facts}",
        tone,
        icon,
        document=document,
        stands=True,
        template=TEMPLATE,
    )


def blank_verdicts() -> dict[str, Verdict]:
    return {_key(status): _verdict(status, BLANKS) for status in CERTIFICATES}


def _key(status: Status) -> str:
    return f"letter_{status.value}"


def files(day: date) -> Iterator[tuple[str, dict[str, str]]]:
    """No names: a file says to whom it is written, and who has none need not know."""
    for letter in _approved().iterator(chunk_size=CHUNK):
        if letter.document is not None:
            facts = {
                "number": str(letter.number),
                "status": _key(letter.certificate.status_on(day)),
                "issued_on": letter.dated_on.isoformat(),
                "certificate": letter.certificate.number,
            }
            yield letter.document.sha256, facts


def state_of_files() -> str:
    """How certificates stand, their own kind says."""
    newest = CommendationLetter.objects.aggregate(last=Max("document_id"))["last"]
    return str(newest or 0)


LETTERS = DocumentKind((SERIES,), find, tell, blank_verdicts, files, state_of_files)
