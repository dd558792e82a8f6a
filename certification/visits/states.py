"""Where a visit stands, what may be done with it then, and the verbs that leave an event."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certification.audit.verbs import AuditVerb


class State(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("visit", "dates proposed")
    COUNTERED = "countered", pgettext_lazy("visit", "other dates proposed by the institution")
    AGREED = "agreed", pgettext_lazy("visit", "date agreed")
    HELD = "took_place", pgettext_lazy("visit", "took place, protocol being written")
    PRESENTED = "presented", pgettext_lazy("visit", "protocol waits for the institution")
    CONFIRMED = "confirmed", pgettext_lazy("visit", "protocol confirmed by both sides")
    UNCONFIRMED = "unconfirmed", pgettext_lazy("visit", "protocol closed without confirmation")
    CANCELLED = "cancelled", pgettext_lazy("visit", "called off")


class Verb(AuditVerb):
    PROPOSE = "visits.propose", _("Site visit proposed")
    PROPOSE_AGAIN = "visits.propose_again", _("New dates of the site visit proposed")
    COUNTER = "visits.counter", _("Institution proposed other dates of the site visit")
    AGREE = "visits.agree", _("Date of the site visit agreed")
    PREPARE = "visits.prepare", _("Programme of the site visit changed")
    CANCEL = "visits.cancel", _("Site visit called off")
    HOLD = "visits.hold", _("Site visit took place")
    NOTE = "visits.note", _("Note of the site visit saved")
    ADD_PHOTO = "visits.add_photo", _("Photo of the site visit added")
    REMOVE_PHOTO = "visits.remove_photo", _("Photo of the site visit removed")
    WRITE = "visits.write", _("Protocol of the site visit saved")
    PRESENT = "visits.present", _("Protocol of the site visit presented to the institution")
    AMEND = "visits.amend", _("Protocol of the site visit taken back to be corrected")
    REMARK = "visits.remark", _("Institution's remark on the protocol of the site visit")
    CONFIRM = "visits.confirm", _("Protocol of the site visit confirmed by both sides")
    CLOSE = "visits.close", _("Protocol of the site visit closed without confirmation")
    LEAVE = "visits.leave", _("Left the team of the site visit")


@dataclass(frozen=True)
class Transition:
    """From any of `sources` to `target`."""

    sources: frozenset[str]
    target: State


def _from(*sources: State, to: State) -> Transition:
    return Transition(frozenset(sources), to)


TRANSITIONS: dict[Verb, Transition] = {
    Verb.PROPOSE_AGAIN: _from(State.PROPOSED, State.COUNTERED, State.AGREED, to=State.PROPOSED),
    Verb.COUNTER: _from(State.PROPOSED, State.AGREED, to=State.COUNTERED),
    Verb.AGREE: _from(State.PROPOSED, State.COUNTERED, to=State.AGREED),
    Verb.CANCEL: _from(State.PROPOSED, State.COUNTERED, State.AGREED, to=State.CANCELLED),
    Verb.HOLD: _from(State.AGREED, to=State.HELD),
    Verb.PRESENT: _from(State.HELD, to=State.PRESENTED),
    Verb.AMEND: _from(State.PRESENTED, to=State.HELD),
    Verb.CONFIRM: _from(State.PRESENTED, to=State.CONFIRMED),
    Verb.CLOSE: _from(State.PRESENTED, to=State.UNCONFIRMED),
}
# verbs of the dates themselves: of use only while the case is being assessed
OF_DATES = frozenset({Verb.PROPOSE_AGAIN, Verb.COUNTER, Verb.AGREE})

ENDED = frozenset({State.CONFIRMED, State.UNCONFIRMED, State.CANCELLED})
UNDER_WAY = frozenset(State) - ENDED
IN_TALKS = frozenset({State.PROPOSED, State.COUNTERED})
TO_COME = IN_TALKS | {State.AGREED}
# what the institution was presented, it reads
PRESENTED = frozenset({State.PRESENTED, State.CONFIRMED, State.UNCONFIRMED})
KIT_IS_OPEN = frozenset({State.AGREED, State.HELD})  # notes and photos may still change


class Side(models.TextChoices):
    CAL = "cal", _("CAL")
    INSTITUTION = "institution", pgettext_lazy("visit", "institution")


class People(models.TextChoices):
    """Whether somebody can be recognised on a photo."""

    NOBODY = "nobody", _("Nobody can be recognised")
    CONSENTED = "consented", _("People can be recognised, and they agreed")


class Closing(models.TextChoices):
    CONFIRMED = "confirmed", _("Confirmed by both sides")
    UNCONFIRMED = "unconfirmed", _("The institution did not confirm within the set time")
