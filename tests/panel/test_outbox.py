"""The office looks after the mail: finds it, sees what failed and why, sends again, stops."""

from typing import Any

import pytest

from certification import clock
from certification.applications.models import Application
from certification.applications.states import State as CaseState
from certification.audit.models import key
from certification.outbox.kinds import Kind
from certification.outbox.models import Email
from certification.outbox.states import State, Trouble
from institutions.models import User
from institutions.notices import notify
from institutions.states import Role
from tests.factories import make_application, make_user
from tests.outbox.factories import make_email

pytestmark = pytest.mark.django_db
CANARY = "Kanarek-w-poczcie"


@pytest.fixture
def office() -> User:
    return make_user(Role.OFFICE)


def failed(**fields: Any) -> Email:
    return make_email(state=State.FAILED, trouble=Trouble.ADDRESS, smtp_code=550, **fields)


def of_closed_case(office: User) -> Email:
    case: Application = make_application(CaseState.SUBMITTED)
    case.conflicts.create(user=office, ground="advised", declared_by=office)
    return failed(case=key(case), subject=CANARY)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_one_and_for_many(
    rows: int, office: User, signed_in: Any, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        make_email(person=make_user())
    of_closed_case(office)
    client = signed_in(office)
    client.get("/poczta/")
    with django_assert_num_queries(6):
        page = client.get("/poczta/")
    assert len(page.context["page"].object_list) == rows
    assert CANARY not in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"a", "b", "c"}),
        ("?state=failed", {"a"}),
        ("?kind=message", {"b"}),
        ("?q=ŁUKASZ", {"c"}),
        ("?q=b@example.org", {"b"}),
        ("?q=CAL/W/7", {"a"}),
        ("?q=CAL/W/7&kind=message", set()),
        ("?state=zle", set()),
    ],
)
def test_list_is_narrowed(query: str, found: set[str], office: User, signed_in: Any) -> None:
    failed(to="a@example.org", subject="Wniosek CAL/W/7/2026")
    make_email(to="b@example.org", kind=Kind.MESSAGE)
    make_email(to="c@example.org", person=make_user(full_name="Łukasz Żak"))
    rows = signed_in(office).get(f"/poczta/{query}").context["page"].object_list
    expected = found if "zle" not in query else {"a", "b", "c"}
    assert {row.to[0] for row in rows} == expected


def test_message_shows_what_it_said_and_why_it_failed(office: User, signed_in: Any) -> None:
    email = failed(body="Prosimy o statut.\n")
    page = signed_in(office).get(email.get_absolute_url()).content.decode()
    assert "Prosimy o statut." in page
    assert "nie przyjmuje adresu odbiorcy" in page
    assert "(550)" in page
    assert "Wyślij ponownie" in page


def test_secret_is_never_shown(office: User, signed_in: Any) -> None:
    email = failed(body=f"https://cal.example/{CANARY}/\n", has_secret=True)
    assert CANARY not in signed_in(office).get(email.get_absolute_url()).content.decode()


def test_way_out_is_for_its_reader_alone(office: User, signed_in: Any) -> None:
    notify([make_user()], "assignment_ended", kind=Kind.WORK)
    email = Email.objects.get()
    assert email.unsubscribe_url in email.body
    page = signed_in(office).get(email.get_absolute_url()).content.decode()
    assert "jeden z Twoich przydziałów" in page
    assert "powiadomienia/" not in page.partition("<main")[2].partition("</main")[0]


def test_sent_message_offers_nothing_more(office: User, signed_in: Any) -> None:
    email = make_email(state=State.SENT, sent_at=clock.now())
    page = signed_in(office).get(email.get_absolute_url())
    assert page.context["may"] == {"send_again": False, "stop": False}


@pytest.mark.parametrize(
    ("verb", "state"), [("ponow", State.WAITING), ("zatrzymaj", State.STOPPED)]
)
def test_failed_message_is_sent_again_or_stopped(
    verb: str, state: State, office: User, signed_in: Any
) -> None:
    email = failed()
    client = signed_in(office)
    assert client.post(f"{email.get_absolute_url()}{verb}/").status_code == 302
    email.refresh_from_db()
    assert email.state == state
    assert client.post(f"{email.get_absolute_url()}{verb}/").status_code == 409


def test_message_of_a_closed_case_is_not_found(office: User, signed_in: Any) -> None:
    email = of_closed_case(office)
    client = signed_in(office)
    assert client.get(email.get_absolute_url()).status_code == 404
    assert client.post(f"{email.get_absolute_url()}ponow/").status_code == 404


def test_panel_counts_what_does_not_get_through(office: User, signed_in: Any) -> None:
    failed(to="nikt@example.org")
    make_email(to="dlugo@example.org", attempts=4, trouble=Trouble.UNREACHABLE)
    make_email(to="krotko@example.org", attempts=1, trouble=Trouble.UNREACHABLE)
    of_closed_case(office)
    [heap] = [
        heap
        for heap in signed_in(office).get("/panel/").context["heaps"]
        if heap.more_url == "/poczta/"
    ]
    assert [duty.about for duty in heap.duties] == ["nikt@example.org", "dlugo@example.org"]
    assert heap.total == 2
