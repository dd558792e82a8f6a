"""Requests on paper and their signatures."""

from collections.abc import Iterator

from certification.applications.papers.findings import Findings
from certification.applications.states import State
from certification.documents.recognition import Comparison, Likeness, PageDifference
from certification.documents.request import render_request
from certification.documents.signatures import After, Examination
from tests.applications.paper_factories import (
    an_odd_signature,
    make_print,
    make_review,
    make_signed,
)
from tests.browser.visit import Visit, at, press
from tests.documents.application_sheets import request_sheet
from tests.factories import make_application

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    """A request to be signed, one that differs, one refused, and what the office does."""
    case = make_application(State.SUBMITTED, standard_set=house.standards)
    custodian, papers = case.opened_by, at("application_papers", case.pk)
    yield Visit(house.custodian, at("application_papers", house.draft.pk))
    yield Visit(custodian, papers)
    own = render_request(request_sheet())
    make_print(case.dossiers.get(), content=own)
    yield Visit(custodian, papers)
    yield Visit(custodian, at("case", case.pk))
    yield Visit(custodian, at("signed_paper_add", case.pk))
    sending = at("signed_paper_add", case.pk)
    yield Visit(custodian, sending, press("Prześlij podpisany plik"))
    make_signed(case)  # an earlier one, which the next replaces
    difference = PageDifference(1, "54 kryteria", "53 kryteria")
    comparison = Comparison(Likeness.DIFFERS, 2, 2, (difference,), more=2)
    examination = Examination((an_odd_signature(),), After.CHANGED, 1)
    findings = Findings(comparison, examination).dump()
    signed = make_signed(case, findings=findings, content=own)
    yield Visit(custodian, papers)
    yield Visit(house.office, signed.get_absolute_url())
    yield Visit(house.office, at("panel"))
    refusing = at("paper_refuse", case.pk, signed.pk)
    yield Visit(house.office, refusing)
    yield Visit(house.office, refusing, press("Odrzuć i poproś ponownie"))
    make_review(signed, house.office, accepted=False)
    yield Visit(custodian, papers)
    yield Visit(custodian, signed.get_absolute_url())
    make_review(make_signed(case), house.office)
    yield Visit(house.office, papers)
