"""The catalogue: editions of the CAL standards, and the words everything else is said in.

Every text is kept in Polish and in English (`_pl`, `_en`); `name` and `text` give the one of
the reader's language. A published set is frozen by the database; that it is retired is a row
beside it.
"""

from .contents import Area, Criterion, Descent, Standard
from .edition import RatingLevel, Retirement, Source, StandardSet
from .words import EvidenceType, InstitutionKind, InTwoLanguages

__all__ = [
    "Area",
    "Criterion",
    "Descent",
    "EvidenceType",
    "InTwoLanguages",
    "InstitutionKind",
    "RatingLevel",
    "Retirement",
    "Source",
    "Standard",
    "StandardSet",
]
