"""The edition a draft is written against, and the newer one it may go over to."""

from certification.standards.models import StandardSet

from .models import Application
from .states import State


def offered_to(application: Application) -> StandardSet | None:
    """The edition in use now, where a draft is written against another one.

    A draft of a call stays with the standards of the call, unless they were retired.
    """
    if application.state != State.DRAFT:
        return None
    if application.call_id and not application.standard_set.is_retired:
        return None
    current = StandardSet.objects.current()
    return current if current != application.standard_set else None
