"""The Committee and the Board."""

from collections.abc import Iterator

from certification.applications.models import Application, ConflictDeclaration
from certification.applications.services import declare_conflict
from certification.applications.states import State
from institutions.states import Role
from tests.assessments.factories import make_card, sign_all
from tests.browser.visit import Visit, at, press
from tests.certificates.factories import board_case
from tests.decisions.factories import make_card as make_closed_card
from tests.decisions.factories import make_case, make_decision
from tests.factories import make_application, make_user

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    yield from _decided(house)
    chair, board = house.chair, house.board
    pending = make_case(State.COMMITTEE, unmet={"A1_2": 0})
    yield Visit(chair, at("panel"))
    yield Visit(chair, at("decision_list"))
    yield Visit(make_user(Role.COMMITTEE_CHAIR), at("application_list"))
    yield Visit(chair, at("card_detail", pending.pk))
    yield Visit(chair, at("decision_create", pending.pk))
    yield Visit(chair, at("decision_create", pending.pk), press("Zapisz rozstrzygnięcie"))
    yield from _late_conflict(house)
    refused = make_application(State.REFUSED, standard_set=house.standards)
    make_closed_card(refused, A1_2=0)
    decision = make_decision(refused, outcome="refused", justification="Nie dość rozmów.")
    decision.reasons.create(criterion=refused.criteria()[1], text="Brak diagnozy.")
    yield Visit(refused.opened_by, at("decision_detail", decision.pk))
    yield Visit(refused.opened_by, at("case", refused.pk))
    granted = board_case()
    yield Visit(board, at("panel"))
    yield Visit(board, at("decision_detail", granted.decision.pk))
    yield Visit(board, at("certificate_issue", granted.pk))
    yield Visit(board, at("certificate_issue", granted.pk), press("Zapisz uchwałę i wydaj"))


def _late_conflict(house: Ground) -> Iterator[Visit]:
    """Somebody who had signed the card turned out to be in conflict."""
    card = sign_all(make_card())
    first, second = card.signers()
    case = Application.objects.get(pk=card.application_id)
    declare_conflict(case, user=first, by=first, ground=ConflictDeclaration.Ground.FAMILY)
    yield Visit(second, at("card_detail", case.pk))
    yield Visit(house.chair, at("decision_create", case.pk))


def _decided(house: Ground) -> Iterator[Visit]:
    """What an assessor learns of the end."""
    case = make_case(State.BOARD)
    mine = case.card.assessments().order_by("pk")[0]
    yield Visit(mine.assignment.assessor, at("assessment_outcome", mine.pk))
