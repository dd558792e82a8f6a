"""What an assessor can take, told by themselves or by the office for them."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.assessments.models import AssessorProfile, AssessorRegion
from certification.assessments.states import Verb
from certification.audit.services import record
from certification.errors import CannotDo, Stale
from institutions.models import User
from institutions.states import Role


@transaction.atomic
def change_profile(
    person: User,
    *,
    by: User,
    regions: Collection[str],
    most_at_once: int,
    away_from: date | None,
    away_until: date | None,
    expected_version: int = 0,
) -> AssessorProfile:
    """Say where the person readily goes, how many cases at once, and when none at all.

    Raises Stale with the newer profile when somebody else was faster, CannotDo for somebody who
    is no assessor today. The journal keeps who and when, not the days.
    """
    if not person.has_role(Role.ASSESSOR):
        raise CannotDo(_("%(person)s is not an assessor today.") % {"person": person})
    AssessorProfile.objects.get_or_create(user=person)
    profile = AssessorProfile.objects.select_for_update().get(user=person)
    if profile.version != expected_version:
        raise Stale(profile)
    profile.most_at_once = most_at_once
    profile.away_from, profile.away_until = away_from, away_until
    profile.version += 1
    profile.updated_by, profile.updated_at = by, clock.now()
    profile.save()
    profile.regions.all().delete()
    AssessorRegion.objects.bulk_create(
        AssessorRegion(profile=profile, voivodeship=code) for code in sorted(set(regions))
    )
    record(Verb.CHANGE_PROFILE, profile, by=by, assessor=person.pk, version=profile.version)
    return profile
