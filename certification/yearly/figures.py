"""What happened in one year, in numbers. No name, no case, and no mean of a few cases.

Days are those of Poland. Of the present year it says what is known today.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments.models import ConsolidatedCard
from certification.assessments.outcomes import Outcome, standard_outcomes
from certification.certificates.models import Certificate, Withdrawal
from certification.decisions.models import Decision
from certification.standards.models import InstitutionKind
from institutions.identifiers import Voivodeship

from .tables import SMALLEST, Row, Table, Value, guarded

OUTCOMES = (State.CERTIFIED, State.REFUSED, State.WITHDRAWN, State.LAPSED)


@dataclass(frozen=True)
class Report:
    """`until` is the day up to which it counts: the last of the year, or today."""

    year: int
    until: date
    tables: tuple[Table, ...]

    @property
    def is_closed(self) -> bool:
        return self.until == date(self.year, 12, 31)


def report_of(year: int, today: date) -> Report:
    """Every table of the year, in the language that is active."""
    until = min(date(year, 12, 31), today)
    submitted = Application.objects.filter(submitted_at__year=year)
    issued = Certificate.objects.filter(issued_on__year=year, replaces=None)
    in_force = Certificate.objects.in_force(until)
    decisions = Decision.objects.filter(session_on__year=year)
    return Report(
        year,
        until,
        (
            _applications(submitted),
            _certificates(year, until, issued, in_force),
            _by_voivodeship(submitted, issued, in_force),
            _by_kind(submitted, issued, in_force),
            _time(decisions),
            _standards(decisions),
        ),
    )


def years_known(today: date) -> list[int]:
    """From the first year in which anything was submitted or issued to this one, newest first."""
    first = [
        day.year
        for day in (
            Certificate.objects.order_by("issued_on").values_list("issued_on", flat=True).first(),
            Application.objects.exclude(submitted_at=None)
            .order_by("submitted_at")
            .values_list("submitted_at", flat=True)
            .first(),
        )
        if day
    ]
    return list(range(today.year, min([today.year, *first]) - 1, -1))


def _applications(submitted: "QuerySet[Application]") -> Table:
    states = Counter(submitted.order_by().values_list("state", flat=True))
    under_way = states.total() - sum(states[state] for state in OUTCOMES)
    rows = [Row(str(state.label), (states[state],)) for state in OUTCOMES]
    return Table(
        "applications",
        _("Applications submitted, by what became of them"),
        (_("Outcome"), _("Applications")),
        (
            *rows,
            Row(_("Under way"), (under_way,)),
            Row(_("Together"), (states.total(),)),
        ),
        _("As they stand today, whenever that was decided."),
    )


def _certificates(
    year: int,
    until: date,
    issued: "QuerySet[Certificate]",
    in_force: "QuerySet[Certificate]",
) -> Table:
    renewed = issued.exclude(application__renews=None).count()
    corrected = Certificate.objects.filter(issued_on__year=year).exclude(replaces=None).count()
    expired = Certificate.objects.standing().filter(
        valid_to__gte=date(year, 1, 1), valid_to__lt=min(until, date(year, 12, 31))
    )
    counts = (
        (_("Issued for the first time"), issued.count() - renewed),
        (_("Renewed"), renewed),
        (_("Corrected"), corrected),
        (_("Expired"), expired.count()),
        (_("Withdrawn"), Withdrawal.objects.standing().filter(withdrawn_on__year=year).count()),
        (_("In force at the end"), in_force.count()),
    )
    return Table(
        "certificates",
        _("Certificates"),
        (_("What happened"), _("Certificates")),
        tuple(Row(label, (count,)) for label, count in counts),
        _("A renewed certificate is a new one of a holder that applied again."),
    )


def _by_voivodeship(
    submitted: "QuerySet[Application]",
    issued: "QuerySet[Certificate]",
    in_force: "QuerySet[Certificate]",
) -> Table:
    where = "institution__voivodeship"
    return Table(
        "voivodeships",
        _("By voivodeship"),
        (_("Voivodeship"), *_counted()),
        _rows(list(Voivodeship.choices), where, where, submitted, issued, in_force),
        _few(),
    )


def _by_kind(
    submitted: "QuerySet[Application]",
    issued: "QuerySet[Certificate]",
    in_force: "QuerySet[Certificate]",
) -> Table:
    kinds = [(kind.pk, str(kind)) for kind in InstitutionKind.objects.all()]
    rows = _rows(kinds, "kind", "application__kind", submitted, issued, in_force)
    heading = _("Kind of institution")
    return Table("kinds", _("By kind of institution"), (heading, *_counted()), rows, _few())


def _counted() -> tuple[str, ...]:
    return _("In force at the end"), _("Issued"), _("Applications submitted")


def _few() -> str:
    return _("Of one or two applications it is not told how many, so that none is recognised.")


def _rows(
    groups: Iterable[tuple[object, object]],
    of_application: str,
    of_certificate: str,
    submitted: "QuerySet[Application]",
    issued: "QuerySet[Certificate]",
    in_force: "QuerySet[Certificate]",
) -> tuple[Row, ...]:
    """What is in the register already needs no guarding; who applied does."""
    applications = Counter(submitted.order_by().values_list(of_application, flat=True))
    made = Counter(issued.order_by().values_list(of_certificate, flat=True))
    standing = Counter(in_force.order_by().values_list(of_certificate, flat=True))
    return tuple(
        Row(str(name), (standing[code], made[code], guarded(applications[code])))  # type: ignore[index]
        for code, name in groups
    )


def _time(decisions: "QuerySet[Decision]") -> Table:
    pairs = decisions.values_list("session_on", "application__submitted_at")
    days = [(session - clock.day_of(submitted)).days for session, submitted in pairs if submitted]
    told = len(days) >= SMALLEST
    rows: list[tuple[str, Value]] = [
        (_("Median"), round(median(days)) if told else None),
        (_("Shortest"), min(days) if told else None),
        (_("Longest"), max(days) if told else None),
    ]
    return Table(
        "time",
        _("From submission to the Committee's decision"),
        (_("Time"), _("Days")),
        tuple(Row(label, (value,)) for label, value in rows),
        _("Decisions of the year: %(n)s. With fewer than %(few)s nothing is told.")
        % {"n": len(days), "few": SMALLEST},
    )


def _standards(decisions: "QuerySet[Decision]") -> Table:
    cards = ConsolidatedCard.objects.closed().filter(
        application__in=decisions.values("application")
    )
    found: dict[str, list[Outcome]] = defaultdict(list)
    for card in cards:
        for code, outcome in standard_outcomes(card).items():
            found[code].append(outcome)
    rows = [
        Row(f"{code}. {outcomes[0].standard.name}", _level_of(outcomes))
        for code, outcomes in sorted(found.items())
    ]
    return Table(
        "standards",
        _("Strengths and weaknesses by standard"),
        (_("Standard"), _("Mean level"), _("Assessed"), _("Not met")),
        tuple(rows),
        _(
            "Mean of the agreed ratings of decided cases, 0 to 3 on the usual scale; "
            "of fewer than %(few)s cases nothing is told."
        )
        % {"few": SMALLEST},
    )


def _level_of(outcomes: list[Outcome]) -> tuple[Value, ...]:
    means = [outcome.mean for outcome in outcomes if outcome.mean is not None]
    if len(means) < SMALLEST:
        return None, guarded(len(means)), None
    mean = (sum(means, Decimal(0)) / len(means)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    unmet = sum(not outcome.is_met for outcome in outcomes if outcome.mean is not None)
    return mean, len(means), guarded(unmet)
