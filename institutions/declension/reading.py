"""Reads a name as a noun phrase: which words decline, and which are frozen.

Adjectives, head, adjectives decline; what follows is frozen, until a joiner or a unit brings
another head in the nominative. Where a word leaves two readings open, `UnknownWord` is raised:
a person is asked, and nothing is guessed.
"""

from dataclasses import dataclass, field

from institutions.declension import adjectives, words
from institutions.declension.nouns import GENITIVES, NAMING, NOUNS, UNITS, Noun
from institutions.grammar import Case


class UnknownWord(Exception):
    """The word that makes the name unsafe to decline."""

    def __init__(self, word: str) -> None:
        self.word = word.rstrip(",;")
        super().__init__(word)


@dataclass(frozen=True)
class Word:
    """One word as written; `forms` only if it declines, `noun` only if it is a head."""

    text: str
    forms: dict[Case, str] | None = None
    noun: Noun | None = None

    def in_case(self, case: Case) -> str:
        return words.dressed(self.forms[case], self.text) if self.forms else self.text


@dataclass
class _Side:
    """The part of a name up to a dash, while it is being read."""

    tokens: list[str]
    shouted: bool
    read: list[Word] = field(default_factory=list)
    governed: bool = False  # inside „w …”, „im. …”, „na rzecz …”
    certain: bool = True  # everything frozen so far is certainly a complement or a label

    @property
    def rest(self) -> list[str]:
        return self.tokens[len(self.read) :]

    def joins(self, token: str) -> bool:
        return words.core(token) in words.JOINERS and (token.islower() or self.shouted)

    def is_label(self, token: str) -> bool:
        return words.is_label(token, shouted=self.shouted)

    def freeze(self) -> None:
        token = self.rest[0]
        self.governed |= words.core(token) in words.GOVERNING
        self.certain &= (
            self.joins(token) or self.is_label(token) or self.governed or words.is_complement(token)
        )
        self.read.append(Word(token))

    def take(self, forms: dict[Case, str], noun: Noun | None = None) -> None:
        self.read.append(Word(self.rest[0], forms, noun))

    @property
    def after_break(self) -> bool:
        """Whether a joiner or a comma has just been passed, so that a new head may follow."""
        last = self.read[-1].text
        return self.joins(last) or last.endswith(",")


def read(name: str) -> list[list[Word]]:
    """The sides of a name, cut at its dashes, with what declines in each."""
    cut = words.sides(name)
    shouted = name.isupper() and len(name.split()) > 1
    first, *others = [_Side(tokens, shouted) for tokens in cut] or [_Side([], shouted)]
    _read_phrase(first)
    _read_tail(first)
    for side in others:
        _read_other_side(side)
    return [side.read for side in (first, *others)]


def _read_other_side(side: _Side) -> None:
    """After a dash: a known unit declines; an acronym, a motto or one strange word is frozen."""
    if _phrase_begins(side, side.tokens):
        _read_phrase(side)
        _read_tail(side)
        return
    word = side.tokens[0]
    plain = side.is_label(word) or word.islower() or len(side.tokens) == 1
    if not plain or _is_adjective(word):
        raise UnknownWord(word)
    side.read = [Word(token) for token in side.tokens]


def _read_phrase(side: _Side) -> None:
    noun = _head_ahead(side)
    while words.core(side.rest[0]) != noun.lemma:
        _read_before(side, noun)
    side.take(noun.forms, noun)
    side.governed, side.certain = False, True
    count = len(side.read)
    while side.rest and _read_after(side, noun):
        pass
    _check_boundary(side, noun, had_adjectives=len(side.read) > count)


def _head_ahead(side: _Side) -> Noun:
    """The first known noun; what stands before it must still prove to be its adjectives."""
    for token in side.rest:
        if noun := NOUNS.get(words.core(token)):
            return noun
    raise UnknownWord(next((t for t in side.rest if not _is_adjective(t)), " ".join(side.tokens)))


def _read_before(side: _Side, noun: Noun) -> None:
    token = side.rest[0]
    if forms := _agreeing(token, noun):
        side.take(forms)
    elif side.is_label(token) or (side.joins(token) and side.read):
        side.freeze()
    else:
        raise UnknownWord(token)


def _read_after(side: _Side, noun: Noun) -> bool:
    """Take one agreeing adjective after the head, or „i” with another one behind it."""
    if side.read[-1].text.endswith(","):
        return False
    if forms := _agreeing(side.rest[0], noun, after=True):
        side.take(forms)
        return True
    between = not side.read[-1].noun and _joins_adjective(side, noun)
    if between:
        side.freeze()
    return between


def _joins_adjective(side: _Side, noun: Noun) -> bool:
    if not side.joins(side.rest[0]) or len(side.rest) < 2:
        return False
    if _phrase_begins(side, side.rest[1:]):
        return False
    return bool(_agreeing(side.rest[1], noun, after=True))


def _check_boundary(side: _Side, noun: Noun, *, had_adjectives: bool) -> None:
    """The first frozen word must not be one that could still decline."""
    if not side.rest or side.after_break or _surely_frozen(side, side.rest[0], noun):
        return
    word = words.core(side.rest[0])
    if noun.lemma == "gmina":  # a commune's name stays as it is, but „Miejska Górka” is one
        unsafe = had_adjectives and word == "górka"
    elif noun.lemma == "miasto":  # a town's name agrees („Miasta Krakowa”), a commune's does not
        unsafe = "gmina" not in _lemmas(side)
    elif noun.lemma in NAMING and word in words.PRONOUNS:
        unsafe = False
    else:
        agrees = bool(adjectives.masculine_of(word, noun.gender)) and not noun.is_proper_name
        unsafe = had_adjectives or agrees
    if unsafe:
        raise UnknownWord(side.rest[0])


def _surely_frozen(side: _Side, token: str, noun: Noun) -> bool:
    word = words.core(token)
    if side.is_label(token) or side.joins(token) or word in words.GOVERNING or word in UNITS:
        return True
    if noun.lemma == "miasto":  # „Miasto Chorzów” is no genitive
        return False
    return words.is_complement(token) or word in GENITIVES


def _read_tail(side: _Side) -> None:
    while side.rest:
        token = side.rest[0]
        if side.after_break and _phrase_begins(side, side.rest):
            if side.governed or not side.certain:
                raise UnknownWord(token)
            _read_phrase(side)
        elif _is_second_head(side, token):
            _read_phrase(side)
        else:
            _check_frozen(side, token)
            side.freeze()


def _is_second_head(side: _Side, token: str) -> bool:
    """„Biblioteka Publiczna Filia nr 3”: the unit declines beside its body without a dash."""
    if words.core(token) not in UNITS or not token[0].isupper():
        return False
    return _last_head(side) != "gmina" and not _in_proper_name(side)


def _last_head(side: _Side) -> str:
    return _lemmas(side)[-1]


def _lemmas(side: _Side) -> list[str]:
    return [word.noun.lemma for word in side.read if word.noun]


def _check_frozen(side: _Side, token: str) -> None:
    """Refuse to freeze what looks like another head in the nominative."""
    if side.is_label(token) or _last_head(side) == "gmina":
        return
    noun = NOUNS.get(words.core(token))
    if noun and noun.changes and not _in_proper_name(side):
        raise UnknownWord(token)
    if side.governed or not side.after_break or words.core(token) in words.GOVERNING:
        return
    if _is_adjective(token) or words.may_be_nominative(token):
        raise UnknownWord(token)


def _in_proper_name(side: _Side) -> bool:
    """After „Stowarzyszenie” and its like, an apposition has begun or begins here."""
    if _last_head(side) not in NAMING:
        return False
    return bool(side.read[-1].noun) or not (side.certain or side.governed)


def _phrase_begins(side: _Side, tokens: list[str]) -> bool:
    """Whether known adjectives and a known head in the nominative come next."""
    for position, token in enumerate(tokens):
        if noun := NOUNS.get(words.core(token)):
            return all(
                _agreeing(before, noun) or side.is_label(before) or side.joins(before)
                for before in tokens[:position]
            )
        if not (_is_adjective(token) or side.is_label(token) or side.joins(token)):
            return False
    return False


def _agreeing(token: str, noun: Noun, *, after: bool = False) -> dict[Case, str] | None:
    """The forms of `token` as a known adjective of `noun`, or None if it is not one."""
    if noun.is_proper_name or (after and noun.lemma == "gmina" and not _of_gmina(token)):
        return None
    masculine = adjectives.masculine_of(words.core(token), noun.gender)
    known = masculine and adjectives.is_known(masculine, after=noun.lemma if after else "")
    return adjectives.decline(masculine, noun.gender) if known else None


def _of_gmina(token: str) -> bool:
    return words.core(token) in {"miejska", "wiejska", "miejsko-wiejska"}


def _is_adjective(token: str) -> bool:
    """Whether the word is a known adjective in the nominative of any gender."""
    return any(
        masculine and adjectives.is_known(masculine)
        for gender in adjectives.GENDERS
        if (masculine := adjectives.masculine_of(words.core(token), gender))
    )
