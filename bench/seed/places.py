"""Institutions, the people of both sides, and the catalogue."""

import random
from datetime import timedelta
from io import StringIO

from django.core.management import call_command

from certification import clock
from certification.certificates.models import EarlierAward
from certification.finding import search_text
from certification.standards.models import (
    Criterion,
    EvidenceType,
    InstitutionKind,
    RatingLevel,
    StandardSet,
)
from institutions.grammar import Case, Variant
from institutions.models import Appointment, Institution, Membership, NameForm, User
from institutions.services.found_by import refresh_search_texts
from institutions.states import MemberRole, Origin, Role

STAFF = {
    Role.OFFICE: 4,
    Role.ASSESSOR: 40,
    Role.COMMITTEE_CHAIR: 1,
    Role.COMMITTEE_MEMBER: 6,
    Role.BOARD_MEMBER: 3,
    Role.RESPONSIBLE_BOARD_MEMBER: 1,
    Role.ADMINISTRATOR: 1,
}
TOWNS = ("Brzozów Dolny", "Dębowa Łąka", "Jaworzyna", "Lipiny", "Olszany", "Świerkowo", "Żarnówka")
HEADS = ("Miejski Ośrodek Pomocy Społecznej", "Gminny Ośrodek Pomocy Społecznej")


class Places:
    """Who there is. `kind` is the one that answers to all 54 criteria."""

    def __init__(self, *, institutions: int, chance: random.Random) -> None:
        self.chance = chance
        self.now = clock.now()
        call_command("import_standards", publish=True, stdout=StringIO())
        # long before the first application was opened under it
        StandardSet.objects.update(published_at=self.now - timedelta(days=3650))
        self.standard_set = StandardSet.objects.get()
        self.kind = InstitutionKind.objects.get(code="social_assistance")
        self.criteria = list(
            Criterion.objects.for_kind(self.kind).select_related("standard__area").in_order()
        )
        self.levels = list(RatingLevel.objects.exclude(value=None).order_by("value"))
        self.evidence_types = list(EvidenceType.objects.all())
        self.staff = {role: self._appointed(role, count) for role, count in STAFF.items()}
        self.institutions = self._institutions(institutions)
        self.custodians = self._custodians()
        self._name_forms()
        refresh_search_texts(self.institutions)
        self._earlier_awards()

    def one(self, role: Role) -> User:
        return self.staff[role][0]

    def _appointed(self, role: Role, count: int) -> list[User]:
        people = self._people(str(role).replace("_", "-"), count)
        since = (self.now - timedelta(days=4000)).date()
        Appointment.objects.bulk_create(
            Appointment(user=person, role=role, since=since, resolution="1/2012")
            for person in people
        )
        return people

    def _people(self, key: str, count: int) -> list[User]:
        return User.objects.bulk_create(
            User(email=f"{key}.{i}@bench.example.org", full_name=f"{key} {i}", password="!")  # noqa: S106
            for i in range(count)
        )

    def _institutions(self, count: int) -> list[Institution]:
        return Institution.objects.bulk_create(
            Institution(
                name=f"{HEADS[i % 2]} nr {i} w mieście {TOWNS[i % len(TOWNS)]}",
                kind=self.kind,
                gender="m",
                town=TOWNS[i % len(TOWNS)],
                voivodeship=f"{2 * (i % 16) + 2:02}",
            )
            for i in range(count)
        )

    def _custodians(self) -> dict[int, User]:
        people = self._people("opiekun", len(self.institutions))
        since = (self.now - timedelta(days=4000)).date()
        pairs = list(zip(self.institutions, people, strict=True))
        Membership.objects.bulk_create(
            Membership(institution=place, user=person, role=MemberRole.CUSTODIAN, since=since)
            for place, person in pairs
        )
        return {place.pk: person for place, person in pairs}

    def _name_forms(self) -> None:
        office = self.one(Role.OFFICE)
        NameForm.objects.bulk_create(
            NameForm(
                institution=place,
                variant=Variant.FULL,
                case=case,
                text=place.name,
                origin=Origin.SUGGESTED,
                confirmed_by=office,
                confirmed_at=self.now,
            )
            for place in self.institutions
            for case in Case.values
        )

    def _earlier_awards(self) -> None:
        EarlierAward.objects.bulk_create(
            EarlierAward(
                institution=place,
                presented="2012-02",
                source="https://bench.example.org/2012",
                search_text=search_text(place.name, place.town, "2012-02"),
            )
            for place in self.institutions[:30]
        )
