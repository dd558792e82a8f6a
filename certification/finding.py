"""Finding rows by what people remember: a name, a town, a number; accents do not matter.

A model that can be searched keeps a column `search_text`, written with the row.
"""

from django.db.models import Q

from certification.folding import fold

__all__ = ["fold", "matching", "search_text"]


def search_text(*texts: str, limit: int = 500) -> str:
    """What a row is found by, as its column `search_text` holds it."""
    return fold(" ".join(texts))[:limit]


def search_words(*texts: str, limit: int) -> str:
    """As `search_text`, with each word once: the seven cases of a name repeat most of theirs."""
    return " ".join(dict.fromkeys(fold(" ".join(texts)).split()))[:limit]


def matching(typed: str) -> Q:
    """Rows in which every word that was typed occurs."""
    found = Q()
    for word in fold(typed).split()[:10]:
        found &= Q(search_text__contains=word)
    return found
