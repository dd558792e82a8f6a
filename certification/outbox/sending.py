"""One message over one connection to the mail server, and what it means when that fails."""

import smtplib
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from .models import Email
from .states import Trouble


@dataclass(frozen=True)
class Failure:
    """`is_final`: the same message would be refused again (RFC 5321, 4.2.1: replies 5yz)."""

    trouble: Trouble
    smtp_code: int | None = None

    @property
    def is_final(self) -> bool:
        refused = self.trouble in {Trouble.ADDRESS, Trouble.CONTENT}
        return refused and (self.smtp_code or 0) >= 500


class Postman:
    """Keeps the connection from message to message; opens it anew after a failure."""

    def __init__(self) -> None:
        self.connection = get_connection()

    def post(self, email: Email) -> Failure | None:
        """Hand one message to the mail server; why it was not taken, if it was not."""
        try:
            self.connection.open()
            self.connection.send_messages([_message(email)])
        except Exception as error:  # whatever a mail server, a network or a backend comes up with
            self.close()
            return failure_of(error)
        return None

    def close(self) -> None:
        self.connection.close()


def failure_of(error: Exception) -> Failure:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        return Failure(Trouble.ADDRESS, min(codes, default=None))
    if isinstance(error, smtplib.SMTPResponseException):
        trouble = next((t for kind, t in _ANSWERS if isinstance(error, kind)), Trouble.OTHER)
        return Failure(trouble, int(error.smtp_code))
    is_silent = isinstance(error, smtplib.SMTPServerDisconnected) or (
        isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException)
    )
    return Failure(Trouble.UNREACHABLE if is_silent else Trouble.OTHER)


_ANSWERS: tuple[tuple[type[Exception], Trouble], ...] = (
    (smtplib.SMTPConnectError, Trouble.UNREACHABLE),
    (smtplib.SMTPAuthenticationError, Trouble.SIGN_IN),
    (smtplib.SMTPSenderRefused, Trouble.SENDER),
    (smtplib.SMTPDataError, Trouble.CONTENT),
)


def _message(email: Email) -> EmailMessage:
    """The same Message-ID at each attempt, so that mailboxes recognise one that came twice."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<{email.message_id}@{domain}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday answers, please
    }
    if email.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{email.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    return EmailMessage(email.subject, email.body, None, [email.to], headers=headers)
