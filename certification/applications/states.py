"""Where an application stands, and how it moves on.

TRANSITIONS is the only list of moves; `services.move` is the only function that writes `state`.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.audit.verbs import AuditVerb


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    FORMAL_CHECK = "formal_check", _("Formal check")
    COMPLETION = "completion", _("To be completed")
    ASSESSMENT = "assessment", _("Under assessment")
    COMMITTEE = "committee", _("Before the Committee")
    BOARD = "board", _("Before the Board")
    CERTIFIED = "certified", _("Certified")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn by the applicant")


class Verb(AuditVerb):
    OPEN = "applications.open", _("Application opened")
    SAVE_ANSWER = "applications.save_answer", _("Answer saved")
    CITE = "applications.cite", _("Evidence cited")
    UNCITE = "applications.uncite", _("Citation removed")
    SUBMIT = "applications.submit", _("Application submitted")
    TAKE_UP = "applications.take_up", _("Formal check begun")
    ACCEPT = "applications.accept", _("Form found correct, sent to assessment")
    REQUEST_COMPLETION = "applications.request_completion", _("Completion asked for")
    COMPLETE = "applications.complete", _("Completion submitted")
    WITHDRAW = "applications.withdraw", _("Application withdrawn by the applicant")
    DECLARE_CONFLICT = "applications.declare_conflict", _("Conflict of interest recorded")
    # done by the apps above, on the application
    REFER = "applications.refer_to_committee", _("Sent to the Certification Committee")
    GRANT = "applications.grant", _("Committee: the certificate is granted")
    REFUSE = "applications.refuse", _("Committee: the certificate is refused")
    CERTIFY = "applications.certify", _("Board: the certificate is issued")


class Declaration(models.TextChoices):
    """What the custodian declares at submission; each must be made, and the manifest names it."""

    TRUE = "true", _("What we wrote in the application agrees with the facts.")
    AUTHORISED = "authorised", _("I am authorised to submit it on behalf of the institution.")
    LAWFUL = (
        "lawful",
        _("The evidence holds no personal data of residents that we have no right to share."),
    )


@dataclass(frozen=True)
class Transition:
    """From any of `sources` to one of `targets` (several only where the case says which)."""

    sources: frozenset[str]
    targets: frozenset[str]


def _from(*sources: State, to: tuple[State, ...]) -> Transition:
    return Transition(frozenset(sources), frozenset(to))


TRANSITIONS: dict[Verb, Transition] = {
    Verb.SUBMIT: _from(State.DRAFT, to=(State.SUBMITTED,)),
    Verb.TAKE_UP: _from(State.SUBMITTED, to=(State.FORMAL_CHECK,)),
    Verb.REQUEST_COMPLETION: _from(State.FORMAL_CHECK, State.ASSESSMENT, to=(State.COMPLETION,)),
    # back to where the completion was asked for
    Verb.COMPLETE: _from(State.COMPLETION, to=(State.FORMAL_CHECK, State.ASSESSMENT)),
    Verb.ACCEPT: _from(State.FORMAL_CHECK, to=(State.ASSESSMENT,)),
    Verb.REFER: _from(State.ASSESSMENT, to=(State.COMMITTEE,)),
    Verb.GRANT: _from(State.COMMITTEE, to=(State.BOARD,)),
    Verb.REFUSE: _from(State.COMMITTEE, to=(State.REFUSED,)),
    Verb.CERTIFY: _from(State.BOARD, to=(State.CERTIFIED,)),
    Verb.WITHDRAW: _from(
        State.DRAFT,
        State.SUBMITTED,
        State.FORMAL_CHECK,
        State.COMPLETION,
        State.ASSESSMENT,
        State.COMMITTEE,
        to=(State.WITHDRAWN,),
    ),
}

ENDED = frozenset({State.CERTIFIED, State.REFUSED, State.WITHDRAWN})
EDITABLE = frozenset({State.DRAFT, State.COMPLETION})
