"""Taking out of a text what tells whose case it is.

The program replaces what it knows (names in every case, the town, people, addresses, numbers) and
shows what it cannot judge: words with a capital letter inside a sentence. A person reads the
rest; no program knows that „jedyny zamek nad rzeką” is one certain place.

What is put in is Polish, as the answers are, and in square brackets, which need no declension.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from certification.applications.models import Application
from institutions.declension import suggest_town
from institutions.models import Institution, Membership

INSTITUTION, TOWN, PERSON = "[instytucja]", "[miejscowość]", "[osoba]"
STREET, COUNTY, NUMBER = "[ulica]", "[powiat]", "[numer]"

_SHORTEST_STEM = 4  # of one word alone: a shorter one begins too many others
_ENDING = r"\w{0,4}"
_LETTERS = "A-ZĄĆĘŁŃÓŚŹŻ"


class Replacement(NamedTuple):
    pattern: re.Pattern[str]
    put: str


# What is recognised by its shape, whoever wrote it.
_BY_SHAPE = (
    Replacement(re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    Replacement(re.compile(r"(?:https?://|www\.)[^\s)>\]]+", re.I), "[adres strony]"),
    Replacement(
        re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.(?:pl|eu|org|com|net|info)\b", re.I), "[adres strony]"
    ),
    Replacement(re.compile(r"\b\d{2}-\d{3}\b(?!-)"), "[kod pocztowy]"),
    Replacement(re.compile(r"(?:\+48[ -]?)?\b\d{3}[ -]\d{3}[ -]\d{3}\b"), "[telefon]"),
    Replacement(re.compile(r"\(?\b\d{2}\)?[ -]\d{3}[ -]\d{2}[ -]\d{2}\b"), "[telefon]"),
    Replacement(
        re.compile(
            r"\b(?:ul|al|pl|os)\.\s+["
            + _LETTERS
            + r"][\w-]*(?:\s+["
            + _LETTERS
            + r"][\w-]*)*(?:\s+\d+\w?(?:/\d+)?)?"
        ),
        STREET,
    ),
    Replacement(re.compile(r"\b\d{10}(?:\d{4})?\b|\b\d{9}\b"), NUMBER),
)


@dataclass(frozen=True)
class Identity:
    """What the program knows of an institution, as patterns; the longest first."""

    known: tuple[Replacement, ...] = ()

    def taken_out_of(self, text: str) -> str:
        """The text with everything known or recognised by its shape replaced."""
        for pattern, put in (*self.known, *_BY_SHAPE):
            text = pattern.sub(put, text)
        return text

    def found_in(self, text: str) -> list[str]:
        """What is known and still stands in the text, each once."""
        found = []
        for pattern, put in self.known:
            found += [match.group() for match in pattern.finditer(text)]
            text = pattern.sub(put, text)  # a name within a name is told once
        return list(dict.fromkeys(found))


def identity_of(application: Application) -> Identity:
    """Six queries. The institution by all its names, those of its parent and of its units, its
    town, and the people who ever acted for it.
    """
    institution = application.institution
    family = [institution, *institution.units.all()]
    if institution.parent:
        family.append(institution.parent)
    names = [name for each in family for name in _names(each)]
    members = Membership.objects.filter(institution__in=family)
    people = list(members.values_list("user__full_name", flat=True).distinct())
    known = [
        *_exactly(names, INSTITUTION),
        *_exactly((each.street for each in family), STREET),
        *_exactly((each.county for each in family), COUNTY),
        *(each for name in people for each in _person(name)),
        *_exactly((form for each in family for form in _town_forms(each)), TOWN),
        *_loosely((each.town for each in family), TOWN),
    ]
    return Identity(tuple(known))


def _names(institution: Institution) -> Iterable[str]:
    yield institution.name
    yield from institution.name_forms.values_list("text", flat=True)  # type: ignore[attr-defined]
    yield from institution.former_names.values_list("name", flat=True)  # type: ignore[attr-defined]


def _town_forms(institution: Institution) -> Iterable[str]:
    yield from (institution.town, institution.town_genitive, institution.town_locative)
    if suggested := suggest_town(institution.town):
        yield from (suggested.genitive, suggested.locative)


def _exactly(words: Iterable[str], put: str) -> list[Replacement]:
    """Whole words, whatever their capitals and the spaces between them."""
    given = sorted({word.strip() for word in words if len(word.strip()) > 2}, key=len, reverse=True)
    return [
        Replacement(
            re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, word.split())) + r"(?!\w)", re.I),
            put,
        )
        for word in given
    ]


def _loosely(words: Iterable[str], put: str) -> list[Replacement]:
    """In any case, by the stems of all its words: „Stalową Wolą”, „mławskiego”."""
    found = []
    for word in sorted(set(words), key=len, reverse=True):
        stems = [_stem(part) for part in word.split()]
        alone = len(stems) == 1
        if not stems or min(map(len, stems)) < (_SHORTEST_STEM if alone else 3):
            continue
        ending = r"\w{0,6}" if alone else _ENDING  # an adjective is longer
        pattern = r"\s+".join(re.escape(stem) + ending for stem in stems)
        found.append(Replacement(re.compile(r"(?<!\w)" + pattern + r"(?!\w)", re.I), put))
    return found


def _person(full_name: str) -> Iterable[Replacement]:
    """The whole name in any case, then the surname alone."""
    parts = [part for part in full_name.split() if len(part) > 2]
    if len(parts) < 2:
        return
    stems = [re.escape(_stem(part)) + _ENDING for part in parts]
    yield Replacement(re.compile(r"(?<!\w)" + r"\s+".join(stems) + r"(?!\w)"), PERSON)
    if len(_stem(parts[-1])) >= _SHORTEST_STEM:
        yield Replacement(re.compile(r"(?<!\w)" + stems[-1] + r"(?!\w)"), PERSON)


def _stem(word: str) -> str:
    """Without the ending that changes first: „Kowalska” → „Kowalsk”, „Mława” → „Mław”."""
    return word[:-1] if word[-1:] in "aąeęioóuy" and len(word) > 3 else word


# Words that a capital letter makes nobody's: the method, the law, days of the year.
_HARMLESS_WORDS = """
OSL CAL PAL NGO OPS GOPS MGOPS MOPS MOPR CUS DPS ŚDS PCPR ROPS KGW OSP UTW GUS ZUS PUP NFZ PFRON
UE EFS RODO BIP KRS REGON NIP Certyfikat Komisja Internet Facebook Excel Word Covid COVID
Polska Polski Polsce Europejski Europejskiej Unii I II III IV V VI VII VIII IX X XI XII
"""
_HARMLESS = frozenset(_HARMLESS_WORDS.split())
_CAPITAL = re.compile(r"(?<![\w\[])[" + _LETTERS + r"][\w-]+(?:\s+[" + _LETTERS + r"][\w-]+)*")
_BEGINS = re.compile(r"(?:^|[.!?:•\n„”\"(–-]|\d[.)])\s*$")


def suspects(text: str) -> list[str]:
    """What begins with a capital letter inside a sentence: perhaps a name. Each once, in order."""
    found: dict[str, None] = {}
    for match in _CAPITAL.finditer(text):
        words = match.group().split()
        if _BEGINS.search(text[: match.start()]):
            words = words[1:]  # the sentence begins here, so its first word says nothing
        words = [word for word in words if word not in _HARMLESS]
        if words:
            found[" ".join(words)] = None
    return list(found)
