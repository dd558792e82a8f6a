"""The case page: where an application stands, what happened, and what is next for this person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from certification import clock
from certification.applications.models import Application
from certification.applications.papers.standing import AWAITS_INSTITUTION, signed_request
from certification.applications.states import WRITING, State
from certification.applications.states import Verb as ApplicationVerb
from certification.assessments.states import Verb as AssessmentVerb
from certification.audit.models import Event
from certification.correspondence.states import Verb as CorrespondenceVerb
from certification.letters.states import Verb as LetterVerb
from certification.visits.states import Verb as VisitVerb
from institutions.models import User

# --- where it stands ----------------------------------------------------------------------

STAGES = (
    (State.DRAFT, _("Written by the institution")),
    (State.SUBMITTED, _("Submitted")),
    (State.FORMAL_CHECK, _("Formal check")),
    (State.ASSESSMENT, _("Assessment")),
    (State.COMMITTEE, _("Certification Committee")),
    (State.BOARD, _("Resolution of the Board")),
    (State.CERTIFIED, _("Certificate")),
)
_ENDS_IN = {
    State.REFUSED: State.COMMITTEE,
    State.WITHDRAWN: State.DRAFT,
    State.LAPSED: State.FORMAL_CHECK,
}
# the verb after which a stage has begun; its day is the day shown
_BEGUN_BY = {
    State.DRAFT: ApplicationVerb.OPEN,
    State.SUBMITTED: ApplicationVerb.SUBMIT,
    State.FORMAL_CHECK: ApplicationVerb.TAKE_UP,
    State.ASSESSMENT: ApplicationVerb.ACCEPT,
    State.COMMITTEE: ApplicationVerb.REFER,
    State.BOARD: ApplicationVerb.GRANT,
    State.CERTIFIED: ApplicationVerb.CERTIFY,
}


@dataclass(frozen=True)
class Step:
    """One stage of the timeline; `state` is done, current, todo or stopped."""

    label: str
    state: str
    date: date | None
    note: str


def timeline(application: Application) -> list[Step]:
    """The seven stages with the day each began. One query."""
    days = {
        row["verb"]: clock.day_of(row["at"])
        for row in Event.objects.of_case(application)
        .order_by()
        .filter(verb__in=_BEGUN_BY.values())
        .values("verb")
        .annotate(at=Max("at"))
    }
    reached = _stage_of(application, days)
    stages = [state for state, _label in STAGES]
    return [
        Step(
            label=str(label),
            state=_step_state(stages.index(state), stages.index(reached), application),
            date=days.get(_BEGUN_BY[state]),
            note=_note(application) if state == reached else "",
        )
        for state, label in STAGES
    ]


def _stage_of(application: Application, days: dict[str, date]) -> State:
    """The stage the case is in, or in which it ended."""
    state = State(application.state)
    if state == State.COMPLETION:
        return State.ASSESSMENT if ApplicationVerb.ACCEPT in days else State.FORMAL_CHECK
    if state in {State.WITHDRAWN, State.LAPSED}:
        begun = [stage for stage, _label in STAGES if _BEGUN_BY[stage] in days]
        return begun[-1] if begun else State.DRAFT
    return _ENDS_IN.get(state, state)


def _step_state(index: int, reached: int, application: Application) -> str:
    if index != reached:
        return "done" if index < reached else "todo"
    if application.state in _ENDS_IN:
        return "stopped"
    return "done" if application.state == State.CERTIFIED else "current"


def _note(application: Application) -> str:
    """A word where the state says more than its stage does."""
    if application.state in {State.COMPLETION, *_ENDS_IN}:
        return str(application.get_state_display())
    return ""


# --- what is next -------------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """A step offered to whoever holds the permission. `address` names a page to go to, or with
    `is_verb` one that a button posts to; `other` is a quieter second way,
    for those who hold `other_permission` where it is given.
    """

    permission: str
    title: Promise
    text: Promise
    label: Promise
    address: str
    is_verb: bool = False
    other: str = ""
    other_label: Promise | str = ""
    other_permission: str = ""


OFFERS = {
    State.DRAFT: Offer(
        "applications.save_answer",
        _("Write the application"),
        _("Answer criterion by criterion, at your own pace. Everything you save stays."),
        _("Go to the criteria"),
        "application_answers",
        other="application_submit",
        other_label=_("Check what is missing and submit"),
        other_permission="applications.submit_application",
    ),
    State.COMPLETION: Offer(
        "applications.save_answer",
        _("Complete the application"),
        _("Only the criteria named in the request are open. Correct them, then send."),
        _("Go to the criteria"),
        "application_answers",
    ),
    State.SUBMITTED: Offer(
        "applications.take_up_application",
        _("Begin the formal check"),
        _("The institution will see that the office has taken up its application."),
        _("Begin the formal check"),
        "application_take_up",
        is_verb=True,
    ),
    State.FORMAL_CHECK: Offer(
        "applications.save_points",
        _("Check the form"),
        _(
            "Go through the points one by one. If all are met, send the application to "
            "assessment; otherwise ask the institution for everything that is missing, at once."
        ),
        _("Go to the formal check"),
        "formal_check",
    ),
    State.ASSESSMENT: Offer(
        "assessments.assign",
        _("Two assessors rate the case"),
        _("Choose people without a conflict of interest, and a date."),
        _("Assign or change assessors"),
        "assignment_create",
        other="completion_request",
        other_label=_("Ask for completion"),
    ),
    State.COMMITTEE: Offer(
        "decisions.decide_application",
        _("Record the Committee's decision"),
        _("Grant the certificate, or refuse it with a reason for each unmet criterion."),
        _("Go to the decision"),
        "decision_create",
    ),
    State.BOARD: Offer(
        "certificates.issue_certificate",
        _("Record the resolution and issue the certificate"),
        _("You will see the certificate as it prints before it is issued."),
        _("Go to the resolution"),
        "certificate_issue",
    ),
}
SIGN = Offer(
    "applications.add_signed_paper",
    _("Sign the request and send it back"),
    _("Download the request, have it signed, and send it here. The case runs from that day."),
    _("Send the signed request"),
    "signed_paper_add",
    other="application_papers",
    other_label=_("Request and report"),
)


def next_step(application: Application, user: User) -> dict[str, Any] | None:
    """What this person can do to move the case on, for components/next_step.html.

    None when the case waits for somebody else.
    """
    offer = _signing(application, user) or OFFERS.get(State(application.state))
    if offer is None or not user.has_perm(offer.permission, application):
        return None
    address = reverse(offer.address, args=[application.pk])
    is_for_all = not offer.other_permission
    has_other = is_for_all or user.has_perm(offer.other_permission, application)
    return {
        "title": offer.title,
        "text": offer.text,
        "label": offer.label,
        "url": "" if offer.is_verb else address,
        "post_url": address if offer.is_verb else "",
        "other_url": reverse(offer.other, args=[application.pk])
        if offer.other and has_other
        else "",
        "other_label": offer.other_label,
    }


def _signing(application: Application, user: User) -> Offer | None:
    """The custodian's step while the signed request is wanted (regulation, point 3)."""
    if application.state == State.COMPLETION or not user.has_perm(SIGN.permission, application):
        return None
    return SIGN if signed_request(application).standing in AWAITS_INSTITUTION else None


# --- what happened ------------------------------------------------------------------------

_NOISE = WRITING | {
    ApplicationVerb.SAVE_POINT,
    CorrespondenceVerb.SEND,  # on a page of its own, which not everybody sees
    VisitVerb.NOTE,
    VisitVerb.ADD_PHOTO,
    VisitVerb.REMOVE_PHOTO,
    VisitVerb.WRITE,
    VisitVerb.LEAVE,
}
_INSIDE = {  # who assesses, and how far they are, is not for the institution or for each other
    *AssessmentVerb,
    ApplicationVerb.DECLARE_CONFLICT,
    LetterVerb.DRAFT,
    LetterVerb.EDIT,
    LetterVerb.RETURN,
}
_OF_OTHER_ASSESSORS = {AssessmentVerb.RATE, AssessmentVerb.SUBMIT, AssessmentVerb.SETTLE}


def events(application: Application, *, handles: bool) -> "list[Event]":
    """What happened in the case, newest first, as far as the reader may know.

    `handles` says the person runs the case for the certification body (the office, the
    Committee, the Board); assessors and the institution see less.
    """
    hidden = {str(verb) for verb in _NOISE | ({*_OF_OTHER_ASSESSORS} if handles else _INSIDE)}
    known = Event.objects.of_case(application).exclude(verb__in=hidden)
    return list(known.select_related("by").order_by("-seq"))
