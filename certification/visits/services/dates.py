"""Both sides agree on a date: proposed, answered with others, agreed, called off, held."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application
from certification.audit.services import record
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.visits import emails
from certification.visits.models import DateOffer, DateRound, SiteVisit
from certification.visits.states import IN_TALKS, KIT_IS_OPEN, Side, Verb
from institutions.models import User

from .moving import VISITED_IN, locked_for, move
from .team import assessing, office_to_go

Span = tuple[datetime, datetime]
MOST_OFFERS = 3


@transaction.atomic
def propose(
    application: Application,
    *,
    by: User,
    spans: Sequence[Span],
    place: str,
    word: str = "",
    team: Collection[User] = (),
    lead: User | None = None,
) -> SiteVisit:
    """Begin a visit with the dates CAL proposes; the institution is told.

    Raises TransitionNotAllowed where the case is not being assessed, CannotDo while another
    visit of it is under way, for dates that have passed, and for somebody who may not go.
    """
    case = Application.objects.select_for_update().get(pk=application.pk)
    if case.state not in VISITED_IN:
        raise TransitionNotAllowed(Verb.PROPOSE, case.state)
    if SiteVisit.objects.under_way().filter(application=case).exists():
        raise CannotDo(_("A visit of this case is under way already. Change its dates there."))
    _check_team(case, team, lead)
    visit = SiteVisit.objects.create(application=case, place=place, lead=lead, proposed_by=by)
    visit.team.set(team)
    _offer(visit, 1, Side.CAL, by=by, spans=spans, word=word)
    record(Verb.PROPOSE, visit, by=by, case=case, offers=len(spans))
    emails.proposed(visit)
    return visit


@transaction.atomic
def propose_again(
    visit: SiteVisit, *, by: User, spans: Sequence[Span], place: str, word: str = ""
) -> SiteVisit:
    """CAL proposes other dates; what was agreed holds no more."""
    locked = locked_for(visit, Verb.PROPOSE_AGAIN)
    return _talk_on(
        locked, Verb.PROPOSE_AGAIN, Side.CAL, by=by, spans=spans, word=word, place=place
    )


@transaction.atomic
def counter(visit: SiteVisit, *, by: User, spans: Sequence[Span], word: str = "") -> SiteVisit:
    """The institution proposes other dates, also for a date that it had agreed to."""
    locked = locked_for(visit, Verb.COUNTER)
    return _talk_on(locked, Verb.COUNTER, Side.INSTITUTION, by=by, spans=spans, word=word)


def _talk_on(
    locked: SiteVisit,
    verb: Verb,
    side: Side,
    *,
    by: User,
    spans: Sequence[Span],
    word: str,
    place: str | None = None,
) -> SiteVisit:
    """A next round; a calendar that holds the earlier date learns that it is off."""
    _offer(locked, locked.round + 1, side, by=by, spans=spans, word=word)
    changes = {"round": locked.round + 1, "sequence": locked.sequence + 1}
    moved = move(
        locked,
        verb,
        by=by,
        starts_at=None,
        ends_at=None,
        place=locked.place if place is None else place,
        **changes,
    )
    emails.talked_on(moved, side)
    return moved


def _offer(
    visit: SiteVisit, number: int, side: Side, *, by: User, spans: Sequence[Span], word: str
) -> None:
    if not 0 < len(spans) <= MOST_OFFERS:
        raise CannotDo(_("Propose one to three dates."))
    for starts_at, ends_at in spans:
        if starts_at <= clock.now():
            raise CannotDo(_("A proposed date has passed already. Choose a later one."))
        if ends_at <= starts_at:
            raise CannotDo(_("A visit ends after it begins. Correct the hours."))
    round_ = DateRound.objects.create(
        visit=visit, number=number, side=side, word=word.strip(), made_by=by
    )
    DateOffer.objects.bulk_create(
        DateOffer(round=round_, starts_at=starts_at, ends_at=ends_at)
        for starts_at, ends_at in sorted(set(spans))
    )


def _check_team(case: Application, team: Collection[User], lead: User | None) -> None:
    may_go = [*assessing(case), *office_to_go(case)]
    for person in team:
        if person not in may_go:
            raise CannotDo(
                _("%(person)s neither assesses this case nor handles it at the office.")
                % {"person": person}
            )
    if lead is not None and lead not in team:
        raise CannotDo(_("Whoever leads the visit takes part in it."))


@transaction.atomic
def agree(visit: SiteVisit, offer: DateOffer, *, by: User, side: Side) -> SiteVisit:
    """Accept one of the dates the other side proposed last; everybody concerned is told.

    Raises TransitionNotAllowed when other dates were proposed meanwhile, or by one's own side.
    """
    locked = locked_for(visit, Verb.AGREE)
    round_ = locked.current_round
    if offer.round_id != round_.pk or round_.side == side:
        raise TransitionNotAllowed(Verb.AGREE, locked.state)
    if offer.starts_at <= clock.now():
        raise CannotDo(_("This date has passed already. Propose another one."))
    moved = move(
        locked,
        Verb.AGREE,
        by=by,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
        sequence=locked.sequence + 1,
    )
    emails.agreed(moved)
    return moved


@transaction.atomic
def cancel(visit: SiteVisit, *, by: User, reason: str) -> SiteVisit:
    """Call a visit off before it took place. Raises CannotDo without a reason."""
    if not reason.strip():
        raise CannotDo(_("Write why the visit is called off."))
    locked = locked_for(visit, Verb.CANCEL)
    was_agreed = locked.starts_at is not None
    moved = move(
        locked,
        Verb.CANCEL,
        by=by,
        sequence=locked.sequence + 1,
        cancelled_by=by,
        cancelled_at=clock.now(),
        cancel_reason=reason.strip(),
    )
    emails.cancelled(moved, was_agreed=was_agreed)
    return moved


@transaction.atomic
def hold(visit: SiteVisit, *, by: User) -> SiteVisit:
    """Note that the visit took place; the protocol is written next."""
    locked = locked_for(visit, Verb.HOLD)
    if not locked.is_begun(clock.now()):
        raise CannotDo(_("The visit has not begun yet. Come back on its day."))
    return move(locked, Verb.HOLD, by=by)


@transaction.atomic
def prepare(
    visit: SiteVisit,
    *,
    by: User,
    agenda: str,
    place: str,
    team: Collection[User],
    lead: User | None,
    expected_version: int,
) -> SiteVisit:
    """Save the programme, the place and who goes. The institution reads the first two.

    Raises Stale with the newer visit when somebody else was faster.
    """
    case = Application.objects.select_for_update().get(pk=visit.application_id)
    locked = SiteVisit.objects.select_for_update().get(pk=visit.pk)
    if locked.state not in IN_TALKS | KIT_IS_OPEN:
        raise TransitionNotAllowed(Verb.PREPARE, locked.state)
    if locked.version != expected_version:
        raise Stale(locked)
    _check_team(case, team, lead)
    is_moved = locked.place != place
    locked.agenda, locked.place, locked.lead = agenda.strip(), place, lead
    locked.version, locked.sequence = locked.version + 1, locked.sequence + 1
    locked.save(update_fields=["agenda", "place", "lead", "version", "sequence"])
    locked.team.set(team)
    record(Verb.PREPARE, locked, by=by, case=case, version=locked.version)
    if is_moved and locked.starts_at is not None:
        emails.agreed(locked)
    return locked
