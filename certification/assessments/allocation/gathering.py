"""The facts of a batch: which cases lack assessors, who could take them, and what speaks against.

Read in as many queries for two hundred cases as for one. Nothing here tells how a case that the
reader still judges is doing: there the other assessor's work counts as in hand, submitted or not.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application, Call, ConflictDeclaration
from certification.assessments.conflicts import Conflicts
from certification.assessments.coverage import Coverage
from certification.assessments.models import MOST, AssessorProfile, Assignment
from certification.assessments.overview import lacking_assessors
from certification.assessments.rules import cases_still_judged
from certification.assessments.services.assigning import UNDER_WAY
from institutions.models import Membership, User
from institutions.states import Role

from .problem import Pair
from .visiting import likely_in

AT_ONCE = 200  # cases in a batch, those first that wait longest
FREE_DAYS = 14  # between today and the deadline, for a case to be worth proposing

Meeting = tuple[int, int]  # the key of a case and of a person


@dataclass(frozen=True)
class Assessor:
    """`load` counts cases in hand, `past` those submitted, as the reader may know them."""

    user: User
    load: int = 0
    past: int = 0
    most: int = MOST
    regions: frozenset[str] = frozenset()
    away_from: date | None = None
    away_until: date | None = None
    interests: tuple[str, ...] = ()

    def free_days(self, since: date, until: date) -> int:
        """Days of that span, both ends included, on which the person is not away."""
        span = max((until - since).days + 1, 0)
        if self.away_from is None or self.away_until is None:
            return span
        away = (min(until, self.away_until) - max(since, self.away_from)).days + 1
        return span - max(away, 0)

    def is_away_for(self, today: date, due_on: date) -> bool:
        """Whether too few days are left to them; a short deadline asks for all its days."""
        return self.free_days(today, due_on) < min(FREE_DAYS, (due_on - today).days + 1)


@dataclass(frozen=True)
class WaitingCase:
    """A case that lacks assessors, `places` of them at least, with those it has."""

    application: Application
    places: int
    present: tuple[User, ...] = ()


@dataclass
class Batch:
    """`bars` keep two apart for good; `objections` only from being proposed. Both in words.

    `visits` are the keys of the cases where a visit is likely;
    `met` are the pairs of people who made the last case of one of the two together; `has_more`
    says that cases wait beyond those of the batch.
    """

    today: date
    due_on: date
    has_more: bool = False
    cases: dict[int, WaitingCase] = field(default_factory=dict)
    assessors: dict[int, Assessor] = field(default_factory=dict)
    bars: dict[Meeting, str] = field(default_factory=dict)
    objections: dict[Meeting, list[str]] = field(default_factory=lambda: defaultdict(list))
    met: frozenset[Pair] = frozenset()
    visits: frozenset[int] = frozenset()

    def against(self, case: int, person: int) -> list[str]:
        """What speaks against the person in this case, the limit of cases left aside."""
        bar = self.bars.get((case, person))
        return [bar] if bar else self.objections.get((case, person), [])


def gather(reader: User, *, due_on: date, call: Call | None = None) -> Batch:
    """Everything the office knows of the cases that wait, in the reader's eyes."""
    batch = Batch(today=clock.today(), due_on=due_on)
    waiting = lacking_assessors(reader)
    if call is not None:
        waiting = waiting.filter(call=call)
    found = list(waiting[: AT_ONCE + 1])
    cases, batch.has_more = found[:AT_ONCE], len(found) > AT_ONCE
    active = Assignment.objects.active().filter(application__in=cases)
    in_hand: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in active.select_related("assessor").prefetch_related("criteria"):
        in_hand[assignment.application_id].append(assignment)
    batch.cases = {
        case.pk: WaitingCase(
            case,
            Coverage(case, in_hand[case.pk]).places,
            tuple(each.assessor for each in in_hand[case.pk]),
        )
        for case in cases
    }
    people = list(User.objects.acting_as(Role.ASSESSOR))
    declared = _declared(reader, people)
    batch.assessors = _assessors(reader, people, declared)
    _bar(batch)
    _object(batch, declared)
    _object_to_former(batch, reader)
    batch.met = _met(batch)
    batch.visits = likely_in(cases)
    return batch


def _declared(reader: User, people: list[User]) -> list[ConflictDeclaration]:
    """What the people declared, in cases that are open to the reader."""
    cases = Application.objects.open_to_staff(reader).filter(pk=OuterRef("application"))
    found = ConflictDeclaration.objects.filter(Exists(cases), user__in=people)
    return list(found.select_related("application__institution"))


def _assessors(
    reader: User, people: list[User], declared: list[ConflictDeclaration]
) -> dict[int, Assessor]:
    work, interests = _work(reader, people), _interests(people, declared)
    profiles = {
        profile.user_id: profile
        for profile in AssessorProfile.objects.filter(user__in=people).prefetch_related("regions")
    }
    found = {}
    for user in people:
        profile = profiles.get(user.pk)
        load, past = work.get(user.pk, (0, 0))
        found[user.pk] = Assessor(
            user=user,
            load=load,
            past=past,
            most=profile.most_at_once if profile else MOST,
            regions=frozenset(profile.voivodeships() if profile else ()),
            away_from=profile.away_from if profile else None,
            away_until=profile.away_until if profile else None,
            interests=tuple(sorted(interests[user.pk])),
        )
    return found


def _interests(people: list[User], declared: list[ConflictDeclaration]) -> dict[int, set[str]]:
    """The institutions each person belongs or belonged to, or declared a conflict with."""
    found: dict[int, set[str]] = defaultdict(set)
    belongs = Membership.objects.begun(clock.today()).filter(user__in=people)
    for person, name in belongs.values_list("user_id", "institution__name"):
        found[person].add(name)
    for each in declared:
        found[each.user_id].add(each.application.institution.name)
    return found


def _work(reader: User, people: list[User]) -> dict[int, tuple[int, int]]:
    """Cases in hand and cases submitted, by person."""
    judged = Application.objects.filter(cases_still_judged(reader)).values("pk")
    submitted = Q(assessment__submitted_at__isnull=False) & ~Q(application__in=judged)
    counted = (
        Assignment.objects.active()
        .filter(assessor__in=people)
        .order_by()
        .values("assessor_id")
        .annotate(
            load=Count("pk", filter=~submitted & Q(application__state__in=UNDER_WAY)),
            past=Count("pk", filter=submitted),
        )
    )
    return {each["assessor_id"]: (each["load"], each["past"]) for each in counted}


# --- what speaks against ------------------------------------------------------------------


def _bar(batch: Batch) -> None:
    """Conflicts of interest, what may be one, and whoever has the case already."""
    users = [one.user for one in batch.assessors.values()]
    conflicts = Conflicts([case.application for case in batch.cases.values()], users)
    for key, case in batch.cases.items():
        for user in users:
            if conflict := conflicts.between(user, case.application):
                batch.bars[key, user.pk] = conflict
            elif warning := conflicts.namesake(user, case.application):
                batch.objections[key, user.pk].append(warning)
        for user in case.present:
            batch.bars[key, user.pk] = _("has this case already")


def _object(batch: Batch, declared: list[ConflictDeclaration]) -> None:
    by_institution = defaultdict(list)
    for key, case in batch.cases.items():
        by_institution[case.application.institution_id].append(key)
    _away(batch)
    for person, institution in _last_time(batch, list(by_institution)):
        for key in by_institution[institution]:
            batch.objections[key, person].append(_("assessed this institution last time"))
    for each in declared:
        for key in by_institution[each.application.institution_id]:
            if key != each.application_id:
                batch.objections[key, each.user_id].append(
                    _("declared a conflict of interest in an earlier case of this institution")
                )


def _object_to_former(batch: Batch, reader: User) -> None:
    """Who had a case before, and how it ended: without the words for a reader who still judges
    the case, since they may tell what another assessor thinks of it.
    """
    judged = set(
        Application.objects.filter(cases_still_judged(reader), pk__in=list(batch.cases))
        .values_list("pk", flat=True)
        .order_by()
    )
    ended = Assignment.objects.filter(application__in=list(batch.cases), ended_at__isnull=False)
    for key, person, reason in ended.values_list("application_id", "assessor_id", "end_reason"):
        words = _("had this case before")
        if key not in judged:
            words = _("had this case before (%(reason)s)") % {"reason": reason}
        batch.objections[key, person].append(words)


def _away(batch: Batch) -> None:
    for person, assessor in batch.assessors.items():
        if not assessor.is_away_for(batch.today, batch.due_on):
            continue
        for key in batch.cases:
            batch.objections[key, person].append(
                _("away until %(day)s") % {"day": f"{assessor.away_until:%d.%m.%Y}"}
            )


def _last_time(batch: Batch, institutions: list[int]) -> set[tuple[int, int]]:
    """Who assessed the last case before this one of each institution."""
    earlier = (
        Assignment.objects.active()
        .filter(application__institution__in=institutions)
        .exclude(application__in=list(batch.cases))
        .values_list("application__institution_id", "application_id", "assessor_id")
    )
    found: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for institution, case, person in earlier:
        found[institution][case].add(person)
    return {
        (person, institution)
        for institution, cases in found.items()
        for person in cases[max(cases)]
    }


def _met(batch: Batch) -> frozenset[Pair]:
    """The last case of each person that is not of the batch, and who else had it."""
    settled = Assignment.objects.active().exclude(application__in=list(batch.cases))
    latest = settled.filter(assessor=OuterRef("pk")).order_by("-assigned_at", "-pk")
    last = dict(
        User.objects.filter(pk__in=list(batch.assessors))
        .annotate(last_case=Subquery(latest.values("application")[:1]))
        .exclude(last_case=None)
        .values_list("pk", "last_case")
    )
    had = defaultdict(set)
    for case, person in settled.filter(application__in=set(last.values())).values_list(
        "application_id", "assessor_id"
    ):
        had[case].add(person)
    return frozenset(
        frozenset((person, other))
        for person, case in last.items()
        for other in had[case] - {person}
        if other in batch.assessors
    )


def due_by_default(today: date) -> date:
    return today + timedelta(days=30)
