"""Renewals, and drafts that change the edition."""

from collections.abc import Iterator

from certification import clock
from certification.applications.models import Application
from certification.applications.services import change_edition
from certification.applications.states import State
from tests.applications.factories import make_ready_draft
from tests.applications.renewal.factories import make_certified, make_next_edition, open_renewal
from tests.assessments.factories import make_assignment
from tests.browser.visit import Visit, at, press

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    """Two renewals and a draft, in an edition where everything happened to the criteria."""
    early = make_certified(ends_in=500, standard_set=house.standards)
    renewed = make_certified(standard_set=house.standards)
    judged = open_renewal(make_certified(standard_set=house.standards))
    draft = make_ready_draft(standard_set=house.standards)
    newest = make_next_edition(house.standards)
    for each in (early, renewed):
        yield Visit(each.opened_by, at("renewal_open", each.institution_id))
        yield Visit(each.opened_by, at("institution_detail", each.institution_id))
    custodian = renewed.opened_by
    yield Visit(custodian, at("panel"))
    renewal = open_renewal(renewed)
    for name in ("application_renewal", "application_answers", "application_submit"):
        yield Visit(custodian, at(name, renewal.pk))
    for code in ("A1.1", "A2.1", "B1.1"):
        yield Visit(custodian, at("answer_edit", renewal.pk, code))
    yield Visit(custodian, at("application_renewal", renewal.pk), press("Nadal aktualne"))
    mover = draft.opened_by
    yield Visit(mover, at("panel"))
    yield Visit(mover, at("application_answers", draft.pk))
    yield Visit(mover, at("edition_change", draft.pk))
    change = change_edition(draft, by=mover, to=newest)
    yield Visit(mover, at("application_answers", draft.pk))
    yield Visit(mover, at("application_renewal", draft.pk))
    yield Visit(mover, at("edition_before", draft.pk, change.pk))
    yield from _of_a_judged_renewal(house, judged)


def _of_a_judged_renewal(house: Ground, renewal: Application) -> Iterator[Visit]:
    Application.objects.filter(pk=renewal.pk).update(
        state=State.ASSESSMENT,
        number=f"CAL/W/{renewal.pk}/2031",
        submitted_by=renewal.opened_by,
        submitted_at=clock.now(),
    )
    assessment = make_assignment(renewal, house.assessor).assessment
    bench = at("assessment_detail", assessment.pk, query="?kryterium=A1.1")
    yield Visit(house.assessor, bench)
    yield Visit(house.assessor, bench + "&tylko=zmiany")
    yield Visit(house.office, at("application_renewal", renewal.pk))
