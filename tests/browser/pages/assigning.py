"""Who assesses: the plan, assignments, and what assessors can take."""

from collections.abc import Iterator
from datetime import timedelta

from certification import clock
from certification.applications.models import Application, ConflictDeclaration
from certification.applications.services import declare_conflict
from certification.applications.states import State
from certification.assessments.models import Assignment
from certification.assessments.services import ask_more_time, end_assignment
from institutions.states import Role
from tests.assessments.factories import make_assignment, rate_all
from tests.assessments.factories import submit as hand_in
from tests.browser.visit import Visit, at, press
from tests.factories import make_application, make_institution, make_user

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    office = house.office
    yield from _of_a_batch(house)
    case = make_application(State.ASSESSMENT, standard_set=house.standards)
    yield Visit(office, at("assignment_create", case.pk))
    yield Visit(office, at("assignment_create", case.pk), press("Przydziel sprawę"))
    assignment = make_assignment(case, house.assessor, declared=False)
    yield Visit(office, at("assignment_create", case.pk))
    yield Visit(office, at("assignment_end", assignment.pk))
    yield Visit(office, at("assessment_list"))
    yield Visit(office, at("case", case.pk))
    yield Visit(house.assessor, at("assignment_declare", assignment.pk))
    yield Visit(house.assessor, at("assignment_declare", assignment.pk), press("Zgłoś konflikt"))
    yield from _comings_and_goings(house, case, assignment)


def _of_a_batch(house: Ground) -> Iterator[Visit]:
    """The plan: proposed, a case laid open, refused; and what assessors can take."""
    office, own = house.office, at("assessor_profile", house.assessor.pk)
    yield Visit(office, own)
    yield Visit(office, own, press("Zapisz"))
    yield Visit(house.assessor, at("my_assessor_profile"))
    yield Visit(house.assessor, at("my_account"))
    yield Visit(office, at("person_detail", house.assessor.pk))
    yield Visit(office, at("allocation"))  # nothing waits
    for town in ("Ostrowiec", "Miasteczko"):
        institution = make_institution(town=town)
        make_application(State.ASSESSMENT, standard_set=house.standards, institution=institution)
    yield Visit(office, at("allocation"))
    yield Visit(office, at("allocation"), press("Zmień"))
    make_user(Role.ASSESSOR)
    yield Visit(office, at("allocation"), press("Przydziel"))


def _comings_and_goings(
    house: Ground, case: Application, assignment: Assignment
) -> Iterator[Visit]:
    """Declining, more time, and those who had the case."""
    declaration = at("assignment_declare", assignment.pk)
    yield Visit(house.assessor, declaration, press("Nie przyjmuję"))
    yield Visit(house.assessor, at("more_time_ask", assignment.pk), press("Poproś o więcej"))
    left = make_assignment(case)
    rate_all(left.assessment)
    hand_in(left.assessment)
    end_assignment(left, by=house.office, reason="Choroba.")
    until = clock.today() + timedelta(days=60)
    ask_more_time(assignment, by=house.assessor, until=until, wish="Wyjazd.")
    answer = at("more_time_decide", assignment.pk)
    yield Visit(house.office, answer)
    yield Visit(house.office, answer, press("Zapisz odpowiedź"))
    yield Visit(house.office, at("assignment_history", case.pk))
    yield Visit(house.office, at("conflict_list", case.pk))  # nothing recorded
    ground = ConflictDeclaration.Ground.PARTNER
    declare_conflict(case, user=house.assessor, by=house.office, ground=ground)
    yield Visit(house.office, at("conflict_list", case.pk), press("Zapisz, co"))
    yield Visit(house.office, at("case", case.pk))
