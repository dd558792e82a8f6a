"""Messages of a case, and what the system mails."""

from collections.abc import Iterator

from django.core.files.base import ContentFile

from certification.applications.states import State
from certification.correspondence.services import attach
from certification.outbox.kinds import Kind
from certification.outbox.states import State as MailState
from institutions.notices.choices import unsubscribe_url
from institutions.states import MemberRole
from tests.browser.visit import Visit, at, press
from tests.correspondence.factories import make_attachment
from tests.factories import make_application, make_member
from tests.outbox.factories import make_email

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    """Messages of a case, what the system mails of itself, and what it does by ithouse."""
    office, case = house.office, make_application(State.SUBMITTED, standard_set=house.standards)
    custodian = case.opened_by
    yield Visit(custodian, at("thread", case.pk))
    yield Visit(office, at("thread_list"))
    make_attachment(case, by=custodian)
    attach(case, by=office, file=ContentFile(b"Instrukcja.\n", name="Instrukcja.txt"))
    yield Visit(office, at("panel"))
    yield Visit(office, at("thread_list"))
    yield Visit(office, at("thread", case.pk))
    yield Visit(office, at("thread", case.pk), press("Wyślij wiadomość"))
    yield Visit(make_member(case.institution, MemberRole.READER), at("thread", case.pk))
    failed = make_email(state=MailState.FAILED, trouble="address", smtp_code=550, person=custodian)
    yield Visit(office, at("panel"))
    yield Visit(office, at("email_list"))
    yield Visit(office, at("email_list", query="?q=niemaniczego"))
    yield Visit(office, at("email_detail", failed.pk))
    yield Visit(office, at("email_detail", make_email(has_secret=True).pk))
    yield Visit(custodian, at("my_notices"))
    token = unsubscribe_url(custodian, Kind.MESSAGE).rsplit("/", 2)[1]
    yield Visit(None, at("unsubscribe", token))
    yield Visit(None, at("unsubscribe", token), press("Zrezygnuj z tych wiadomości"))
    yield Visit(None, at("unsubscribe", "nic"))
    yield Visit(house.administrator, at("chore_list"))
