"""The columns of an assessment in a spreadsheet, as they are written and as they are found again.

The file is Polish, like every document, whatever language the screens are in.
"""

import re
from dataclasses import dataclass

from certification.finding import fold

RATINGS, FACTS, LEVELS = "Oceny", "Informacje", "Poziomy"  # the sheets
CARD = "Numer karty"  # among the facts: whose file it is


@dataclass(frozen=True)
class Column:
    """`width` in characters; `others` are headings it is found by too, folded."""

    name: str
    title: str
    width: int
    others: tuple[str, ...] = ()


COLUMNS = (
    Column("code", "Kod", 8, ("kryterium", "kod kryterium")),
    Column("text", "Treść kryterium", 50, ("tresc",)),
    Column("level", "Poziom", 22, ("ocena",)),
    Column("strengths", "Mocne strony", 50),
    Column("weaknesses", "Czego brakuje", 50, ("slabe strony", "braki")),
    Column("question", "Pytanie do instytucji", 40, ("pytanie",)),
    Column("version", "Wersja", 10),
)
HIDDEN = [position for position, column in enumerate(COLUMNS) if column.name == "version"]
WRITTEN = ("level", "strengths", "weaknesses", "question")  # what an assessor fills in


def field_of(heading: str) -> str:
    """The name of the column that a heading means; empty where it means none."""
    bare = re.sub(r"[^a-z0-9]+", " ", fold(heading)).strip()
    for column in COLUMNS:
        if bare == fold(column.title) or bare in column.others:
            return column.name
    return ""
