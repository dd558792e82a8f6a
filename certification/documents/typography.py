"""Polish typography of plain text: where a line may not break, and how a day is written."""

import re
import unicodedata
from datetime import date

NBSP = "\u00a0"

POLISH_MONTHS = (
    "stycznia lutego marca kwietnia maja czerwca "
    "lipca sierpnia września października listopada grudnia"
)
ENGLISH_MONTHS = (
    "January February March April May June July August September October November December"
)
MONTHS = {"pl": POLISH_MONTHS.split(), "en": ENGLISH_MONTHS.split()}

# What must stay with its neighbour; each pattern matches the one space that may not break.
_NO_BREAK = re.compile(
    "|".join(
        (
            r"(?:(?<=^)|(?<=[\s(„\"«\u00a0]))(?P<word>[aiouwzAIOUWZ]) ",
            r"(?P<nr>\b(?:[Nn]r|poz\.|art\.|ust\.|pkt|§|str\.)) (?=\d)",
            r"(?P<patron>\b(?:im|ks|św|bł)\.) (?=\w)",
            r"(?P<short>\b(?:ul|al|pl|os|dr|prof|mgr)\.?) (?=[A-ZĄĆĘŁŃÓŚŹŻ])",
            r"(?P<initial>\b[A-ZĄĆĘŁŃÓŚŹŻ]\.) (?=[A-ZĄĆĘŁŃÓŚŹŻ])",
            r"(?P<day>\b\d{1,2}) (?=(?:" + "|".join(MONTHS["pl"]) + r")\b)",
            r"(?P<year>\d) (?=r\.|w\.|zł\b)",
            r"(?P<dash>\S) (?=[-–—] )",
        )
    )
)


def plain(text: str) -> str:
    """One clean line: composed letters, single spaces, no characters that cannot be seen.

    Direction marks go too: they can make a name read otherwise than it is stored.
    """
    text = unicodedata.normalize("NFC", text)
    return " ".join(_seen(text).split())


def _unseen(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}


def typeset(text: str) -> str:
    """A clean line whose spaces do not break after one-letter words, in dates and after „nr”."""
    return _NO_BREAK.sub(_glued, plain(text))


def typeset_lines(text: str) -> str:
    """As `typeset`, for a text whose lines, and the spaces they begin with, mean something."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").split("\n")
    return "\n".join(_NO_BREAK.sub(_glued, _seen(line)).rstrip() for line in lines)


def _seen(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(" " if c.isspace() else c for c in line if c.isspace() or not _unseen(c))


def _glued(match: re.Match[str]) -> str:
    return match[0][:-1] + NBSP


def day_in_words(day: date, language: str = "pl") -> str:
    """`12 maja 2016 r.` (PN-EN 28601: no zero before the day), or `12 May 2016`."""
    words = f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"
    return (f"{words} r." if language == "pl" else words).replace(" ", NBSP)
