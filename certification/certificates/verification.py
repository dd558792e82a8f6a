"""What was typed from the paper, or the file itself, and what to tell of it: always an answer."""

import re
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .codes import ALPHABET, LENGTH, normalised
from .verdicts import DocumentKind, Shown, Verdict, document_kinds

GAP = r"[\s/\\–-]"
TYPED_NUMBER = re.compile(
    rf"(?:(?:nr|no|numer|number)\.?\s*)?(?:cal{GAP}*([a-z]{{1,4}}){GAP}*)?"
    rf"0*([0-9]{{1,6}}){GAP}+([0-9]{{4}})",
    re.IGNORECASE,
)


def check(typed: str, day: date) -> Verdict:
    """Say how the document with this code or number stands on that day."""
    typed = typed.strip().rstrip("/").rpartition("weryfikacja/")[2]  # a pasted address will do
    number, code = TYPED_NUMBER.fullmatch(typed), normalised(typed)
    if number:
        return _by_number(*number.groups(), day=day)
    if len(code) == LENGTH and set(code) <= set(ALPHABET):
        return _first(document_kinds(), Shown.CODE, code, day) or _never_issued()
    return _not_understood(len(code))


def check_file(sha256: str, day: date) -> Verdict:
    """Say how the document stands whose PDF, byte for byte, has this SHA-256 in hexadecimal."""
    return _first(document_kinds(), Shown.FILE, sha256, day) or unknown_file()


def _by_number(letters: str | None, number: str, year: str, *, day: date) -> Verdict:
    """Without the letters of its series a number is a certificate's, if there is such a one."""
    for kind in document_kinds():
        for series in kind.series:
            if letters is None or series == f"CAL/{letters.upper()}":
                found = _first([kind], Shown.NUMBER, f"{series}/{number}/{year}", day)
                if found:
                    return found
    return _never_issued()


def _first(kinds: list[DocumentKind], shown: Shown, text: str, day: date) -> Verdict | None:
    for kind in kinds:
        document = kind.find(**{shown.value: text})
        if document is not None:
            return kind.tell(document, day, shown)
    return None


def blank_verdicts() -> dict[str, Verdict]:
    """What is told in each case, with blanks for the facts."""
    return {
        status: verdict
        for kind in document_kinds()
        for status, verdict in kind.blank_verdicts().items()
    }


def _never_issued() -> Verdict:
    return Verdict(
        _("We have issued no such document"),
        _("No document with this code or number was ever issued by us."),
        "danger",
        "cross",
    )


def unknown_file() -> Verdict:
    return Verdict(
        _("This is not a file that we issued"),
        _(
            "It was altered, saved anew or printed to a new file, or it never came from us. "
            "Check the number or the code that stands in it."
        ),
        "danger",
        "cross",
    )


def _not_understood(typed: int) -> Verdict:
    return Verdict(
        _("This is neither a code nor a number of ours"),
        ngettext(
            "A code has %(length)s characters and you typed %(typed)s. "
            "A number looks like CAL/OSL/1/2016.",
            "A code has %(length)s characters and you typed %(typed)s. "
            "A number looks like CAL/OSL/1/2016.",
            typed,
        )
        % {"length": LENGTH, "typed": typed},
        "warning",
        "alert",
    )
