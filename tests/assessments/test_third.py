"""A third assessor on demand: asked for, chosen, rating alone, and heard on the card."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from certification import clock
from certification.applications.services import declare_conflict
from certification.assessments import services
from certification.assessments.models import (
    Assignment,
    ConsolidatedCard,
    Rating,
    ThirdOpinion,
)
from certification.assessments.states import Ending, Part, Verb
from certification.audit.models import Event
from certification.errors import CannotDo, TransitionNotAllowed
from certification.outbox.kinds import Kind
from certification.outbox.models import Email
from institutions.states import Role
from tests.assessments.factories import criterion, make_card, of_value, rate_all
from tests.factories import days_from_today, make_user

pytestmark = pytest.mark.django_db

CANARY = "KANAREK-OCENY"


@pytest.fixture
def card() -> ConsolidatedCard:
    return make_card(strengths=CANARY, A1_1=1, B1_1=2, second={"A1_1": 3, "B1_1": 0})


def one(card: Any, code: str = "A1.1") -> Any:
    return criterion(card.application, code)


def ask(card: Any, *codes: str, reason: str = "Nie możemy się zgodzić.") -> ThirdOpinion:
    criteria = [one(card, code) for code in codes or ("A1.1",)]
    return services.ask_third(card, by=card.signers()[0], criteria=criteria, reason=reason)


def give(card: Any, *codes: str, assessor: Any = None) -> Assignment:
    return services.assign_third(
        card,
        by=card.application.opened_by,
        assessor=assessor or make_user(Role.ASSESSOR),
        criteria=[one(card, code) for code in codes or ("A1.1",)],
        due_on=days_from_today(14),
    )


def judge(assignment: Assignment, value: int = 2) -> None:
    services.declare_impartial(assignment, by=assignment.assessor)
    judge_on(assignment, value)


def judge_on(assignment: Assignment, value: int = 2) -> None:
    rate_all(assignment.assessment, value, strengths="Zdanie trzeciej osoby.")
    services.submit_assessment(assignment.assessment, by=assignment.assessor)


def settle_and_sign(card: Any, by: Any) -> None:
    for code in ("A1.1", "B1.1"):
        row = card.ratings.get(criterion__code=code)
        services.settle(
            card,
            one(card, code),
            by=by,
            level=of_value(card.application, 2),
            reason="Zgoda.",
            expected_version=row.version,
        )
    card.refresh_from_db()
    services.sign_card(card, by=by, expected_version=card.version)


def test_the_office_is_told_and_answers_with_an_assignment(card: Any) -> None:
    office = make_user(Role.OFFICE)
    asked = ask(card)
    assert Email.objects.get(subject__contains="o trzecią osobę").person == office
    assignment = give(card)
    asked.refresh_from_db()
    assert asked.assignment == assignment
    assert (assignment.part, [each.code for each in assignment.asked()]) == (Part.THIRD, ["A1.1"])


@pytest.mark.parametrize("codes", [("A1.2",), ("A1.1", "A1.2")])
def test_only_what_is_in_dispute_goes_to_a_third(card: Any, codes: tuple[str, ...]) -> None:
    for verb in (ask, give):
        with pytest.raises(CannotDo, match=r"A1\.2"):
            verb(card, *codes)


def test_asking_needs_criteria_and_a_reason_and_once_is_enough(card: Any) -> None:
    with pytest.raises(CannotDo):
        ask(card, reason=" ")
    with pytest.raises(CannotDo):
        services.ask_third(card, by=card.signers()[0], criteria=[], reason="x")
    ask(card)
    with pytest.raises(CannotDo):
        ask(card, "B1.1")


def test_one_third_at_a_time_and_never_one_of_those_who_rated(card: Any) -> None:
    with pytest.raises(CannotDo):
        give(card, assessor=card.signers()[0])
    give(card)
    with pytest.raises(CannotDo):
        give(card, "B1.1")


def test_the_third_sees_nothing_of_the_card_before_submitting(card: Any, signed_in: Any) -> None:
    third = make_user(Role.ASSESSOR, Role.OFFICE, Role.COMMITTEE_CHAIR)
    assignment = give(card, assessor=third)
    services.declare_impartial(assignment, by=third)
    case, bench = card.application, assignment.assessment
    client = signed_in(third)
    addresses = [
        *(reverse(name, args=[case.pk]) for name in ("card_detail", "card_what_if", "card_sign")),
        *(reverse(name, args=[case.pk]) for name in ("third_ask", "third_assign")),
        reverse("card_criterion", args=[case.pk, "A1.1"]),
        reverse("rating_correct", args=[case.pk, "A1.1"]),
    ]
    assert {client.get(address).status_code for address in addresses} == {404}
    pages = ["panel", "assessment_list", "decision_list", "application_list"]
    open_to_me = [*(reverse(name) for name in pages), reverse("case", args=[case.pk])]
    open_to_me += [reverse("assessment_list") + "?widok=biuro"]
    open_to_me += [reverse("assessment_detail", args=[bench.pk]) + "?kryterium=A1.1"]
    for address in open_to_me:
        assert CANARY not in client.get(address).content.decode()
    assert not Rating.objects.visible_to(third).exists()
    assert not ConsolidatedCard.objects.visible_to(third).exists()


def test_the_opinion_stands_on_the_card_and_settles_nothing(card: Any, signed_in: Any) -> None:
    assignment = give(card)
    judge(assignment)
    first = card.signers()[0]
    assert assignment.assessor not in card.signers()
    page = signed_in(first).get(reverse("card_criterion", args=[card.application_id, "A1.1"]))
    assert "Zdanie trzeciej osoby." in page.content.decode()
    row = page.context["row"]
    assert (row.divergence.gap, row.agreed.level) == (2, None)
    third = signed_in(assignment.assessor)
    settle = reverse("card_settle", args=[card.application_id, "A1.1"])
    assert third.post(settle, {"version": 0}).status_code == 403
    assert third.get(reverse("card_sign", args=[card.application_id])).status_code == 403
    remark = reverse("card_remark", args=[card.application_id, "A1.1"])
    assert third.post(remark, {"text": "Uzasadniam."}).status_code == 302
    assert Email.objects.filter(subject__contains="Trzecia opinia").count() == 2


def test_the_card_is_not_signed_while_the_opinion_is_awaited(card: Any) -> None:
    assignment = give(card)
    first, second = card.signers()
    with pytest.raises(CannotDo, match="trzeciej osoby"):
        settle_and_sign(card, first)
    judge(assignment)
    card.refresh_from_db()
    services.sign_card(card, by=first, expected_version=card.version)
    services.sign_card(card, by=second, expected_version=card.version)
    assert card.is_closed


def test_an_opinion_that_comes_in_takes_signatures_back(card: Any) -> None:
    first = card.signers()[0]
    settle_and_sign(card, first)
    assert card.signatures.standing().count() == 1
    judge(give(card))
    assert not card.signatures.standing().exists()


def test_without_the_third_the_card_goes_on(card: Any) -> None:
    assignment = give(card)
    services.end_assignment(assignment, by=card.application.opened_by, reason="Choroba.")
    assert ConsolidatedCard.objects.filter(pk=card.pk).exists()
    settle_and_sign(card, card.signers()[0])
    assert card.signatures.standing().count() == 1


def test_a_conflict_of_the_third_takes_the_opinion_off_the_card(card: Any) -> None:
    assignment = give(card)
    judge(assignment)
    assert card.assessments().count() == 3
    third = assignment.assessor
    declare_conflict(card.application, user=third, by=third, ground="advised")
    assert ConsolidatedCard.objects.get().pk == card.pk
    assert card.assessments().count() == 2


# --- withdrawing the request -----------------------------------------------------------------


def withdraw(card: Any, by: Any = None, reason: str = "Zgodziliśmy się.") -> ThirdOpinion:
    return services.withdraw_third(card, by=by or card.signers()[1], reason=reason)


def test_a_request_is_withdrawn_with_a_reason_and_told(card: Any) -> None:
    office, (first, second) = make_user(Role.OFFICE), card.signers()
    ask(card)
    with pytest.raises(CannotDo):
        withdraw(card, reason=" ")
    asked = withdraw(card, by=second)
    assert (asked.withdrawn_by, asked.withdrawal_reason) == (second, "Zgodziliśmy się.")
    assert Event.objects.filter(verb=Verb.WITHDRAW_THIRD, by=second.pk).count() == 1
    told = Email.objects.filter(subject__contains="Wycofano prośbę o trzecią opinię")
    assert {each.person for each in told} == {office, first}
    assert {each.kind for each in told} == {Kind.WORK}
    assert not ThirdOpinion.objects.open().exists()


def test_after_that_it_can_be_asked_for_again(card: Any) -> None:
    ask(card)
    withdraw(card)
    again = ask(card)
    assignment = give(card)
    again.refresh_from_db()
    assert again.assignment == assignment
    assert ThirdOpinion.objects.exclude(pk=again.pk).get().assignment is None


def test_whoever_was_chosen_and_has_not_begun_is_told_it_has_ended(card: Any) -> None:
    ask(card)
    settle_and_sign(card, card.signers()[0])
    assignment = give(card)
    withdraw(card)
    assignment.refresh_from_db()
    assert (assignment.is_active, assignment.ending) == (False, Ending.WITHDRAWN)
    [told] = Email.objects.filter(person=assignment.assessor).order_by("-pk")[:1]
    assert str(card.application.number) not in told.subject + told.body
    card.refresh_from_db()
    assert card.signatures.standing().count() == 1  # nothing on the card has changed
    services.sign_card(card, by=card.signers()[1], expected_version=card.version)
    assert card.is_closed


def test_once_the_third_has_begun_nothing_is_withdrawn(card: Any) -> None:
    ask(card)
    assignment = give(card)
    services.declare_impartial(assignment, by=assignment.assessor)
    with pytest.raises(CannotDo, match="już zaczęła"):
        withdraw(card)
    judge_on(assignment)
    with pytest.raises(CannotDo):
        withdraw(card)
    assert ThirdOpinion.objects.get().withdrawn_at is None


def test_there_is_nothing_to_withdraw(card: Any) -> None:
    with pytest.raises(TransitionNotAllowed):
        withdraw(card)
    ask(card)
    services.decline(give(card), by=make_user(), reason="Nie mogę.")
    with pytest.raises(TransitionNotAllowed):
        withdraw(card)


def test_the_database_wants_who_and_when_and_why(card: Any) -> None:
    ask(card)
    for half in ({"withdrawn_at": clock.now()}, {"withdrawal_reason": "Zgoda."}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ThirdOpinion.objects.update(**half)


def test_withdrawing_on_the_pages(card: Any, signed_in: Any) -> None:
    address = reverse("third_withdraw", args=[card.application_id])
    mine, office = signed_in(card.signers()[0]), signed_in(make_user(Role.OFFICE))
    assert office.get(address).status_code == 409
    assert address not in mine.get(card.get_absolute_url()).content.decode()
    ask(card)
    for client in (mine, office):
        assert address in client.get(card.get_absolute_url()).content.decode()
        assert client.get(address).status_code == 200
    assert office.post(address, {"reason": ""}).status_code == 422
    assert office.post(address, {"reason": "Zgodzili się."})["Location"] == card.get_absolute_url()
    page = mine.get(card.get_absolute_url()).content.decode()
    assert "Zgodzili się." in page
    assert address not in page
    assert office.post(address, {"reason": "Jeszcze raz."}).status_code == 409


def test_who_may_withdraw(card: Any, signed_in: Any) -> None:
    ask(card)
    assignment = give(card)
    address = reverse("third_withdraw", args=[card.application_id])
    assert signed_in(assignment.assessor).get(address).status_code == 404
    judge(assignment)
    assert signed_in(assignment.assessor).get(address).status_code == 403


def test_withdrawing_takes_few_queries(
    card: Any, signed_in: Any, django_assert_num_queries: Any
) -> None:
    ask(card)
    client = signed_in(make_user(Role.OFFICE))
    address = reverse("third_withdraw", args=[card.application_id])
    client.get(address)
    with django_assert_num_queries(10):
        client.get(address)


# --- pages ---------------------------------------------------------------------------------


def test_asking_and_choosing_on_the_pages(card: Any, signed_in: Any) -> None:
    case, office = card.application, signed_in(make_user(Role.OFFICE))
    mine = signed_in(card.signers()[0])
    address = reverse("third_ask", args=[case.pk])
    assert mine.get(address).status_code == 200
    typed = {"criteria": [one(card).pk], "reason": "Różnimy się co do statutu."}
    assert mine.post(address, typed | {"reason": ""}).status_code == 422
    assert mine.post(address, typed)["Location"] == card.get_absolute_url()
    assert "Różnimy się co do statutu." in mine.get(card.get_absolute_url()).content.decode()
    assert "Poproszono o trzecią osobę" in office.get(reverse("panel")).content.decode()
    third, choosing = make_user(Role.ASSESSOR), reverse("third_assign", args=[case.pk])
    page = office.get(choosing)
    assert page.context["form"].initial["criteria"] == [str(one(card).pk)]
    chosen = {"criteria": [one(card).pk], "assessor_0": third.pk, "due_on": days_from_today(9)}
    assert office.post(choosing, chosen | {"assessor_0": ""}).status_code == 422
    assert office.post(choosing, chosen)["Location"] == card.get_absolute_url()
    assert third.full_name in mine.get(card.get_absolute_url()).content.decode()


def test_who_may_ask_and_who_may_choose(card: Any, signed_in: Any) -> None:
    case = card.application
    mine, office = signed_in(card.signers()[0]), signed_in(make_user(Role.OFFICE))
    assert office.get(reverse("third_ask", args=[case.pk])).status_code == 403
    assert mine.get(reverse("third_assign", args=[case.pk])).status_code == 403
