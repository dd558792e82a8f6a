"""Who heads the municipality, said by a person."""

from typing import Any

from django.db import transaction

from certification import clock
from certification.audit.services import record
from certification.letters.models import Official
from certification.letters.states import Verb
from institutions.models import Institution, User


@transaction.atomic
def confirm_official(institution: Institution, *, by: User, **data: Any) -> Official:
    """Write down who heads the institution's municipality and how letters address them.

    The journal names nobody: it says that it was done.
    """
    official, _created = Official.objects.update_or_create(
        institution=institution,
        defaults={**data, "confirmed_by": by, "confirmed_at": clock.now()},
    )
    record(Verb.CONFIRM_OFFICIAL, official, by=by, institution=institution.pk)
    return official
