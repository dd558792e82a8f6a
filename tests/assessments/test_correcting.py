"""A submitted rating is corrected by an entry beside it, while the card is open."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments import services
from certification.assessments.effective import effective
from certification.assessments.history import agreed_in
from certification.assessments.models import Rating, RatingCorrection
from certification.assessments.states import Verb
from certification.audit.models import Event
from certification.decisions.reading import proposed_reasons
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.outbox.kinds import Kind
from certification.outbox.models import Email
from institutions.models import NoticeChoice
from institutions.states import Pace, Role
from tests.assessments.factories import criterion, make_card, of_value, sign_all
from tests.factories import days_from_today, make_member, make_standard_set, make_user

pytestmark = pytest.mark.django_db


def correct(card: Any, by: Any = None, code: str = "A1.1", value: int = 2, **more: Any) -> Any:
    said = {"strengths": "Widać to w statucie.", "weaknesses": "", "reason": "Przeoczony statut."}
    return services.correct_rating(
        card,
        criterion(card.application, code),
        by=by or card.signers()[0],
        level=more.pop("level", None) or of_value(card.application, value),
        **said | more,
    )


def row(card: Any, code: str = "A1.1") -> Any:
    return card.ratings.get(criterion__code=code)


def settle(card: Any, value: int = 2) -> None:
    services.settle(
        card,
        criterion(card.application, "A1.1"),
        by=card.signers()[0],
        level=of_value(card.application, value),
        reason="Zgoda.",
        expected_version=row(card).version,
    )


def test_what_was_submitted_stays_as_it_was() -> None:
    card = make_card(A1_1=1, second={"A1_1": 3})
    before = list(Rating.objects.order_by("pk").values())
    correction = correct(card)
    assert list(Rating.objects.order_by("pk").values()) == before
    assert correction.reason == "Przeoczony statut."
    assert Event.objects.get(verb=Verb.CORRECT).facts == {"criterion": "A1.1"}


def test_the_last_correction_counts() -> None:
    card = make_card(A1_1=1, second={"A1_1": 3})
    correct(card, value=0)
    correct(card, value=2, expected_corrections=1)
    mine = Rating.objects.filter(criterion__code="A1.1").order_by("pk")
    assert [rating.level.value for rating in effective(mine) if rating.level] == [2, 3]


def test_who_agree_by_a_correction_have_settled() -> None:
    card = make_card(A1_1=1, second={"A1_1": 3})
    correct(card, value=3)
    assert (row(card).differed, row(card).level.value) == (False, 3)


def test_who_agreed_and_differ_by_a_correction_have_to_settle() -> None:
    card = make_card(A1_1=2)
    correct(card, value=1)
    assert (row(card).differed, row(card).level) == (True, None)


def test_what_was_settled_stays_while_they_still_differ() -> None:
    card = make_card(A1_1=1, second={"A1_1": 3})
    settle(card)
    correct(card, value=0)
    assert (row(card).level.value, row(card).reason) == (2, "Zgoda.")


def test_agreeing_otherwise_than_was_settled_takes_the_place_of_it() -> None:
    card = make_card(A1_1=1, second={"A1_1": 3})
    settle(card, value=2)
    correct(card, value=3)
    assert (row(card).level.value, row(card).reason, row(card).settled_by) == (3, "", None)


def test_a_correction_takes_signatures_back() -> None:
    card = make_card(A1_1=2)
    first, second = card.signers()
    services.sign_card(card, by=second, expected_version=0)
    correct(card, by=first, value=2, weaknesses="Brak daty.")
    assert not card.signatures.standing().exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": " "},
        {"strengths": " ", "weaknesses": ""},
        {"value": 1, "strengths": "Komentarz."},  # as it stands
    ],
)
def test_a_correction_says_something_else_and_why(wrong: dict[str, Any]) -> None:
    card = make_card(A1_1=1, second={"A1_1": 3})
    with pytest.raises(CannotDo):
        correct(card, **wrong)
    assert not RatingCorrection.objects.exists()


def test_a_level_of_another_edition_is_refused() -> None:
    with pytest.raises(CannotDo):
        correct(make_card(), level=make_standard_set().levels.get(value=2))


def test_another_tab_that_was_faster_is_told() -> None:
    card = make_card(A1_1=1)
    correct(card)
    with pytest.raises(Stale):
        correct(card, value=3)


def test_nobody_corrects_the_rating_of_another() -> None:
    with pytest.raises(TransitionNotAllowed):
        correct(make_card(), by=make_user(Role.ASSESSOR))


@pytest.mark.parametrize("state", [state for state in State if state != State.ASSESSMENT])
def test_nothing_is_corrected_outside_assessment(state: State) -> None:
    card = make_card()
    Application.objects.filter(pk=card.application_id).update(state=state)
    with pytest.raises(TransitionNotAllowed):
        correct(card)


def test_nothing_is_corrected_on_a_closed_card() -> None:
    card = sign_all(make_card())
    with pytest.raises(TransitionNotAllowed):
        correct(card)


def test_a_card_made_anew_begins_with_what_counts() -> None:
    card = make_card(A1_1=1, second={"A1_1": 3})
    correct(card, value=3)
    case = card.application
    card.delete()
    again = services.open_card(case, by=case.opened_by)
    assert (row(again).differed, row(again).level.value) == (False, 3)


def test_the_committee_and_the_next_cycle_read_what_counts() -> None:
    card = make_card(A1_1=1, strengths="Pierwotnie.")
    for person in card.signers():
        correct(card, by=person, value=1, strengths="", weaknesses="Po poprawce.")
    sign_all(card)
    unmet = [row(card)]
    assert proposed_reasons(card, unmet) == {unmet[0].criterion_id: "Po poprawce."}
    assert agreed_in(card.application)[unmet[0].criterion_id].remarks == ("Po poprawce.",)


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"strengths": "", "weaknesses": ""}])
def test_the_database_refuses_one_without_reasons(wrong: dict[str, str]) -> None:
    card = make_card(A1_1=1)
    correction = correct(card)
    correction.pk = None
    for name, value in wrong.items():
        setattr(correction, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        correction.save(force_insert=True)


def test_the_database_takes_none_once_the_card_is_closed() -> None:
    card = make_card(A1_1=1)
    correction = correct(card)
    settle(card)
    sign_all(card)
    correction.pk = None
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        correction.save(force_insert=True)


def told_of_it() -> dict[Any, Email]:
    mails = Email.objects.filter(subject__contains="Poprawiono ocenę")
    return {each.person: each for each in mails}


def test_the_others_of_the_card_and_the_office_are_told_but_not_what_it_says() -> None:
    office, card = make_user(Role.OFFICE), make_card(A1_1=1, second={"A1_1": 3})
    first, second = card.signers()
    correct(card, by=first, reason="Przeoczony statut.")
    told = told_of_it()
    assert set(told) == {office, second}
    for mail in told.values():
        assert mail.kind == Kind.WORK
        assert "A1.1" in mail.body
        assert "Przeoczony statut." not in mail.body
        assert str(of_value(card.application, 2)) not in mail.body


def test_whoever_has_not_submitted_is_not_told() -> None:
    card = make_card(A1_1=1, second={"A1_1": 3})
    third = make_user(Role.ASSESSOR, Role.OFFICE)
    services.assign_third(
        card,
        by=card.application.opened_by,
        assessor=third,
        criteria=[criterion(card.application, "A1.1")],
        due_on=days_from_today(14),
    )
    correct(card)
    assert set(told_of_it()) == {card.signers()[1]}


def test_whoever_wants_no_mail_of_work_gets_none() -> None:
    card = make_card(A1_1=1, second={"A1_1": 3})
    NoticeChoice.objects.create(person=card.signers()[1], kind=Kind.WORK, pace=Pace.NEVER)
    correct(card)
    assert told_of_it() == {}


# --- the page ------------------------------------------------------------------------------


def page_of(card: Any, code: str = "A1.1") -> str:
    return reverse("rating_correct", args=[card.application_id, code])


def typed(card: Any, value: int = 3, **more: Any) -> dict[str, Any]:
    return {
        "seen": 0,
        "level": of_value(card.application, value).pk,
        "strengths": "Widać to w statucie.",
        "weaknesses": "",
        "reason": "Przeoczony statut.",
    } | more


def test_the_form_is_filled_with_what_stands(signed_in: Any) -> None:
    card = make_card(A1_1=1, strengths="Moje zdanie.")
    client = signed_in(card.signers()[0])
    response = client.get(page_of(card))
    assert response.context["form"]["strengths"].value() == "Moje zdanie."
    assert client.get(page_of(card, "X9.9")).status_code == 404


def test_a_correction_is_read_beside_the_original(signed_in: Any) -> None:
    card = make_card(A1_1=1, strengths="Pierwotnie.", second={"A1_1": 3})
    first, second = card.signers()
    response = signed_in(first).post(page_of(card), typed(card, 2))
    there = reverse("card_criterion", args=[card.application_id, "A1.1"])
    assert response["Location"] == there
    page = signed_in(second).get(there).content.decode()
    for words in ("Widać to w statucie.", "Przeoczony statut.", "Pierwotnie.", "Jak złożono"):
        assert words in page
    whole = signed_in(second).get(reverse("card_detail", args=[card.application_id]))
    assert "złożono: 1 – częściowo" in whole.content.decode()


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"level": ""}, {"strengths": ""}])
def test_a_wrong_form_keeps_the_text(wrong: dict[str, str], signed_in: Any) -> None:
    card = make_card(A1_1=1)
    response = signed_in(card.signers()[0]).post(page_of(card), typed(card, **wrong))
    assert response.status_code == 422
    assert ("Widać to" in response.content.decode()) == ("strengths" not in wrong)
    assert not RatingCorrection.objects.exists()


def test_the_other_tab_gets_409_and_keeps_the_text(signed_in: Any) -> None:
    card = make_card(A1_1=1)
    client = signed_in(card.signers()[0])
    client.post(page_of(card), typed(card))
    response = client.post(page_of(card), typed(card, 2, strengths="Mój tekst."))
    assert response.status_code == 409
    assert "Mój tekst." in response.content.decode()
    seen = response.context["form"]["seen"].value()
    assert client.post(page_of(card), typed(card, 2, seen=seen)).status_code == 302


def test_who_did_not_rate_does_not_correct(signed_in: Any) -> None:
    card = make_card()
    office = signed_in(make_user(Role.OFFICE))
    assert office.get(page_of(card)).status_code == 403
    assert (
        signed_in(make_member(card.application.institution)).get(page_of(card)).status_code == 404
    )


def test_a_closed_card_answers_409(signed_in: Any) -> None:
    card = sign_all(make_card())
    client = signed_in(card.signers()[0])
    assert client.get(page_of(card)).status_code == 409
