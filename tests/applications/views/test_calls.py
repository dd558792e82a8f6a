"""Calls on the screen: public to read, the office's to run."""

import pytest
from django.test import Client
from django.urls import reverse

from certification.applications.models import Call
from institutions.states import Role
from tests.applications.factories import make_call, make_ready_draft
from tests.factories import days_from_today, make_institution, make_member, make_user

from .sending import page_of

pytestmark = pytest.mark.django_db


def sent(call=None, **fields):
    standards = call.standard_set if call else make_call().standard_set
    return {
        "name": "Nabór jesienny",
        "opens_on": days_from_today(1).isoformat(),
        "closes_on": days_from_today(9).isoformat(),
        "standard_set": standards.pk,
        "version": 1,
    } | fields


@pytest.mark.parametrize(("calls", "queries"), [(1, 3), (3, 3)])
def test_public_list_shows_what_is_announced(calls, queries, django_assert_num_queries):
    over = make_call(name="Dawny", opens_on=days_from_today(-9), closes_on=days_from_today(-1))
    for number in range(calls):
        make_call(name=f"Nabór {number}", standard_set=over.standard_set)

    with django_assert_num_queries(queries):
        response = Client().get(reverse("call_list"))

    names = [call.name for call, _state in response.context["calls"]]
    assert sorted(names) == [f"Nabór {number}" for number in range(calls)]


def test_the_office_announces_a_call(signed_in):
    data = sent(name="Nabór zimowy")

    response = signed_in(make_user(Role.OFFICE)).post(reverse("call_create"), data)

    call = Call.objects.get(name="Nabór zimowy")
    assert response["Location"] == call.get_absolute_url()
    assert list(call.kinds.all()) == []


@pytest.mark.parametrize("wrong", ["name", "closes_on", "before"])
def test_call_form_refused_keeps_what_was_typed(wrong, signed_in):
    data = sent(description="Dla bibliotek.")
    if wrong == "before":
        data["closes_on"] = days_from_today(0).isoformat()
    else:
        data[wrong] = ""

    response = signed_in(make_user(Role.OFFICE)).post(reverse("call_create"), data)

    assert response.status_code == 422
    assert "Dla bibliotek.</textarea>" in page_of(response)
    assert Call.objects.filter(name="Nabór jesienny").count() == 0


def test_call_edited_in_two_tabs(signed_in):
    call = make_call()
    client, address = signed_in(make_user(Role.OFFICE)), reverse("call_edit", args=[call.pk])
    client.post(address, sent(call, name="Pierwsza"))

    response = client.post(address, sent(call, name="Druga"))

    assert response.status_code == 409
    assert 'value="Druga"' in page_of(response)
    assert "Teraz jest to „Pierwsza”" in page_of(response)
    assert client.post(address, sent(call, name="Druga", version=2)).status_code == 302


def test_call_is_closed_and_extended_with_a_reason(signed_in):
    call, institution = make_call(), make_institution()
    client = signed_in(make_user(Role.OFFICE))

    client.post(reverse("call_close", args=[call.pk]), {"reason": "Wyczerpane środki."})
    until = days_from_today(40).isoformat()
    extension = {"institution": institution.pk, "until": until, "reason": "Awaria prądu."}
    response = client.post(reverse("call_extend", args=[call.pk]), extension)

    assert response["Location"] == call.get_absolute_url()
    page = page_of(client.get(call.get_absolute_url()))
    assert "Wyczerpane środki." in page
    assert "Awaria prądu." in page
    assert "Awaria prądu." not in page_of(Client().get(call.get_absolute_url()))
    assert client.get(reverse("call_edit", args=[call.pk])).status_code == 409


def test_a_custodian_begins_within_a_call(signed_in):
    custodian, call = make_member(institution := make_institution()), make_call()
    client = signed_in(custodian)
    page = page_of(client.get(institution.get_absolute_url()))
    assert "Rozpocznij wniosek w naborze „Nabór wiosenny”" in page

    client.post(reverse("application_open", args=[institution.pk]), {"call": call.pk})

    assert institution.applications.get().call == call


def test_a_draft_is_led_out_of_a_call_that_closed(signed_in):
    over = make_call(opens_on=days_from_today(-9), closes_on=days_from_today(-1))
    draft = make_ready_draft(call=over)
    client = signed_in(draft.opened_by)
    submit, leave = (
        reverse(f"application_{verb}", args=[draft.pk]) for verb in ("submit", "leave_call")
    )
    assert leave in page_of(client.get(submit))
    assert "Kontynuuj poza naborem" in page_of(client.get(leave))

    response = client.post(leave)

    draft.refresh_from_db()
    assert (response.url, draft.call) == (submit, None)
    assert leave not in page_of(client.get(submit))


def test_calls_only_leaves_no_other_way(signed_in, settings):
    settings.CALLS_ONLY = True
    custodian = make_member(institution := make_institution())
    make_call(opens_on=days_from_today(5))

    page = page_of(signed_in(custodian).get(institution.get_absolute_url()))

    assert "application_open" not in page
    assert "Wnioski przyjmuje się w naborach" in page


def test_open_calls_wait_for_a_custodian_who_may_apply(signed_in):
    make_call(name="Nabór wiosenny")
    custodian, reader = make_member(make_institution()), make_user()

    assert "Otwarte nabory" in page_of(signed_in(custodian).get(reverse("panel")))
    assert "Otwarte nabory" not in page_of(signed_in(reader).get(reverse("panel")))
    assert "Nabór wiosenny" in page_of(Client().get(reverse("home")))


def test_the_institution_is_looked_up_among_many(signed_in):
    call = make_call()
    for number in range(25):
        make_institution(name=f"Biblioteka nr {number:02}", town="Łódź")
    wanted = make_institution(name="Ośrodek Kultury w Żywcu", town="Żywiec")
    client, address = signed_in(make_user(Role.OFFICE)), reverse("call_extend", args=[call.pk])

    page = page_of(client.get(address))
    narrowed = page_of(client.get(address, {"q": "zywiec"}))
    nothing = page_of(client.get(address, {"q": "xyzxyz"}))

    assert page.count('type="radio"') == 20
    assert "Jest ich więcej" in page
    assert (narrowed.count('type="radio"'), wanted.name in narrowed) == (1, True)
    assert "Nic nie znaleziono" in nothing
    refused = client.post(f"{address}?q=zywiec", {"institution": wanted.pk, "until": ""})
    assert refused.status_code == 422
    assert page_of(refused).count("checked") == 1
