"""Where an application stands, and how it moves on.

TRANSITIONS is the only list of moves; `services.move` is the only function that writes `state`.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
    LAPSED = "lapsed", _("Left unexamined")


class Verb(AuditVerb):
    OPEN = "applications.open", _("Application opened")
    SAVE_ANSWER = "applications.save_answer", _("Answer saved")
    CONFIRM = "applications.confirm_answers", _("Answers confirmed as still true")
    BRING_BACK = "applications.bring_back_answer", _("Earlier text of an answer brought back")
    CITE = "applications.cite", _("Evidence cited")
    CHANGE_PLACE = "applications.change_place", _("Place in cited evidence changed")
    CITE_NEWEST = "applications.cite_newest", _("Newer version of evidence cited instead")
    UNCITE = "applications.uncite", _("Citation removed")
    CHANGE_EDITION = "applications.change_edition", _("Draft moved to a newer edition")
    COMMENT = "applications.comment", _("Comment for colleagues added")
    EDIT_COMMENT = "applications.edit_comment", _("Comment for colleagues changed")
    DELETE_COMMENT = "applications.delete_comment", _("Comment for colleagues removed")
    SETTLE_COMMENT = "applications.settle_comment", _("Comment for colleagues settled")
    REOPEN_COMMENT = "applications.reopen_comment", _("Comment for colleagues opened again")
    SUBMIT = "applications.submit", _("Application submitted")
    TAKE_UP = "applications.take_up", _("Formal check begun")
    ACCEPT = "applications.accept", _("Form found correct, sent to assessment")
    SAVE_POINT = "applications.save_point", _("Point of the formal check saved")
    REQUEST_COMPLETION = "applications.request_completion", _("Completion asked for")
    COMPLETE = "applications.complete", _("Completion submitted")
    ASK_EXTENSION = "applications.ask_extension", _("More time asked for")
    EXTEND = "applications.extend", _("Deadline extended")
    REFUSE_EXTENSION = "applications.refuse_extension", _("Extension refused")
    LAPSE = "applications.lapse", _("Application left unexamined")
    PRINT_PAPERS = "applications.print_papers", _("Request and report prepared")
    ADD_SIGNED_PAPER = "applications.add_signed_paper", _("Signed paper received")
    ACCEPT_PAPER = "applications.accept_paper", _("Signed paper accepted")
    REFUSE_PAPER = "applications.refuse_paper", _("Signed paper refused")
    WITHDRAW = "applications.withdraw", _("Application withdrawn by the applicant")
    DECLARE_CONFLICT = "applications.declare_conflict", _("Conflict of interest recorded")
    REVIEW_CONFLICT = (
        "applications.review_conflict",
        _("Office said what follows from a conflict of interest"),
    )
    OPEN_CALL = "applications.open_call", _("Call for applications announced")
    EDIT_CALL = "applications.edit_call", _("Call for applications changed")
    CLOSE_CALL = "applications.close_call", _("Call for applications closed early")
    EXTEND_CALL = "applications.extend_call", _("More time given in a call for applications")
    LEAVE_CALL = "applications.leave_call", _("Draft taken out of a call that closed")
    # done by the apps above, on the application
    REFER = "applications.refer_to_committee", _("Sent to the Certification Committee")
    GRANT = "applications.grant", _("Committee: the certificate is granted")
    REFUSE = "applications.refuse", _("Committee: the certificate is refused")
    CERTIFY = "applications.certify", _("Board: the certificate is issued")


# What colleagues do while they write: pages of their own tell of it, and only to them.
WRITING = frozenset(
    {
        Verb.SAVE_ANSWER,
        Verb.CONFIRM,
        Verb.BRING_BACK,
        Verb.CITE,
        Verb.CHANGE_PLACE,
        Verb.CITE_NEWEST,
        Verb.UNCITE,
        Verb.COMMENT,
        Verb.EDIT_COMMENT,
        Verb.DELETE_COMMENT,
        Verb.SETTLE_COMMENT,
        Verb.REOPEN_COMMENT,
    }
)


class Result(models.TextChoices):
    """What the office finds on one point of the formal check."""

    MET = "met", pgettext_lazy("point", "met")
    UNMET = "unmet", pgettext_lazy("point", "not met")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("point", "not applicable")


class CheckOutcome(models.TextChoices):
    """How a formal check ended."""

    ACCEPTED = "accepted", _("Accepted: sent to assessment")
    COMPLETION = "completion", _("Completion asked for")


class Paper(models.TextChoices):
    """What may be asked for beside answers and the evidence they cite."""

    REQUEST = "request", _("the written request, signed")
    AUTHORISATION = "authorisation", _("proof of who may sign for the institution")


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
    # never by itself: the office does it, once the deadline and the days of grace have passed
    Verb.LAPSE: _from(State.COMPLETION, to=(State.LAPSED,)),
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

ENDED = frozenset({State.CERTIFIED, State.REFUSED, State.WITHDRAWN, State.LAPSED})
EDITABLE = frozenset({State.DRAFT, State.COMPLETION})
# where answers may be ahead of the last dossier: what is being written, or never was handed in
AHEAD = EDITABLE | {State.WITHDRAWN, State.LAPSED}
