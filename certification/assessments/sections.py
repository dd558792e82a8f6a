"""What the assessment adds to the page of a person."""

from django.urls import reverse

from certification.sections import Section
from institutions.models import User

from .models import AssessorProfile


def availability(user: User, person: User) -> Section | None:
    """What an assessor can take, for themselves and for the office."""
    if not user.has_perm("assessments.change_profile", person):
        return None
    profiles = AssessorProfile.objects.visible_to(user).prefetch_related("regions")
    profile = profiles.filter(user=person).first() or AssessorProfile(user=person)
    own = reverse("my_assessor_profile")
    url = own if user == person else reverse("assessor_profile", args=[person.pk])
    return Section("assessments/_profile_section.html", {"profile": profile, "url": url})
