"""What assessors learn once their case is decided: the outcome, and what was taken up."""

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments.models import Assessment, EvidenceMark, Rating
from certification.audit.append_only import unguarded
from certification.decisions.services import grant, refuse
from certification.followup.feedback import Feedback, Place, taken_up
from certification.outbox.models import Email
from institutions.models import User
from institutions.states import Role
from tests.assessments.factories import make_assessment
from tests.decisions.factories import make_case
from tests.factories import days_from_today, make_evidence, make_user

OWN = "Plan działania jest zapisany, ale nikt go nie koordynuje od roku."


# --- words in a row ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (f"Przede wszystkim: {OWN}", OWN.rstrip(".")),
        (
            "Jak napisano, NIKT GO NIE KOORDYNUJE OD ROKU; to za mało.",
            "nikt go nie koordynuje od roku",
        ),
        ("nikt go nie koordynuje", ""),
        ("Wszystko jest inaczej.", ""),
        ("", ""),
    ],
)
def test_words_count_when_five_of_them_stand_in_a_row(text: str, quote: str) -> None:
    assert taken_up(OWN, [text]) == quote


def test_short_text_counts_as_a_whole_and_two_words_never() -> None:
    assert taken_up("Brakuje planu działania.", ["W aktach brakuje planu działania."])
    assert taken_up("Brakuje planu.", ["Brakuje planu."]) == ""


def test_longest_of_several_is_told() -> None:
    texts = ["Plan działania jest zapisany, ale dobry.", "nikt go nie koordynuje od roku"]
    assert taken_up(OWN, texts) == "nikt go nie koordynuje od roku"


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_quote_is_as_long_as_the_longest_common_run(own: list[str], other: list[str]) -> None:
    runs = [own[a:b] for a in range(len(own)) for b in range(a, len(own) + 1)]
    stands = [run for run in runs if any(other[i : i + len(run)] == run for i in range(len(other)))]
    longest = max(map(len, stands), default=0)
    quote = taken_up(" ".join(own), [" ".join(other)]).split()
    assert len(quote) >= (longest if longest >= min(5, max(len(own), 3)) else 0)
    assert not quote or quote in runs


# --- of a case --------------------------------------------------------------------------------


def cards(case: Application) -> list[Assessment]:
    return list(case.card.assessments().order_by("pk"))


@pytest.mark.django_db
def test_own_words_in_a_refusal_are_told_to_who_wrote_them() -> None:
    case = make_case(unmet={"A1_1": 0})
    first, second = cards(case)
    decision = refuse_with(case, "Uwaga 1 do A1.1, i nic więcej.")
    mine, other = Feedback(first, decision), Feedback(second, decision)
    uses = {row.criterion.code: row.uses for row in mine.rows}
    assert [(use.place, use.quote) for use in uses["A1.1"]] == [(Place.DECISION, "Uwaga 1 do A1.1")]
    assert (len(mine.used), len(other.used)) == (1, 0)
    assert mine.standing == len(mine.rows) == 4


def refuse_with(case: Application, text: str) -> Any:
    criterion = case.criteria().get(code="A1.1")
    return refuse(
        case,
        by=make_user(Role.COMMITTEE_CHAIR),
        session_on=days_from_today(0),
        justification="Standard nie jest spełniony.",
        reasons={criterion: text},
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("Uwaga 1 do A1.1, zob. (Statut, s. 4).", True),
        ("Uwaga 1 do A1.1, bez miejsca.", False),
        ("Sam statut mówi: „ośrodek prowadzi pracę ze społecznością”.", True),
    ],
)
def test_citation_is_used_where_its_place_or_its_passage_stands(text: str, used: bool) -> None:
    case = make_case(unmet={"A1_1": 0})
    first = cards(case)[0]
    with unguarded(connection):
        rating = first.ratings.get(criterion__code="A1.1")
        Rating.objects.filter(pk=rating.pk).update(weaknesses="Uwaga 1 do A1.1, zob. [1].")
        evidence = make_evidence(case.institution, title="Statut")
        EvidenceMark.objects.create(
            assessment=first,
            criterion=rating.criterion,
            number=1,
            revision=evidence,
            page=4,
            quote="Ośrodek prowadzi pracę ze społecznością lokalną.",
        )
    feedback = Feedback(first, refuse_with(case, text))
    assert (feedback.cited, feedback.cited_used) == (1, int(used))


@pytest.mark.django_db
def test_page_is_for_the_assessor_once_the_case_is_decided(signed_in: Any) -> None:
    case = make_case(unmet={"A1_1": 0})
    first, second = cards(case)
    address = reverse("assessment_outcome", args=[first.pk])
    client = signed_in(first.assignment.assessor)
    assert client.get(address).status_code == 404
    refuse_with(case, "Uwaga 1 do A1.1, i nic więcej.")
    text = client.get(address).content.decode()
    assert "Komisja odmówiła" in text
    assert "Uwaga 1 do A1.1" in text
    assert "Zaleta 2" not in text
    assert "notatka-tylko-dla-mnie" not in text
    for user in (second.assignment.assessor, make_user(Role.OFFICE)):
        assert signed_in(user).get(address).status_code == 404


@pytest.mark.django_db
def test_card_that_was_not_submitted_learns_nothing(signed_in: Any) -> None:
    case = make_case()
    late = make_assessment(case)
    grant(case, by=make_user(Role.COMMITTEE_CHAIR), session_on=days_from_today(0))
    client = signed_in(late.assignment.assessor)
    assert client.get(reverse("assessment_outcome", args=[late.pk])).status_code == 404


@pytest.mark.django_db
def test_both_assessors_hear_of_the_decision_and_are_led_to_their_own_card() -> None:
    case = make_case()
    grant(case, by=make_user(Role.COMMITTEE_CHAIR), session_on=days_from_today(0))
    told = {
        email.person: email.link.partition("://")[2].partition("/")[2]
        for email in Email.objects.filter(subject__startswith="Komisja podjęła rozstrzygnięcie")
    }
    assert told == {
        each.assignment.assessor: reverse("assessment_outcome", args=[each.pk])[1:]
        for each in cards(case)
    }


@pytest.mark.django_db
def test_finished_cases_lead_there(signed_in: Any) -> None:
    case = make_case(unmet={"A1_1": 0})
    refuse_with(case, "Uwaga 1 do A1.1, i nic więcej.")
    first = cards(case)[0]
    person: User = first.assignment.assessor
    page = signed_in(person).get(reverse("assessment_list") + "?widok=zakonczone")
    assert reverse("assessment_outcome", args=[first.pk]) in page.content.decode()
    assert Application.objects.get(pk=case.pk).state == State.REFUSED
