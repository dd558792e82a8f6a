"""Messages about visits: one function a message."""

from typing import Any

from certification.applications.recipients import office_of, writers_of
from certification.outbox.kinds import Kind
from institutions.models import User
from institutions.notices import notify

from .models import Protocol, SiteVisit
from .states import Side


def tell(people: list[User], name: str, visit: SiteVisit, *, key: str = "", **context: Any) -> None:
    """Write `emails/<name>` to each of them; a `key` makes it unique for its person."""
    notify(
        people,
        name,
        kind=Kind.VISIT,
        about=visit.application,
        key=key,
        url=visit.get_absolute_url(),
        application=visit.application,
        visit=visit,
        **context,
    )


def team_of(visit: SiteVisit) -> list[User]:
    return list(visit.team.all())


def hosts_of(visit: SiteVisit) -> list[User]:
    return list(writers_of(visit.application))


def proposed(visit: SiteVisit) -> None:
    """CAL would like to come."""
    tell(hosts_of(visit), "visit_proposed", visit)


def talked_on(visit: SiteVisit, side: Side) -> None:
    """That side proposed other dates; whoever goes learns that no date holds now."""
    others = hosts_of(visit) if side == Side.CAL else office_of(visit.application)
    tell([*others, *team_of(visit)], "visit_other_dates", visit)


def agreed(visit: SiteVisit) -> None:
    """A date or a place holds now: both sides, with the calendar file behind the link."""
    people = [*hosts_of(visit), *office_of(visit.application), *team_of(visit)]
    tell(people, "visit_agreed", visit)


def cancelled(visit: SiteVisit, *, was_agreed: bool) -> None:
    """Nobody comes; the office hears of it where a date had been agreed."""
    office = office_of(visit.application) if was_agreed else []
    tell([*hosts_of(visit), *team_of(visit), *office], "visit_cancelled", visit)


def presented(visit: SiteVisit, protocol: Protocol) -> None:
    """The institution may answer until a day."""
    tell(hosts_of(visit), "protocol_presented", visit, protocol=protocol)


def amended(visit: SiteVisit) -> None:
    """CAL corrects what it presented; what was presented need not be answered."""
    tell(hosts_of(visit), "protocol_amended", visit)


def remarked(visit: SiteVisit) -> None:
    """The institution said something to the protocol."""
    tell([*office_of(visit.application), *lead_of(visit)], "protocol_remarked", visit)


def closed(visit: SiteVisit) -> None:
    """The protocol is final: both sides find it behind the link."""
    people = [*hosts_of(visit), *office_of(visit.application), *lead_of(visit)]
    tell(people, "protocol_closed", visit)


def lead_of(visit: SiteVisit) -> list[User]:
    return [visit.lead] if visit.lead else []
