"""What the software proposes for the forms of a name; a person confirms or corrects it."""

from dataclasses import dataclass, field

from institutions.declension import adjectives, words
from institutions.declension.nouns import LONGER_GENERICS, NAMING, UNITS, Noun
from institutions.declension.reading import UnknownWord, Word, read
from institutions.declension.towns import preposition
from institutions.grammar import Case, Gender, Variant

# „Ośrodek Pomocy Społecznej Gminy Libiąż”: from here on the name says where.
_PLACE_NOUNS = {"dzielnicy", "gminy", "miasta", "powiatu", "województwa"}

# A name may end before these; before „dla …” or „na rzecz …” an acronym would be cut short.
_AFTER_THE_NAME = {"im", "im.", "imienia", "nr", "numer", "przy", "pw.", "ul.", "w", "we"}

_NEVER_ABBREVIATED = {"caritas", "dzielnica", "gmina", "miasto", "powiat", "województwo"}


@dataclass(frozen=True)
class Suggestion:
    """Forms to confirm. Unless `known`, there is the nominative only, the rest must be typed,
    and `unknown` is the word that stopped us."""

    forms: dict[Case, str]
    gender: Gender | None = None
    known: bool = True
    unknown: str = field(default="", compare=False)

    @classmethod
    def same_in_every_case(cls, text: str, gender: Gender | None) -> "Suggestion":
        """Acronyms do not decline in formal letters."""
        return cls(dict.fromkeys(Case, text), gender)


def suggest(name: str) -> Suggestion:
    """All seven forms of a full name, or the nominative alone if any word leaves a doubt."""
    tidy = " ".join(name.split())
    try:
        sides = read(tidy)
    except UnknownWord as stop:
        return Suggestion({Case.NOM: tidy}, known=False, unknown=stop.word)
    forms = {case: " ".join(w.in_case(case) for side in sides for w in side) for case in Case}
    return Suggestion(forms, _heads(sides[0])[0].gender)


def suggest_all(name: str, *, town_loc: str = "", prep: str = "") -> dict[Variant, Suggestion]:
    """A suggestion for each variant that can be proposed; the missing ones are to be typed."""
    full = suggest(name)
    found: dict[Variant, Suggestion | None] = {
        Variant.FULL: full,
        Variant.GENERIC: generic_noun(name),
    }
    if letters := acronym(name):
        found[Variant.ACRONYM] = Suggestion.same_in_every_case(letters, full.gender)
    if short := short_name(name, town_loc=town_loc, prep=prep):
        found[Variant.SHORT] = Suggestion.same_in_every_case(short, full.gender)
    return {variant: suggestion for variant, suggestion in found.items() if suggestion}


def generic_noun(name: str) -> Suggestion | None:
    """What kind of thing it is, in lower case: „ośrodek”, „dom kultury”; for a unit, the unit."""
    sides = _sides_or_none(name)
    if not sides:
        return None
    side = [side for side in sides if _heads(side)][-1]
    at = next(position for position, word in enumerate(side) if word.noun)
    noun = side[at].noun
    if noun is None or noun.is_proper_name:
        return None
    longer = _longer_generic(noun, [words.core(word.text) for word in side[at + 1 :]])
    return Suggestion({case: f"{noun.forms[case]}{longer[case]}" for case in Case}, noun.gender)


def acronym(name: str) -> str | None:
    """„MOPS”, „GOKiS”, „CISTOR”; of a unit the unit's: „ZTPS nr 7”."""
    sides = _sides_or_none(name)
    parts = [part for side in sides or [] if _heads(side) and (part := _letters(side))]
    return parts[-1] if parts else None


def short_name(name: str, *, town_loc: str = "", prep: str = "") -> str | None:
    """„MOPS w Stalowej Woli”: the acronym and the place, the unit's name or acronym after it."""
    sides = _sides_or_none(name)
    letters = _letters(sides[0]) if sides else None
    if not sides or not letters:
        return None
    place = f"{prep or preposition(town_loc)} {town_loc}" if town_loc else ""
    parts = [" ".join(filter(None, (letters, _quoted(sides[0]), place)))]
    for side in sides[1:]:
        parts.append((_heads(side) and _letters(side)) or " ".join(w.text for w in side))
    return " ".join(parts)


def _sides_or_none(name: str) -> list[list[Word]] | None:
    try:
        return read(name)
    except UnknownWord:
        return None


def _heads(side: list[Word]) -> list[Noun]:
    return [word.noun for word in side if word.noun]


def _longer_generic(noun: Noun, after: list[str]) -> dict[Case, str]:
    """What to say after the noun, a space before it: „ kultury” never changes, „ pożarna” does."""
    for words_after in LONGER_GENERICS.get(noun.lemma, ()):
        if after[: len(words_after.split())] == words_after.split():
            masculine = adjectives.masculine_of(words_after, noun.gender)
            if masculine and adjectives.is_known(masculine, after=noun.lemma):
                forms = adjectives.decline(masculine, noun.gender)
                return {case: f" {form}" for case, form in forms.items()}
            return dict.fromkeys(Case, f" {words_after}")
    return dict.fromkeys(Case, "")


def _letters(side: list[Word]) -> str | None:
    """Initials of head, adjectives and complement, up to the place; then its number, if any."""
    first, *others = [noun.lemma for noun in _heads(side)]
    if first in _NEVER_ABBREVIATED or UNITS.intersection(others):
        return None
    if first in NAMING and (own := _own_acronym(side)):
        return own
    shouted = all(word.text == word.text.upper() for word in side)
    end = _name_end(side, shouted=shouted)
    if end < len(side) and words.core(side[end].text) in words.GOVERNING - _AFTER_THE_NAME:
        return None
    initials = [_initial(word, shouted=shouted) for word in side[:end]]
    letters, number = "".join(initial or "?" for initial in initials), _number(side)
    enough = 2 if number or " " in letters else 3
    if "?" in letters or not enough <= len(letters) <= 8:
        return None
    return f"{letters} {number}".strip()


def _name_end(side: list[Word], *, shouted: bool) -> int:
    """Where „w …”, „im. …”, „nr …”, a label or „Gminy …” begins."""
    for position, word in enumerate(side):
        if word.forms or not position or _is_joiner(word, shouted=shouted):
            continue
        before = side[position - 1]
        goes_on = before.noun or _is_joiner(before, shouted=shouted)
        place = words.core(word.text) in _PLACE_NOUNS and not goes_on
        governing = words.core(word.text) in words.GOVERNING
        if place or governing or words.is_label(word.text, shouted=shouted):
            return position
    return len(side)


def _is_joiner(word: Word, *, shouted: bool) -> bool:
    return words.core(word.text) in words.JOINERS and (word.text.islower() or shouted)


def _initial(word: Word, *, shouted: bool) -> str | None:
    """What one word gives to the acronym; None if the word is not sure to belong to it."""
    token = word.text.rstrip(",;")
    if _is_joiner(word, shouted=shouted):
        return "i"
    if word.forms or words.is_complement(token):
        return "".join(part[:1].upper() for part in token.split("-"))
    return f"{token} " if words.is_label(token) and not words.is_acronym(token) else None


def _number(side: list[Word]) -> str:
    texts = [word.text for word in side]
    pairs = zip(texts, texts[1:], strict=False)
    return next((f"nr {n}" for nr, n in pairs if nr.lower() == "nr" and n.isdigit()), "")


def _quoted(side: list[Word]) -> str:
    return next((word.text.rstrip(",") for word in side if word.text[:1] in '„"“”«'), "")


def _own_acronym(side: list[Word]) -> str:
    own = [word.text for word in side if words.is_acronym(word.text) and len(word.text) > 2]
    return own[0] if len(own) == 1 else ""
