"""What an earlier answer becomes under the criteria that descend from its own.

Nothing is lost: each earlier answer is copied to every criterion that descends from it, joined
with the others where several become one, and `left_over` where none does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from certification.applications.dossiers import place_of
from certification.standards.descent import Kind, Lineage
from certification.standards.models import Criterion, RatingLevel


@dataclass(frozen=True)
class Said:
    """What was answered to one criterion, as a manifest holds it.

    `pieces` are the manifest's records of cited evidence, each with its `place`. `rating` is a
    value of the scale, and None both for "not applicable" and for no rating, which has no name.
    """

    criterion: Criterion
    text: str
    rating: int | None
    rating_name: str
    pieces: tuple[dict[str, Any], ...]

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.rating_name or self.pieces)


@dataclass(frozen=True)
class Carry:
    """What one criterion of the new edition inherits."""

    criterion: Criterion
    how: Kind
    origins: tuple[Said, ...]

    @property
    def text(self) -> str:
        """The earlier text; several are joined, each under the code and text it answered."""
        told = [said for said in self.origins if said.text.strip()]
        if len(told) < 2:
            return told[0].text if told else ""
        return "\n\n".join(f"**{_heading(said.criterion)}**\n\n{said.text}" for said in told)

    @property
    def pieces(self) -> list[dict[str, Any]]:
        """All that was cited there, in order; what two answers cite alike stands once."""
        found: dict[Any, dict[str, Any]] = {}
        for said in self.origins:
            for piece in said.pieces:
                found.setdefault((piece["id"], piece["place"]), piece)
        return list(found.values())

    def rating_among(self, levels: Mapping[tuple[int | None, str], RatingLevel]) -> Any:
        """The self-rating, where the scale knows it and the earlier answers agree on one."""
        given = {(said.rating, said.rating_name) for said in self.origins if said.rating_name}
        return levels.get(given.pop()) if len(given) == 1 else None


def _heading(criterion: Criterion) -> str:
    return f"{criterion.code}. {' '.join(criterion.text_pl.split())}".replace("*", "")


def said_in(contents: Mapping[str, Any], criteria: Iterable[Criterion]) -> dict[int, Said]:
    """The answers of a manifest by the key of their criterion; `criteria` are of its edition."""
    records = {each["criterion"]: each for each in contents.get("answers", [])}
    return {each.pk: _said(each, records[each.code]) for each in criteria if each.code in records}


def _said(criterion: Criterion, record: Mapping[str, Any]) -> Said:
    return Said(
        criterion=criterion,
        text=record["text"],
        rating=record["self_rating"],
        rating_name=record["self_rating_name"],
        pieces=tuple({**piece, "place": place_of(piece)} for piece in record["evidence"]),
    )


def carry(said: Mapping[int, Said], lineage: Lineage, asked: Iterable[Criterion]) -> list[Carry]:
    """What each of the criteria `asked` inherits; one that inherits nothing is not among them."""
    carries = (
        Carry(
            criterion,
            lineage.kind_of(criterion),
            tuple(said[old.pk] for old in lineage.parents.get(criterion.pk, ()) if old.pk in said),
        )
        for criterion in asked
    )
    return [each for each in carries if each.origins]


def left_over(said: Mapping[int, Said], carries: Iterable[Carry]) -> list[Said]:
    """The earlier answers that no criterion inherits."""
    taken = {origin.criterion.pk for each in carries for origin in each.origins}
    return [each for pk, each in said.items() if pk not in taken and not each.is_empty]


def by_name(levels: Iterable[RatingLevel]) -> dict[tuple[int | None, str], RatingLevel]:
    """By value and Polish name: a level of another scale is none of these."""
    return {(level.value, level.name_pl): level for level in levels}
