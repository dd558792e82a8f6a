"""A catalogue file as plain records."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from certification.errors import CannotDo

from .models.contents import WORD_LIMIT
from .states import RuleKind


class BadCatalogue(CannotDo):
    """A file that cannot be loaded; `problems` names each place and what is wrong there."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True)
class Item:
    """One thing of the catalogue: its code, its words in two languages, and what it points at.

    `value` is the step of a rating level, the descriptor what it looks like; `refers` maps a word
    of the file (`sources`, `evidence`, `appears_in`, `applies_to`) to the codes given there.
    `comes_from` holds the codes of the edition before, None where the file does not say.
    """

    code: str
    pl: str
    en: str = ""
    sourced: bool = False
    value: int | None = None
    guidance_pl: str = ""
    guidance_en: str = ""
    descriptor_pl: str = ""
    descriptor_en: str = ""
    word_limit: int = WORD_LIMIT
    weight: int = 1
    is_required: bool = False
    comes_from: tuple[str, ...] | None = None
    refers: dict[str, list[str]] = field(default_factory=dict)
    inside: tuple["Item", ...] = ()


@dataclass(frozen=True)
class Rule:
    """By which a standard is met (see `outcome_rule`); the defaults are those of an edition."""

    kind: str = RuleKind.ALL
    mean_from: Decimal = Decimal(2)
    met_percent: int = 100
    exemplary_percent: int = 50


@dataclass(frozen=True)
class Catalogue:
    """A whole file. `follows` is the code of the edition before, `dropped` what it leaves out."""

    head: Item
    edition: str
    note: Item
    validity_years: int
    met_from: int
    rule: Rule
    follows: str
    dropped: tuple[str, ...]
    kinds: tuple[Item, ...]
    sources: dict[str, str]
    source_kinds: dict[str, str]
    evidence_types: tuple[Item, ...]
    levels: tuple[Item, ...]
    areas: tuple[Item, ...]

    def criteria(self) -> Iterator[Item]:
        for area in self.areas:
            for standard in area.inside:
                yield from standard.inside
