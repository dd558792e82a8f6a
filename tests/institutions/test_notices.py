"""Notices: in each reader's language, at their pace, once a key; one click ends them."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from certification import clock
from certification.audit.models import Event
from certification.outbox import gates
from certification.outbox.kinds import ALWAYS_AT_ONCE, OPTIONAL, Kind
from certification.outbox.models import Email
from certification.outbox.states import State, Trouble
from institutions.models import NoticeChoice, User
from institutions.notices import members_of, notify
from institutions.notices.choices import unsubscribe_url
from institutions.notices.summary import send_summaries
from institutions.notices.writing import next_summary
from institutions.services.notices import choose_notices
from institutions.states import MemberRole, Pace, Verb
from tests.factories import days_from_today, make_institution, make_member, make_user

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")


def tell(*people: User, kind: Kind = Kind.PROGRESS, **options: Any) -> None:
    """Any notice whose text needs nothing."""
    notify(people, "email_taken", kind=kind, url="/panel/", **options)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=WARSAW)


def chooses(person: User, pace: Pace, kind: Kind = Kind.PROGRESS) -> None:
    choose_notices(person, by=person, paces={kind: pace})


def test_notice_speaks_the_readers_language() -> None:
    tell(make_user(language="pl"), make_user(language="en"), make_user(language=""))
    subjects = list(Email.objects.order_by("pk").values_list("subject", flat=True))
    assert subjects[0] == subjects[2] == "Na ten adres jest już założone konto"
    assert subjects[1] == "Your address has an account already"


def test_notice_is_one_a_person_and_key() -> None:
    person = make_user()
    tell(person, person, key="termin:7")
    tell(person, key="termin:7")
    tell(person, key="termin:3")
    assert Email.objects.count() == 2


def test_closed_account_is_not_written_to() -> None:
    tell(make_user(is_active=False))
    assert Email.objects.count() == 0


@pytest.mark.parametrize("kind", OPTIONAL)
def test_optional_notice_offers_a_way_out(kind: Kind) -> None:
    person = make_user()
    tell(person, kind=kind)
    email = Email.objects.get()
    assert email.unsubscribe_url == unsubscribe_url(person, kind)
    assert email.body.endswith(f"{email.unsubscribe_url}\n")


@pytest.mark.parametrize("kind", sorted(ALWAYS_AT_ONCE))
def test_what_rights_depend_on_goes_at_once_to_everybody(kind: Kind) -> None:
    person = make_user()
    tell(person, kind=kind)
    email = Email.objects.get()
    assert (email.state, email.unsubscribe_url) == (State.WAITING, "")
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeChoice.objects.create(person=person, kind=kind, pace=Pace.NEVER)


def test_notice_nobody_wants_is_not_written() -> None:
    person = make_user()
    chooses(person, Pace.NEVER)
    tell(person)
    tell(person, kind=Kind.MESSAGE)
    assert [email.kind for email in Email.objects.all()] == [Kind.MESSAGE]


def test_members_of_are_those_of_today() -> None:
    institution = make_institution()
    custodian, editor = (make_member(institution, role) for role in list(MemberRole)[:2])
    gone = make_member(institution)
    gone.memberships.update(since=days_from_today(-9), until=days_from_today(-1))
    make_member(institution, is_active=False)
    make_member(make_institution())
    assert set(members_of(institution)) == {custodian, editor}
    assert list(members_of(institution, MemberRole.EDITOR)) == [editor]


# --- the daily summary ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (at(3, 6, 59), at(3, 7)),
        (at(3, 7), at(4, 7)),
        (at(3, 23, 30), at(4, 7)),
    ],
)
def test_next_summary_is_at_seven(now: datetime, then: datetime) -> None:
    assert next_summary(now) == then


def test_summary_gathers_what_waited_in_one_message() -> None:
    person = make_user()
    chooses(person, Pace.DAILY)
    for hour in (9, 15):
        with clock.set_to(at(3, hour)):
            tell(person)
    with clock.set_to(at(4, 8)):
        tell(person)  # waits for the next one
    assert send_summaries(at(4, 6, 59)) == ""
    with clock.set_to(at(4, 8, 5)):
        assert send_summaries(at(4, 8, 5)) == "napisano 1 podsumowanie"
        assert send_summaries(at(4, 8, 5)) == ""
    summary = Email.objects.get(kind=Kind.DIGEST)
    assert summary.subject == "Podsumowanie dnia: 2 powiadomienia"
    assert summary.body.count("3 grudnia, ") == 2
    assert summary.body.count("http://127.0.0.1:8000/panel/") == 2
    assert summary.gathered.count() == 2
    assert Email.objects.filter(state=State.HELD).count() == 1


def test_summary_leaves_out_cases_closed_in_the_meantime(monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_user()
    chooses(person, Pace.DAILY)
    tell(person, about=person)  # any row will do for a case
    monkeypatch.setattr(gates, "_open_to", [lambda reader, case: False])
    assert send_summaries(clock.now() + timedelta(days=1)) == ""
    email = Email.objects.get()
    assert (email.state, email.trouble) == (State.STOPPED, Trouble.CASE_CLOSED)


# --- choosing ------------------------------------------------------------------------------


def test_choice_is_made_on_ones_account(signed_in: Any) -> None:
    person = make_member(make_institution())
    client = signed_in(person)
    page = client.get("/konto/powiadomienia/")
    asked = list(page.context["form"].fields)
    assert asked == ["progress", "message", "comment", "deadline", "renewal"]
    answer = client.post(
        "/konto/powiadomienia/", dict.fromkeys(asked, "at_once") | {"comment": "daily"}
    )
    assert answer.status_code == 302
    assert [str(choice.pace) for choice in person.notice_choices.all()] == ["daily"]
    [event] = Event.objects.filter(verb=Verb.CHOOSE_NOTICES)
    assert event.facts == {"comment": "daily"}
    client.post("/konto/powiadomienia/", dict.fromkeys(asked, "at_once"))
    assert person.notice_choices.count() == 0


def test_choice_that_is_none_is_refused(signed_in: Any) -> None:
    answer = signed_in(make_user()).post("/konto/powiadomienia/", {"progress": "czasem"})
    assert answer.status_code == 422


def path_of(person: User, kind: Kind) -> str:
    return unsubscribe_url(person, kind).removeprefix("http://127.0.0.1:8000")


def test_way_out_asks_first_and_then_ends_the_kind() -> None:
    person = make_user()
    path = path_of(person, Kind.MESSAGE)
    assert Client().get(path).status_code == 200
    assert person.notice_choices.count() == 0
    assert Client().post(path).status_code == 200
    assert person.notice_choices.get().pace == Pace.NEVER
    assert Event.objects.filter(verb=Verb.CHOOSE_NOTICES).count() == 1


def test_way_out_works_for_mail_programs_without_a_token() -> None:
    """RFC 8058: a bare POST from the mail provider's server."""
    person = make_user()
    client = Client(enforce_csrf_checks=True)
    answer = client.post(path_of(person, Kind.MESSAGE), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert person.notice_choices.get().kind == Kind.MESSAGE


def test_way_out_that_was_tampered_with_is_none() -> None:
    path = path_of(make_user(), Kind.MESSAGE)
    assert Client().post(f"{path[:-2]}x/").status_code == 404
    assert NoticeChoice.objects.count() == 0


# --- secrets -------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_link_to_a_new_password_goes_through_the_outbox_and_is_forgotten() -> None:
    person = make_user()
    Client().post("/konto/password/reset/", {"email": person.email})
    email = Email.objects.get()
    assert (email.person, email.kind, email.state, email.body) == (
        person,
        Kind.ACCOUNT,
        State.SENT,
        "",
    )
    assert "/konto/password/reset/key/" in mail.outbox[0].body
