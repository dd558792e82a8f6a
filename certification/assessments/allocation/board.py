"""The plan as the office reads it: a row a case with reasons, a row an assessor with loads."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.applications.models import Application
from institutions.identifiers import Voivodeship
from institutions.models import User

from .gathering import Assessor, Batch, WaitingCase
from .planning import Choice, Draft
from .problem import Pair, pairs_of


@dataclass(frozen=True)
class Chosen:
    """Somebody in a case: why, what is odd (may be meant), what is wrong (must be mended)."""

    user: User
    reasons: list[str]
    odd: list[str]
    wrong: str


@dataclass(frozen=True)
class Option:
    """Somebody who might be chosen, as a choice says it; a bar cannot be chosen."""

    user: User
    label: str
    is_barred: bool


@dataclass
class CaseRow:
    case: WaitingCase
    choice: Choice
    chosen: list[Chosen] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    why_lacking: list[tuple[User, str]] = field(default_factory=list)

    @property
    def application(self) -> Application:
        return self.case.application

    @property
    def region(self) -> str:
        return str(Voivodeship(self.application.institution.voivodeship).label)

    @property
    def places(self) -> list[int | None]:
        """Whom each place is given to; the empty ones are None."""
        empty = max(self.case.places - len(self.choice.people), 0)
        return [*self.choice.people, *[None] * empty]

    @property
    def lacking(self) -> int:
        return 0 if self.choice.is_left_out else self.case.places - len(self.chosen)

    @property
    def lacking_text(self) -> str:
        words = ngettext("%(n)d assessor is lacking", "%(n)d assessors are lacking", self.lacking)
        return words % {"n": self.lacking}

    @property
    def is_odd(self) -> bool:
        return any(one.odd for one in self.chosen)

    @property
    def errors(self) -> list[str]:
        found = [f"{one.user}: {one.wrong}" for one in self.chosen if one.wrong]
        if self.lacking < 0:
            found.append(_("There are more people than places."))
        return found


@dataclass(frozen=True)
class PersonRow:
    assessor: Assessor
    given: int

    @property
    def total(self) -> int:
        return self.assessor.load + self.given

    @property
    def is_over(self) -> bool:
        return self.given > 0 and self.total > self.assessor.most

    @property
    def regions(self) -> list[str]:
        return [str(Voivodeship(code).label) for code in sorted(self.assessor.regions)]


class Board:
    """Everything the page shows of a draft; `opened` is the case whose choices are laid open."""

    def __init__(self, batch: Batch, draft: Draft, *, opened: int | None = None) -> None:
        self.batch, self.draft = batch, draft
        self._given = Counter(key for choice in draft.values() for key in choice.given)
        self._together = self._pairs()
        self.people = [
            PersonRow(assessor, self._given[key]) for key, assessor in batch.assessors.items()
        ]
        self.rows = [self._row(key, choice) for key, choice in draft.items()]
        for row in self.rows:
            if row.application.pk == opened:
                row.options = self._options(row)

    @property
    def to_assign(self) -> list[CaseRow]:
        return [row for row in self.rows if row.chosen]

    @property
    def lacking(self) -> list[CaseRow]:
        return [row for row in self.rows if row.lacking > 0]

    @property
    def odd(self) -> list[CaseRow]:
        return [row for row in self.rows if row.is_odd]

    @property
    def errors(self) -> list[tuple[CaseRow, str]]:
        return [(row, error) for row in self.rows for error in row.errors]

    def _pairs(self) -> Counter[Pair]:
        together = Counter(self.batch.met)
        for key, choice in self.draft.items():
            present = [user.pk for user in self.batch.cases[key].present]
            together.update(pairs_of({*present, *choice.given}))
        return together

    def _row(self, key: int, choice: Choice) -> CaseRow:
        row = CaseRow(self.batch.cases[key], choice)
        row.chosen = [self._chosen(row, person) for person in choice.given]
        if row.lacking > 0:
            row.why_lacking = [
                (one.user, self._why_not(key, one))
                for one in self.batch.assessors.values()
                if one.user.pk not in choice.people
            ]
        return row

    def _chosen(self, row: CaseRow, person: int) -> Chosen:
        key, assessor = row.application.pk, self.batch.assessors[person]
        odd = list(self.batch.objections.get((key, person), []))
        if self._total(assessor) > assessor.most:
            odd.append(_("more cases than the limit of %(most)d") % {"most": assessor.most})
        odd += [
            _("with %(person)s again") % {"person": other}
            for other in self._team(row, person)
            if self._together[frozenset((person, other.pk))] > 1
        ]
        wrong = self.batch.bars.get((key, person), "")
        return Chosen(assessor.user, self._reasons(row, assessor), odd, wrong)

    def _team(self, row: CaseRow, person: int) -> list[User]:
        others = [self.batch.assessors[key].user for key in row.choice.people if key != person]
        return [*row.case.present, *others]

    def _total(self, assessor: Assessor) -> int:
        return assessor.load + self._given[assessor.user.pk]

    def _reasons(self, row: CaseRow, assessor: Assessor) -> list[str]:
        """Why this person: what they have in hand, and the journey if there may be one."""
        numbers = {"now": assessor.load, "then": self._total(assessor), "most": assessor.most}
        found = [_("cases in hand: %(now)d, then %(then)d (at most %(most)d)") % numbers]
        if row.choice.visit:
            found.append(self._journey(row, assessor))
        return found

    def _journey(self, row: CaseRow, assessor: Assessor) -> str:
        if row.application.institution.voivodeship in assessor.regions:
            return _("near: %(region)s") % {"region": row.region}
        if assessor.regions:
            return _("a long journey")
        return _("journey unknown: no voivodeships given")

    def _why_not(self, key: int, assessor: Assessor) -> str:
        if against := self.batch.against(key, assessor.user.pk):
            return "; ".join(against)
        if self._total(assessor) >= assessor.most:
            return _("has the most cases already: %(total)d") % {"total": self._total(assessor)}
        return _("could take the case")

    def _options(self, row: CaseRow) -> list[Option]:
        """Everybody, those first against whom nothing speaks, the least burdened before others."""
        key = row.application.pk
        found = []
        for one in self.batch.assessors.values():
            against = self.batch.against(key, one.user.pk)
            load = _("%(total)d of %(most)d cases") % {
                "total": self._total(one),
                "most": one.most,
            }
            is_near = row.application.institution.voivodeship in one.regions
            near = [_("near: %(region)s") % {"region": row.region}] if is_near else []
            label = f"{one.user} – {'; '.join([*against, load, *near])}"
            option = Option(one.user, label, (key, one.user.pk) in self.batch.bars)
            order = (option.is_barred, bool(against), self._total(one), one.user.full_name)
            found.append((order, option))
        return [option for _order, option in sorted(found, key=lambda each: each[0])]
