"""Forms of a town's name: „mieszkańcy Stalowej Woli”, „w Stalowej Woli”, „we Wrocławiu”.

A table of towns (`towns.txt`), then endings that leave one reading only. A town that neither
knows is asked, never guessed: „Czarna” may be „Czarnej” or „Czarny”.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from institutions.declension import adjectives
from institutions.grammar import Case, Gender


@dataclass(frozen=True)
class TownForms:
    """`preposition` is „w” or „we”, as it stands before the locative."""

    genitive: str
    locative: str
    preposition: str


_M, _F, _N, _PLURAL = Gender.MASCULINE, Gender.FEMININE, Gender.NEUTER, Gender.PLURAL

# Ending of the nominative, the genitive and the locative in its place, gender. Only endings of
# which no Polish town makes anything else; a shorter name than _SHORTEST may be any word.
_ENDINGS = (
    ("sław", "sławia", "sławiu", _M),
    ("cław", "cławia", "cławiu", _M),
    ("ów", "owa", "owie", _M),
    ("ówek", "ówka", "ówku", _M),
    ("owiec", "owca", "owcu", _M),
    ("in", "ina", "inie", _M),
    ("yn", "yna", "ynie", _M),
    ("sk", "ska", "sku", _M),
    ("ck", "cka", "cku", _M),
    ("ica", "icy", "icy", _F),
    ("yca", "ycy", "ycy", _F),
    ("ówka", "ówki", "ówce", _F),
    ("ina", "iny", "inie", _F),
    ("yna", "yny", "ynie", _F),
    ("awa", "awy", "awie", _F),
    ("owo", "owa", "owie", _N),
    ("ewo", "ewa", "ewie", _N),
    ("ino", "ina", "inie", _N),
    ("yno", "yna", "ynie", _N),
    ("sko", "ska", "sku", _N),
    ("cko", "cka", "cku", _N),
    ("dzko", "dzka", "dzku", _N),
    ("ice", "ic", "icach", _PLURAL),
    ("yce", "yc", "ycach", _PLURAL),
)
_SHORTEST = 5

# Nouns that many villages are called by, mostly with an adjective beside them.
_NOUNS = {
    noun: (genitive, locative, gender)
    for noun, genitive, locative, gender in (
        ("dąbrowa", "dąbrowy", "dąbrowie", _F),
        ("góra", "góry", "górze", _F),
        ("górka", "górki", "górce", _F),
        ("huta", "huty", "hucie", _F),
        ("kępa", "kępy", "kępie", _F),
        ("kolonia", "kolonii", "kolonii", _F),
        ("osada", "osady", "osadzie", _F),
        ("poręba", "poręby", "porębie", _F),
        ("ruda", "rudy", "rudzie", _F),
        ("wieś", "wsi", "wsi", _F),
        ("wola", "woli", "woli", _F),
        ("wólka", "wólki", "wólce", _F),
        ("bór", "boru", "borze", _M),
        ("dwór", "dworu", "dworze", _M),
        ("las", "lasu", "lesie", _M),
        ("młyn", "młyna", "młynie", _M),
        ("targ", "targu", "targu", _M),
        ("miasto", "miasta", "mieście", _N),
        ("zalesie", "zalesia", "zalesiu", _N),
    )
}
_ADJECTIVES = {
    *("biały", "czarny", "czerwony", "dolny", "drugi", "duży", "górny", "kościelny", "królewski"),
    *("leśny", "mały", "mokry", "nowy", "niżny", "pierwszy", "stary", "suchy", "średni", "wielki"),
    *("wyżny", "zielony"),
}
_FROZEN_AFTER = {"k.", "koło", "nad", "pod", "przy"}


def suggest_town(name: str) -> TownForms | None:
    """The forms of a town's name, or None for one that has to be asked for."""
    tidy = " ".join(name.split())
    found = _table().get(tidy) or by_rule(tidy)
    return TownForms(*found, preposition(found[1])) if found else None


def preposition(locative: str) -> str:
    """„we” before w or f with a consonant after it, and before „Lw”: we Wrocławiu, w Warszawie."""
    start = locative.strip().lower()[:2]
    hard = start[:1] in {"w", "f"} and start[1:] not in set("aąeęioóuyj")
    return "we" if len(start) == 2 and (hard or start == "lw") else "w"


def by_rule(name: str) -> tuple[str, str] | None:
    """Genitive and locative by nouns, adjectives and endings alone."""
    words, frozen = _split(name)
    nouns = [(at, found) for at, word in enumerate(words) if (found := _noun(word))]
    if len(nouns) != 1:
        return None
    at, (genitive, locative, gender) = nouns[0]
    forms = []
    for case, noun in ((Case.GEN, genitive), (Case.LOC, locative)):
        said = [noun if i == at else _adjective(word, gender, case) for i, word in enumerate(words)]
        if "" in said:
            return None
        forms.append(" ".join([*said, *frozen]))
    return forms[0], forms[1]


def _split(name: str) -> tuple[list[str], list[str]]:
    """The words that decline, and the tail that does not: „nad Odrą”."""
    words = name.split()
    for at, word in enumerate(words):
        if at and word in _FROZEN_AFTER:
            return words[:at], words[at:]
    return words, []


def _noun(word: str) -> tuple[str, str, Gender] | None:
    if not word.isalpha() or _masculine(word):
        return None
    if known := _NOUNS.get(word.lower()):
        return _capital(known[0], word), _capital(known[1], word), known[2]
    for ending, genitive, locative, gender in _ENDINGS:
        if word.endswith(ending) and len(word) >= _SHORTEST:
            stem = word.removesuffix(ending)
            return stem + genitive, stem + locative, gender
    return None


def _masculine(word: str, *genders: Gender) -> str:
    """The adjective that `word` is, by its masculine nominative, or ''. „Gdańsko” is none."""
    for gender in genders or adjectives.GENDERS:
        masculine = adjectives.masculine_of(word.lower(), gender)
        if masculine in _ADJECTIVES or masculine.endswith(adjectives.PLACE_ENDINGS):
            return masculine
    return ""


def _adjective(word: str, gender: Gender, case: Case) -> str:
    masculine = _masculine(word, gender)
    return _capital(adjectives.decline(masculine, gender)[case], word) if masculine else ""


def _capital(form: str, like: str) -> str:
    return form.capitalize() if like[:1].isupper() else form


@cache
def _table() -> dict[str, tuple[str, str]]:
    """Towns by their nominative; read once."""
    lines = Path(__file__).with_name("towns.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(" | ") for line in lines if line and not line.startswith("#"))
    return {nominative: (genitive, locative) for nominative, genitive, locative in rows}
