"""What waits to be read in the correspondence of cases, and mail that does not get through."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification import clock
from certification.correspondence.overview import unread_threads
from certification.outbox.models import Email
from institutions.models import User
from institutions.states import Role

from .heaps import Duty, Waiting, heap


def unread_messages(user: User) -> Iterator[Waiting]:
    """Of whoever writes with the other side: an institution's people, the office."""
    if not (user.is_member_anywhere or user.has_role(Role.OFFICE)):
        return

    def duty(application: Any) -> Duty:
        return Duty(
            about=str(application.institution),
            action=ngettext("Read %(n)s new message", "Read %(n)s new messages", application.unread)
            % {"n": application.unread},
            url=reverse("thread", args=[application.pk]),
            number=application.number or "",
            since=clock.day_of(application.last_written_at),
        )

    yield heap(_("New messages"), unread_threads(user), duty, reverse("thread_list"))


def undelivered(user: User) -> Waiting:
    """Mail that was given up, or that is being tried for longer than an hour."""

    def duty(email: Email) -> Duty:
        return Duty(
            about=email.to,
            action=email.get_trouble_display(),
            url=email.get_absolute_url(),
            since=clock.day_of(email.created_at),
        )

    found = Email.objects.visible_to(user).in_trouble().order_by("created_at", "pk")
    return heap(_("E-mail that does not get through"), found, duty, reverse("email_list"))
