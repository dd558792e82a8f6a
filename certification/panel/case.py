"""The case page: where an application stands, what happened, and what is next for this person."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.applications.models import Application
from certification.applications.states import State
from certification.applications.states import Verb as ApplicationVerb
from certification.assessments.states import Verb as AssessmentVerb
from certification.audit.models import Event
from certification.letters.states import Verb as LetterVerb
from institutions.models import User

# --- where it stands ----------------------------------------------------------------------

STAGES = (
    (State.DRAFT, gettext_lazy("Written by the institution")),
    (State.SUBMITTED, gettext_lazy("Submitted")),
    (State.FORMAL_CHECK, gettext_lazy("Formal check")),
    (State.ASSESSMENT, gettext_lazy("Assessment")),
    (State.COMMITTEE, gettext_lazy("Certification Committee")),
    (State.BOARD, gettext_lazy("Resolution of the Board")),
    (State.CERTIFIED, gettext_lazy("Certificate")),
)
_ENDS_IN = {State.REFUSED: State.COMMITTEE, State.WITHDRAWN: State.DRAFT}
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
        row["verb"]: row["at"].date()
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
    if state == State.WITHDRAWN:
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
class Next:
    """The one clear next step: a link, or a verb done by a button (`post_url`)."""

    title: str
    text: str
    label: str
    url: str = ""
    post_url: str = ""
    other_url: str = ""
    other_label: str = ""


def next_step(application: Application, user: User) -> Next | None:
    """What this person can do to move the case on; None when it waits for somebody else."""
    for permission, make in _CANDIDATES.get(State(application.state), ()):
        if user.has_perm(permission, application):
            return make(application)
    return None


def _write(application: Application) -> Next:
    return Next(
        title=_("Write the application"),
        text=_("Answer criterion by criterion, at your own pace. Everything you save stays."),
        label=_("Go to the criteria"),
        url=reverse("application_answers", args=[application.pk]),
        other_url=reverse("application_submit", args=[application.pk]),
        other_label=_("Check what is missing and submit"),
    )


def _complete(application: Application) -> Next:
    return Next(
        title=_("Complete the application"),
        text=_("Only the criteria named in the request are open. Correct them, then send."),
        label=_("Go to the criteria"),
        url=reverse("application_answers", args=[application.pk]),
    )


def _take_up(application: Application) -> Next:
    return Next(
        title=_("Begin the formal check"),
        text=_("The institution will see that the office has taken up its application."),
        label=_("Begin the formal check"),
        post_url=reverse("application_take_up", args=[application.pk]),
    )


def _accept(application: Application) -> Next:
    return Next(
        title=_("Decide on the form"),
        text=_(
            "Read the application. If it is complete, send it to assessment; "
            "otherwise ask the institution for what is missing."
        ),
        label=_("The form is correct: send to assessment"),
        post_url=reverse("application_accept", args=[application.pk]),
        other_url=reverse("completion_request", args=[application.pk]),
        other_label=_("Ask for completion"),
    )


def _assign(application: Application) -> Next:
    return Next(
        title=_("Two assessors rate the case"),
        text=_("Choose people without a conflict of interest, and a date."),
        label=_("Assign or change assessors"),
        url=reverse("assignment_create", args=[application.pk]),
        other_url=reverse("completion_request", args=[application.pk]),
        other_label=_("Ask for completion"),
    )


def _decide(application: Application) -> Next:
    return Next(
        title=_("Record the Committee's decision"),
        text=_("Grant the certificate, or refuse it with a reason for each unmet criterion."),
        label=_("Go to the decision"),
        url=reverse("decision_create", args=[application.pk]),
    )


def _issue(application: Application) -> Next:
    return Next(
        title=_("Record the resolution and issue the certificate"),
        text=_("You will see the certificate as it prints before it is issued."),
        label=_("Go to the resolution"),
        url=reverse("certificate_issue", args=[application.pk]),
    )


_CANDIDATES = {
    State.DRAFT: (("applications.save_answer", _write),),
    State.COMPLETION: (("applications.save_answer", _complete),),
    State.SUBMITTED: (("applications.take_up_application", _take_up),),
    State.FORMAL_CHECK: (("applications.accept_application", _accept),),
    State.ASSESSMENT: (("assessments.assign", _assign),),
    State.COMMITTEE: (("decisions.decide_application", _decide),),
    State.BOARD: (("certificates.issue_certificate", _issue),),
}

# --- what happened ------------------------------------------------------------------------

_NOISE = {ApplicationVerb.SAVE_ANSWER, ApplicationVerb.CITE, ApplicationVerb.UNCITE}
_INSIDE = {  # who assesses, and how far they are, is not for the institution or for each other
    *AssessmentVerb,
    ApplicationVerb.DECLARE_CONFLICT,
    LetterVerb.DRAFT,
    LetterVerb.EDIT,
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
