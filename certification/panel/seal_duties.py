"""The electronic seal, when it ends soon or cannot be used: then nothing can be issued."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from certification import clock
from certification.documents.seal import in_use
from certification.errors import Unavailable
from institutions.models import User
from institutions.states import Role

from .heaps import Duty, Waiting


def seal_to_renew(user: User) -> Iterator[Waiting]:
    """Of the administrator and of the Board member who is responsible."""
    if not user.has_role(Role.ADMINISTRATOR, Role.RESPONSIBLE_BOARD_MEMBER):
        return
    now, url = clock.now(), reverse("issuer_edit")
    try:
        seal = in_use(now)
    except Unavailable:
        duty = Duty(_("Electronic seal"), _("See why it cannot be used: nothing is issued"), url)
    else:
        if seal is None or not seal.ends_soon(now):
            return
        duty = Duty(seal.subject, _("Get a new certificate"), url, due=clock.day_of(seal.valid_to))
    yield Waiting(_("Electronic seal"), [duty], 1, url)
