"""Finding rows by what people remember: a name, a town, a number; accents do not matter.

A model that can be searched keeps a column `search_text`, written with the row.
"""

import unicodedata

from django.db.models import Q

_STROKES = str.maketrans("łŁøØđĐ", "lLoOdD")  # letters that Unicode does not take apart


def fold(text: str) -> str:
    """`Łódź, ul. Świętojańska` → `lodz, ul. swietojanska`. Databases disagree about the case
    of Polish letters, so what is searched is stored in this form.
    """
    words = " ".join(text.split()).translate(_STROKES)
    parts = unicodedata.normalize("NFKD", words)
    return "".join(c for c in parts if not unicodedata.combining(c) and c.isprintable()).casefold()


def search_text(*texts: str, limit: int = 500) -> str:
    """What a row is found by, as its column `search_text` holds it."""
    return fold(" ".join(texts))[:limit]


def matching(typed: str) -> Q:
    """Rows in which every word that was typed occurs."""
    found = Q()
    for word in fold(typed).split()[:10]:
        found &= Q(search_text__contains=word)
    return found
