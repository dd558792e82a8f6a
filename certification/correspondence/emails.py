"""Messages about messages. What was written stays behind the sign-in."""

from certification.applications.recipients import office_of
from certification.outbox.kinds import Kind
from institutions.models import User
from institutions.notices import members_of, notify

from .models import Message, threads_of
from .states import Side


def message_sent(message: Message) -> None:
    """Tell the other side."""
    application = message.application
    notify(
        _others(message),
        "message_sent",
        kind=Kind.MESSAGE,
        about=application,
        url=message.get_absolute_url(),
        application=application,
        side=message.get_side_display(),
    )


def _others(message: Message) -> list[User]:
    if message.side == Side.OFFICE:
        return list(members_of(message.application.institution))
    office = office_of(message.application)
    return [one for one in office if threads_of(one).filter(pk=message.application_id).exists()]
