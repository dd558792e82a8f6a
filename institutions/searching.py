"""Finding a word in a text whatever its capitals, Polish letters included."""

from functools import reduce
from operator import or_

from django.db.models import Q


def contains(field: str, word: str) -> Q:
    """Whether `field` holds `word`.

    PostgreSQL folds every letter; SQLite folds only a to z, so „śląskich” would not find
    „Śląskich” there. The three ways such a word is really written are tried.
    """
    if word.isascii():
        return Q(**{f"{field}__icontains": word})
    spellings = dict.fromkeys([word, word.lower(), word.capitalize(), word.upper()])
    return reduce(or_, (Q(**{f"{field}__icontains": spelling}) for spelling in spellings))
