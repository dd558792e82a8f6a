"""A draft goes over to a newer edition, and nothing of it is lost."""

import pytest

from certification import clock
from certification.applications import services
from certification.applications.editions import offered_to
from certification.applications.models import Application, Citation, Comment
from certification.applications.reading import missing
from certification.applications.renewal.earlier import earlier_than
from certification.applications.services.changing_edition import FAR
from certification.applications.states import State
from certification.audit.models import Event
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.standards.models import Retirement
from tests.applications.factories import make_ready_draft
from tests.applications.renewal.factories import (
    make_next_edition,
    make_reworded_edition,
    of,
    open_renewal,
)
from tests.factories import make_evidence, make_standard_set

pytestmark = pytest.mark.django_db


def draft():
    application = make_ready_draft(standard_set=make_standard_set())
    answer = application.answers.get(criterion__code="A1.1")
    revision = make_evidence(application.institution)
    Citation.objects.create(answer=answer, revision=revision, page=4, added_by=answer.updated_by)
    return application


def move(application, to):
    change = services.change_edition(application, by=application.opened_by, to=to)
    application.refresh_from_db()
    return change


def texts(application):
    answers = application.answers.select_related("criterion")
    return {answer.criterion.code: answer.text for answer in answers}


def test_each_answer_goes_where_its_criterion_went():
    application = draft()
    new = make_next_edition(application.standard_set)

    move(application, new)

    assert application.standard_set == new
    assert texts(application) == {
        "A1.1": "Odpowiedź na A1.1.",
        "A1.2": "Odpowiedź na A1.1.",
        "A2.1": "**A1.2. Treść kryterium A1.2**\n\nOdpowiedź na A1.2.\n\n"
        "**A2.1. Treść kryterium A2.1**\n\nOdpowiedź na A2.1.",
    }
    assert {
        answer.criterion.standard.area.standard_set_id for answer in application.answers.all()
    } == {new.pk}


def test_evidence_goes_with_each_copy():
    application = draft()
    new = make_next_edition(application.standard_set)
    [revision] = Citation.objects.values_list("revision", flat=True)
    move(application, new)
    cited = Citation.objects.order_by("answer__criterion__code")
    assert list(cited.values_list("answer__criterion__code", "revision", "page")) == [
        ("A1.1", revision, 4),
        ("A1.2", revision, 4),
    ]


def test_everything_is_readable_as_it_was():
    application = draft()
    before = texts(application)
    change = move(application, make_next_edition(application.standard_set))
    assert {each["criterion"]: each["text"] for each in change.contents["answers"]} == before
    left = earlier_than(application).left_over
    assert [(said.criterion.code, said.text) for said in left] == [("B1.1", "Odpowiedź na B1.1.")]


def test_self_ratings_become_those_of_the_new_edition():
    application = draft()
    new = make_reworded_edition(application.standard_set)
    move(application, new)
    levels = {answer.self_rating for answer in application.answers.all()}
    assert levels == {new.levels.get(value=2)}


def test_only_answers_to_other_words_wait_to_be_confirmed():
    application = draft()
    move(application, make_reworded_edition(application.standard_set, "A1.2"))
    assert [row.criterion.code for row in missing(application).unconfirmed] == ["A1.2"]


def test_what_waited_in_a_renewal_waits_still():
    renewal = open_renewal()
    services.confirm_answers(
        renewal, by=renewal.opened_by, criteria=renewal.criteria().filter(code__in=["A1.2", "B1.1"])
    )
    move(renewal, make_reworded_edition(renewal.standard_set, "A1.2"))
    # A1.2 was confirmed in other words, B1.1 stays confirmed
    assert [row.criterion.code for row in missing(renewal).unconfirmed] == ["A1.1", "A1.2", "A2.1"]
    assert earlier_than(renewal).case == renewal.renews


def test_a_page_opened_before_is_older_afterwards():
    application = draft()
    old = application.answers.get(criterion__code="A1.2")
    new = make_next_edition(application.standard_set)
    move(application, new)
    with pytest.raises(Stale):
        services.save_answer(
            application,
            of(new, "A1.2"),
            by=application.opened_by,
            self_rating=None,
            text="Pisane do dawnego A1.2.",
            expected_version=old.version,
        )
    assert application.answers.get(criterion__code="A1.2").version >= FAR


def test_moving_leaves_one_event():
    application = draft()
    old = application.standard_set
    new = make_next_edition(old)
    move(application, new)
    event = Event.objects.of_case(application).get(verb="applications.change_edition")
    assert event.facts == {"before": old.code, "after": new.code, "carried": 3, "gone": 2}


def test_moving_on_through_two_editions():
    application = draft()
    move(application, make_next_edition(application.standard_set))
    move(application, make_reworded_edition(application.standard_set, "A2.1"))
    assert sorted(texts(application)) == ["A1.1", "A1.2", "A2.1"]
    assert application.edition_changes.count() == 2


@pytest.mark.parametrize("state", [each for each in State if each != State.DRAFT])
def test_only_a_draft_is_moved(state):
    application = draft()
    new = make_next_edition(application.standard_set)
    Application.objects.filter(pk=application.pk).update(
        state=state, number="X", submitted_by=application.opened_by, submitted_at=clock.now()
    )
    application.refresh_from_db()
    assert offered_to(application) is None
    with pytest.raises(TransitionNotAllowed):
        move(application, new)


def test_a_draft_by_the_edition_in_use_is_not_moved():
    application = draft()
    assert offered_to(application) is None
    with pytest.raises(CannotDo):
        move(application, application.standard_set)


def test_only_to_the_edition_whose_mapping_was_seen():
    application = draft()
    seen = make_reworded_edition(application.standard_set)
    newest = make_next_edition(seen)
    with pytest.raises(CannotDo, match="jeszcze nowsze"):
        move(application, seen)
    assert offered_to(application) == newest


def test_a_retired_edition_is_not_submitted():
    application = draft()
    new = make_reworded_edition(application.standard_set)
    Retirement.objects.create(standard_set=application.standard_set, retired_at=clock.now())
    with pytest.raises(CannotDo, match="wycofane"):
        services.submit(application, by=application.opened_by, declared=True)

    move(application, new)
    services.confirm_answers(application, by=application.opened_by, criteria=application.criteria())
    submitted = services.submit(application, by=application.opened_by, declared=True)

    assert submitted.state == State.SUBMITTED


def test_an_edition_that_is_not_retired_is_submitted():
    application = draft()
    make_reworded_edition(application.standard_set)
    submitted = services.submit(application, by=application.opened_by, declared=True)
    assert submitted.state == State.SUBMITTED


def test_comments_go_with_their_criterion():
    application = draft()
    for code in ("A1.2", "B1.1"):
        Comment.objects.create(
            application=application,
            criterion=of(application.standard_set, code),
            text=f"O {code}.",
            written_by=application.opened_by,
        )
    move(application, make_next_edition(application.standard_set))
    moved, left = application.comments.order_by("pk")
    assert (moved.criterion.code, moved.settled_at) == ("A2.1", None)
    assert moved.criterion.standard.area.standard_set == application.standard_set
    # nobody is asked about a criterion that is no more
    assert (left.criterion.code, left.settled_by) == ("B1.1", application.opened_by)


def rewrite(application, code, text):
    answer = application.answers.get(criterion__code=code)
    return services.save_answer(
        application,
        answer.criterion,
        by=application.opened_by,
        self_rating=answer.self_rating,
        text=text,
        expected_version=answer.version,
    )


def test_earlier_texts_follow_or_stay_readable():
    application = draft()
    for code in ("A1.1", "A2.1", "B1.1"):
        rewrite(application, code, f"Nowszy tekst {code}.")

    change = move(application, make_next_edition(application.standard_set))

    first = application.answers.get(criterion__code="A1.1")
    assert [version.text for version in first.versions.all()] == ["Odpowiedź na A1.1."]
    # the answer that others were joined to keeps the text it had before that
    joined = application.answers.get(criterion__code="A2.1")
    assert [version.text for version in joined.versions.all()] == ["Odpowiedź na A1.2."]
    history = change.contents["history"]
    assert {code: [one["text"] for one in texts] for code, texts in history.items()} == {
        "A2.1": ["Odpowiedź na A2.1."],
        "B1.1": ["Odpowiedź na B1.1."],
    }


def test_an_earlier_rating_of_another_edition_is_not_brought_back():
    application = draft()
    rewrite(application, "A1.1", "Nowszy tekst.")
    new = make_reworded_edition(application.standard_set)
    move(application, new)
    version = application.answers.get(criterion__code="A1.1").versions.get()

    answer = services.bring_back(version, by=application.opened_by)

    assert (answer.text, answer.self_rating) == ("Odpowiedź na A1.1.", new.levels.get(value=2))
