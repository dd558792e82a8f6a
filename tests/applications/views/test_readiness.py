"""The page that says whether one is ready."""

import pytest

from certification.applications import services
from certification.applications.states import State
from institutions.states import MemberRole
from tests.applications.factories import in_state, make_ready_draft, person
from tests.factories import make_application, make_evidence, make_member

from .sending import page_of, url

pytestmark = pytest.mark.django_db


def look(signed_in, user, application):
    return signed_in(user).get(url("application_readiness", application))


def test_what_is_missing_leads_to_the_first(signed_in):
    application = make_application()

    page = page_of(look(signed_in, application.opened_by, application))

    assert "Jeszcze nie: brakuje 4 rzeczy" in page
    assert f'href="{url("answer_edit", application, "A1.1")}"' in page
    assert url("application_submit", application) not in page


def test_ready_leads_to_submitting_for_the_custodian_alone(signed_in):
    application = make_ready_draft()
    editor = make_member(application.institution, MemberRole.EDITOR)

    own = page_of(look(signed_in, application.opened_by, application))
    hers = page_of(look(signed_in, editor, application))

    assert "Wniosek można złożyć, a można go jeszcze wzmocnić" in own
    assert url("application_submit", application) in own
    assert url("application_submit", application) not in hers
    assert "Wniosek składa opiekun Waszej instytucji" in hers


def test_reader_is_led_to_the_comments(signed_in):
    application = make_application()
    reader = make_member(application.institution, MemberRole.READER)

    page = page_of(look(signed_in, reader, application))

    assert url("comment_list", application, "A1.1") in page
    assert f'href="{url("answer_edit", application, "A1.1")}"' not in page


def test_completion_looks_at_the_named_criteria_alone(signed_in):
    application = in_state(State.COMPLETION)
    application.answers.update(text="")

    page = page_of(look(signed_in, application.opened_by, application))

    assert "Jeszcze nie: brakuje 1 rzeczy" in page
    assert f'href="{url("answer_edit", application, "A1.2")}"' not in page


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ASSESSMENT, State.CERTIFIED])
def test_nothing_to_prepare_once_it_is_submitted(state, signed_in):
    application = make_application(state)

    response = look(signed_in, application.opened_by, application)

    assert response["Location"] == application.get_absolute_url()


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("office", 403), ("barred", 404)])
def test_others_do_not_see_it(who, status, signed_in):
    application = in_state(State.COMPLETION)

    assert look(signed_in, person(who, application), application).status_code == status


def test_the_way_there(signed_in):
    application = make_ready_draft()
    client = signed_in(application.opened_by)
    address = url("application_readiness", application)

    pages = [
        page_of(client.get(url(name, application)))
        for name in ("application_answers", "case", "application_submit")
    ]

    assert [address in page for page in pages] == [True, True, True]


@pytest.mark.parametrize("count", [1, 3])
def test_readiness_takes_the_same_queries(count, signed_in, django_assert_num_queries):
    application = make_ready_draft()
    for criterion in application.criteria():
        for _row in range(count):
            revision = make_evidence(application.institution)
            services.cite(application, criterion, revision, by=application.opened_by)
    client = signed_in(application.opened_by)

    with django_assert_num_queries(11):
        client.get(url("application_readiness", application))
