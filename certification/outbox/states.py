"""Where an e-mail stands, what may happen to it, and what can be in its way."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.audit.verbs import AuditVerb


class State(models.TextChoices):
    WAITING = "waiting", _("waits to be sent")
    SENDING = "sending", _("is being sent")
    SENT = "sent", _("sent")
    HELD = "held", _("waits for the daily summary")
    GATHERED = "gathered", _("went in a daily summary")
    FAILED = "failed", _("could not be sent")
    STOPPED = "stopped", _("stopped, not sent")


# to: from where
TRANSITIONS: dict[State, frozenset[State]] = {
    State.SENDING: frozenset({State.WAITING}),
    State.SENT: frozenset({State.SENDING}),
    State.FAILED: frozenset({State.SENDING}),
    # tried and not sent yet; taken from a sender who died; sent again by the office
    State.WAITING: frozenset({State.SENDING, State.FAILED, State.STOPPED}),
    State.GATHERED: frozenset({State.HELD}),
    State.STOPPED: frozenset({State.WAITING, State.SENDING, State.HELD, State.FAILED}),
}
OVER = frozenset({State.SENT, State.GATHERED, State.STOPPED})


class Trouble(models.TextChoices):
    """Why the last attempt came to nothing: never the server's own words, which quote addresses."""

    UNREACHABLE = "unreachable", _("The mail server did not answer.")
    SIGN_IN = "sign_in", _("The mail server refused our name and password.")
    SENDER = "sender", _("The mail server does not accept our sender's address.")
    ADDRESS = "address", _("The mail server does not accept the recipient's address.")
    CONTENT = "content", _("The mail server did not accept the message.")
    OTHER = "other", _("Something unforeseen happened; the server's log says more.")
    INTERRUPTED = "interrupted", _("The sending broke off, and begins anew.")
    NO_ACCOUNT = "no_account", _("The account was switched off in the meantime.")
    CASE_CLOSED = "case_closed", _("The case was closed to this person in the meantime.")
    BY_OFFICE = "by_office", _("The office stopped it.")


class Verb(AuditVerb):
    SEND_AGAIN = "outbox.send_again", _("E-mail to be sent again")
    STOP = "outbox.stop", _("E-mail stopped")
