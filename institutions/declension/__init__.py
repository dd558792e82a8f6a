"""Names of Polish institutions in the seven cases: suggested here, confirmed by a person.

A closed list of head nouns, adjective endings, and no dictionary at run time. A name with a word
the list does not know is not declined at all.
"""

from institutions.declension.suggestions import (
    Suggestion,
    acronym,
    generic_noun,
    short_name,
    suggest,
    suggest_all,
)
from institutions.declension.towns import TownForms, preposition, suggest_town

__all__ = [
    "Suggestion",
    "TownForms",
    "acronym",
    "generic_noun",
    "preposition",
    "short_name",
    "suggest",
    "suggest_all",
    "suggest_town",
]
