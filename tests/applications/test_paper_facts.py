"""What the signed request tells the formal check, and how signatures are put into words."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from certification.applications.formal.facts import Case, Fact
from certification.applications.formal.points import BEFORE_DOCUMENTS
from certification.applications.papers import wording
from certification.applications.papers.facts import request_signed, signed_by
from certification.applications.papers.findings import Findings
from certification.applications.states import Result, State
from certification.documents.recognition import Comparison, Likeness
from certification.documents.signatures import Examination, Trust
from institutions.states import Role
from tests.applications.paper_factories import an_odd_signature, make_review, make_signed
from tests.factories import make_application, make_user

REQUEST, AUTHORITY = BEFORE_DOCUMENTS[:2]


def facts(application) -> list[Fact]:
    return list(request_signed(Case(application), REQUEST))


@pytest.mark.django_db
def test_request_that_has_not_come_speaks_against() -> None:
    (fact,) = facts(make_application(State.FORMAL_CHECK))
    assert fact.suggests == Result.UNMET


@pytest.mark.django_db
def test_request_that_waits_suggests_nothing() -> None:
    application = make_application(State.FORMAL_CHECK)
    signed = make_signed(application)
    (fact,) = facts(application)
    assert (fact.suggests, fact.url) == (None, signed.get_absolute_url())


@pytest.mark.django_db
@pytest.mark.parametrize(("accepted", "result"), [(True, Result.MET), (False, Result.UNMET)])
def test_what_the_office_said_of_it_counts(accepted: bool, result: Result) -> None:
    application = make_application(State.FORMAL_CHECK)
    make_review(make_signed(application), make_user(Role.OFFICE), accepted=accepted)
    (fact,) = facts(application)
    assert fact.suggests == result


@pytest.mark.django_db
def test_authority_names_who_signed_as_typed_and_as_the_file_says() -> None:
    application = make_application(State.FORMAL_CHECK)
    findings = Findings(Comparison(Likeness.SIGNED, 1, 1), Examination((an_odd_signature(),)))
    make_signed(application, findings=findings.dump())
    typed, found = signed_by(Case(application), AUTHORITY)
    assert "Jan Nowak, dyrektor" in typed.text
    assert "Brzęczyszczykiewicz" in found.text
    assert list(signed_by(Case(make_application(State.FORMAL_CHECK)), AUTHORITY)) == []


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_likeness_has_its_words(language: str) -> None:
    with override(language):
        sayings = [wording.likeness(Comparison(each)) for each in Likeness]
    assert all(saying.title and saying.text for saying in sayings)
    assert "success" not in {saying.tone for saying in sayings}  # never a bare green tick


@pytest.mark.parametrize("trust", list(Trust))
def test_every_trust_has_its_words(trust: Trust) -> None:
    signature = replace(an_odd_signature(), trust=trust, anchor="Urząd Próbny")
    ((*_before, vouching, _revocation, _kind),) = wording.signing(Examination((signature,)))
    assert vouching[1]


def test_file_that_could_not_be_read_has_no_signatures() -> None:
    assert wording.signing(None) == []
