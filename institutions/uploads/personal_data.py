"""How many people's PESEL numbers a text seems to hold. The numbers themselves go nowhere.

Helping, not policing: whoever sends a list of residents by mistake is asked about it in time.
A PESEL is eleven digits: a date of birth (the month tells the century), a serial number and a check
digit (act of 24 September 2010 on population records, art. 15). Of random numbers of eleven
digits one in about two hundred looks like one; hence they are only counted and asked about.
"""

import re
from collections.abc import Iterator
from datetime import date

from certification import clock

# On its own: not a part of a longer number (an account, a barcode, a telephone with +48), of a
# word, a file number or a fraction. After a comma, a semicolon or a space another may follow.
_BEFORE, _AFTER = r"(?:(?<=pesel)|(?<![\w./+-]))", r"(?![\w/]|[.-]\w)"
_WHOLE = re.compile(rf"{_BEFORE}(\d{{11}}){_AFTER}", re.I)
# As people write it for the eye: the date, then the rest. Digits in groups may also be an account,
# so here no group may stand beside it.
_GAP = "[ \u00a0-]"
_DIVIDED = re.compile(
    rf"(?<!\d{_GAP}){_BEFORE}"
    rf"(\d{{2}}{_GAP}?\d{{2}}{_GAP}?\d{{2}}{_GAP}\d{{5}}){_AFTER}(?!{_GAP}\d)",
    re.I,
)
_NO_DIGIT = re.compile(r"\D")

_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
_CENTURIES = {80: 1800, 0: 1900, 20: 2000, 40: 2100, 60: 2200}  # by what the month has more
_OLDEST = 125  # years; nobody alive is older, and the dead have no personal data (RODO, recital 27)


def count_pesels(text: str) -> int:
    """How many different PESEL numbers of people who may be alive stand in the text."""
    today = clock.today()
    return len({number for number in _candidates(text) if _is_pesel(number, today)})


def _candidates(text: str) -> Iterator[str]:
    for whole in _WHOLE.finditer(text):
        yield whole[1]
    for divided in _DIVIDED.finditer(text):
        yield _NO_DIGIT.sub("", divided[1])


def _is_pesel(digits: str, today: date) -> bool:
    """Whether the check digit is right and somebody alive may have been born on that day."""
    if sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 10:
        return False
    month = int(digits[2:4])
    century = _CENTURIES[month // 20 * 20]
    try:
        born = date(century + int(digits[:2]), month % 20, int(digits[4:6]))
    except ValueError:
        return False
    return born <= today and today.year - born.year <= _OLDEST
