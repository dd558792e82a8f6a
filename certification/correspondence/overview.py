"""The correspondence of all cases a person reads, in one list."""

from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from certification.applications.models import Application
from institutions.models import User

from .models import Message, threads_of


def threads(user: User) -> "QuerySet[Any]":
    """Each case in which something was written, unread first, then the latest.

    With `unread` (how many messages), `last_side` and `last_written_at`.
    """
    of_case = Message.objects.filter(application=OuterRef("pk"))
    last = of_case.order_by("-pk")
    counted = of_case.unread_by(user).order_by().values("application").annotate(n=Count("pk"))
    unread = Subquery(counted.values("n"), output_field=IntegerField())
    found = (
        threads_of(user)
        .select_related("institution")
        .annotate(
            unread=Coalesce(unread, 0),
            last_message=Subquery(last.values("pk")[:1]),
            last_side=Subquery(last.values("side")[:1]),
            last_written_at=Subquery(last.values("written_at")[:1]),
        )
    )
    found = found.filter(last_message__isnull=False)
    return found.order_by(F("unread").desc(), "-last_message")


def unread_threads(user: User) -> "QuerySet[Any]":
    """Those in which something waits to be read, the oldest first."""
    return threads(user).filter(unread__gt=0).order_by("last_message")


def unread_in(application: Application, user: User) -> int:
    """How many messages of one case wait to be read; 0 for who does not read it."""
    messages = Message.objects.visible_to(user).filter(application=application)
    return messages.unread_by(user).count()
