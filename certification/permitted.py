"""Permission is how one obtains the object.

    application = permitted(Application, request.user, "applications.submit_application", pk=pk)

An object the person may not see does not exist for them (404); one they see but may not act
on answers 403. Services check the state table again.
"""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

M = TypeVar("M", bound=Model)


def permitted(
    source: type[M] | QuerySet[M], user: Any, permission: str | None = None, **lookup: Any
) -> M:
    """Get the one object `user` may see, and may do `permission` to."""
    queryset = source if isinstance(source, QuerySet) else source._default_manager.all()
    found: M = get_object_or_404(queryset.visible_to(user), **lookup)  # type: ignore[attr-defined]
    if permission and not user.has_perm(permission, found):
        raise PermissionDenied
    return found
