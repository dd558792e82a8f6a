"""What the editor shows beside a letter: words to look at, and what repeats itself."""

from collections.abc import Sequence

from certification.documents.models import Issuer
from institutions.models.name_form import Names

from .models import CommendationLetter
from .spelling import Misspelt, misspelt
from .style import stumbles


def spelling_of(letter: CommendationLetter, texts: Sequence[str]) -> list[list[Misspelt]]:
    """For each text the words that look wrong. Names of this letter are known to be right."""
    return misspelt(texts, known=[*_names(letter), *_people(letter)])


def stumbles_in(letter: CommendationLetter, texts: Sequence[str]) -> list[str]:
    return stumbles(texts, names=_names(letter))


def _names(letter: CommendationLetter) -> list[str]:
    institution = letter.application.institution
    names = Names(institution)
    own = [institution.name, institution.town, institution.in_town, institution.town_genitive]
    return [*names.all_forms(), *own, letter.recipient, Issuer.load().name]


def _people(letter: CommendationLetter) -> list[str]:
    return [letter.addressee, letter.first_signatory, letter.second_signatory, letter.place]
