"""What people choose about the notices they get by e-mail."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from certification.audit.services import record
from certification.outbox.kinds import Kind
from institutions.models import User
from institutions.notices.choices import choices_of
from institutions.states import Pace, Verb


@transaction.atomic
def choose_notices(person: User, *, by: User, paces: Mapping[Kind, Pace]) -> None:
    """From now on each of these kinds goes at that pace; what is written already stays as it is."""
    before = choices_of(person)
    changed = {kind: pace for kind, pace in paces.items() if before.get(kind) != pace}
    for kind, pace in changed.items():
        if pace == Pace.AT_ONCE:
            person.notice_choices.filter(kind=kind).delete()
        else:
            person.notice_choices.update_or_create(kind=kind, defaults={"pace": pace})
    if changed:
        facts: dict[str, Any] = {kind.value: pace.value for kind, pace in changed.items()}
        record(Verb.CHOOSE_NOTICES, person, by=by, **facts)
