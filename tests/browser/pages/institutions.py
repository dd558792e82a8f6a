"""An institution as its members see it, and how people come and go."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.base import ContentFile

from certification import clock
from institutions.models import User
from institutions.services.custody import request_custody
from institutions.states import MemberRole
from tests.browser.house import paper
from tests.browser.visit import Visit, at, press
from tests.factories import make_institution, make_invitation, make_member

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    institution, custodian = house.institution.pk, house.custodian
    yield Visit(custodian, at("institution_list"))
    for name in ("institution_detail", "institution_contact", "name_forms", "member_invite"):
        yield Visit(custodian, at(name, institution))
    yield Visit(custodian, at("name_forms", institution), press("Zatwierdź formy"))
    yield Visit(custodian, at("member_invite", institution), press("Wyślij zaproszenie"))
    yield from _invitations(house)
    yield from _custody(house)
    membership = house.institution.memberships.get(role=MemberRole.READER)
    yield Visit(custodian, at("membership_end", institution, membership.pk))
    yield Visit(custodian, at("membership_role", institution, membership.pk))
    mine = house.institution.memberships.get(user=custodian)
    yield Visit(custodian, at("membership_end", institution, mine.pk))


def _invitations(house: Ground) -> Iterator[Visit]:
    """Each face of the page behind the link, and the list of who was invited."""
    mine = make_invitation(house.institution, email=house.assessor.email)
    new = make_invitation(house.institution, full_name="Nowa Osoba")
    old = make_invitation(house.institution, expires_at=clock.now() - timedelta(days=1))
    for who in (None, house.assessor, house.custodian):
        yield Visit(who, at("invitation", mine.secret))
    yield Visit(None, at("invitation", new.secret))
    yield Visit(None, at("invitation", new.secret), press("Załóż konto"))
    yield Visit(None, at("invitation", old.secret))
    yield Visit(None, at("invitation", "nic"))
    yield Visit(house.custodian, at("institution_detail", house.institution.pk))


def _custody(house: Ground) -> Iterator[Visit]:
    alone = make_institution()
    gone = make_member(alone)
    yield Visit(house.office, at("custody_request", alone.pk))
    yield Visit(house.office, at("custody_request", alone.pk), press("Przyjmij pismo"))
    request_custody(
        alone,
        by=house.office,
        signatories="Jan Nowak, dyrektor",
        received_on=clock.today(),
        file=ContentFile(paper(alone, "Wniosek", "Wnioskujemy."), name="wniosek.pdf"),
        email="nowa@example.org",
        full_name="Nowa Opiekunka",
        note="Podpisy zgodne z uchwałą.",
    )
    User.objects.filter(pk=gone.pk).update(is_active=False)
    yield Visit(house.office, at("institution_detail", alone.pk))
