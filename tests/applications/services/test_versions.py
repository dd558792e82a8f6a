"""Earlier texts of an answer: kept at each save, merged with, thinned, brought back."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from certification import clock
from certification.applications import services
from certification.applications.models import AnswerVersion
from certification.applications.states import State
from certification.audit.models import Event
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from institutions.states import MemberRole
from tests.applications.factories import in_state, make_earlier_version, make_ready_draft
from tests.factories import level, make_application, make_member

from .doing import criterion, verbs_of

pytestmark = pytest.mark.django_db

BASE = "Pierwszy akapit ma swoje słowa.\n\nDrugi akapit też je ma."


@pytest.fixture
def draft():
    return make_application()


@pytest.fixture
def editor(draft):
    return make_member(draft.institution, MemberRole.EDITOR)


def save(application, text, version, *, by=None, rating=None, **options):
    return services.save_answer(
        application,
        criterion(application),
        by=by or application.opened_by,
        self_rating=rating,
        text=text,
        expected_version=version,
        **options,
    )


def test_each_save_keeps_the_text_it_replaces(draft, editor):
    save(draft, "raz", 0)
    save(draft, "dwa", 1, by=editor)
    answer = save(draft, "trzy", 2)

    kept = [(version.number, version.text, version.written_by) for version in answer.versions.all()]
    assert kept == [(2, "dwa", editor), (1, "raz", draft.opened_by)]


def test_saves_of_two_people_are_merged(draft, editor):
    save(draft, BASE, 0)
    save(draft, BASE.replace("Drugi", "Nasz drugi"), 1, by=editor)

    answer = save(draft, BASE.replace("słowa.", "słowa. I jeszcze."), 1)

    both = BASE.replace("Drugi", "Nasz drugi").replace("słowa.", "słowa. I jeszcze.")
    assert (answer.text, answer.version) == (both, 3)


def test_a_rating_of_one_and_a_text_of_the_other_are_merged(draft, editor):
    met = level(draft.standard_set, 2)
    save(draft, BASE, 0)
    save(draft, BASE, 1, by=editor, rating=met)

    answer = save(draft, BASE + " Więcej.", 1)

    assert (answer.text, answer.self_rating) == (BASE + " Więcej.", met)


def test_two_ratings_are_not_merged(draft, editor):
    save(draft, BASE, 0)
    save(draft, BASE, 1, by=editor, rating=level(draft.standard_set, 2))

    with pytest.raises(Stale):
        save(draft, BASE, 1, rating=level(draft.standard_set, 1))


def test_an_older_save_that_comes_late_overwrites_nothing(draft):
    """A request that was on its way for long arrives after the next one of the same page."""
    save(draft, "raz", 0)
    save(draft, "raz dwa trzy", 1)

    with pytest.raises(Stale):
        save(draft, "raz dwa", 1)

    assert draft.answers.get().text == "raz dwa trzy"


def test_a_save_whose_answer_was_lost_is_the_page_s_own(draft, editor):
    lost = hashlib.sha256(b"raz dwa\x1f").hexdigest()
    save(draft, "raz", 0)
    save(draft, "raz dwa", 1)  # saved, but the browser never heard of it

    assert save(draft, "raz dwa trzy", 1, unsure=[lost]).text == "raz dwa trzy"
    with pytest.raises(Stale):  # what somebody else wrote is never one's own
        save(draft, "raz dwa cztery", 1, by=editor, unsure=[lost])


def test_without_the_text_one_started_from_nothing_is_merged(draft, editor):
    save(draft, BASE, 0)
    save(draft, BASE + " A.", 1)
    AnswerVersion.objects.all().delete()

    with pytest.raises(Stale):
        save(draft, "Przed. " + BASE, 1, by=editor)


def test_what_saves_itself_is_journalled_once_an_hour_and_person(draft, editor, time_machine):
    time_machine.move_to("2026-11-29 10:05+01:00", tick=False)
    for version in range(4):
        save(draft, "słowo " * version + "koniec", version, unasked=True)
    save(draft, "redaktorka", 4, by=editor, unasked=True)
    save(draft, "opiekunka", 5, unasked=True)
    assert len(verbs_of(draft)) == 2

    time_machine.move_to("2026-11-29 11:05+01:00", tick=False)
    save(draft, "po godzinie", 6, unasked=True)
    save(draft, "zapisane przyciskiem", 7)

    facts = Event.objects.of_case(draft).values_list("by", "facts__version")
    me = draft.opened_by.pk
    assert list(facts) == [(me, 1), (editor.pk, 5), (me, 7), (me, 8)]


def test_an_answer_that_was_taken_over_is_journalled_when_it_is_first_written():
    draft = make_ready_draft()  # its answers stand at version 1 without an event

    save(draft, "Nowy tekst.", 1, unasked=True)

    assert verbs_of(draft) == ["applications.save_answer"]


def test_old_versions_are_thinned_to_the_last_of_each_hour_and_person(draft, editor):
    answer = save(draft, "teraz", 0)
    now = clock.now().replace(minute=10)
    for days, minute, by in ((9, 0, 0), (9, 5, 0), (9, 6, 1), (8, 0, 0), (6, 0, 0), (6, 1, 0)):
        at = now - timedelta(days=days) + timedelta(minutes=minute)
        writer = editor if by else draft.opened_by
        make_earlier_version(answer, f"{days}:{minute}", written_at=at, written_by=writer)

    answer.versions.thin(now)

    left = list(answer.versions.order_by("number").values_list("text", flat=True))
    assert left == ["9:5", "9:6", "8:0", "6:0", "6:1"]


def test_bring_back(draft, editor):
    met = level(draft.standard_set, 2)
    save(draft, "raz", 0, rating=met)
    answer = save(draft, "dwa", 1)

    services.bring_back(answer.versions.get(number=1), by=editor)

    answer.refresh_from_db()
    kept = answer.versions.values_list("text", flat=True)
    assert (answer.text, answer.self_rating, answer.updated_by) == ("raz", met, editor)
    assert list(kept) == ["dwa", "raz"]
    assert verbs_of(draft)[-1] == "applications.bring_back_answer"


def test_bring_back_twice_changes_nothing(draft):
    save(draft, "raz", 0)
    version = save(draft, "dwa", 1).versions.get()

    for _click in range(2):
        answer = services.bring_back(version, by=draft.opened_by)

    assert answer.version == 3


def test_bring_back_after_submission():
    application = in_state(State.SUBMITTED)
    version = make_earlier_version(application.answers.first())

    with pytest.raises(TransitionNotAllowed):
        services.bring_back(version, by=application.opened_by)


def test_version_of_an_answer_is_there_once(draft):
    save(draft, "raz", 0)
    version = save(draft, "dwa", 1).versions.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerVersion.objects.create(
            answer=version.answer,
            number=version.number,
            written_by=draft.opened_by,
            written_at=clock.now(),
        )


def test_too_many_words_are_saved_and_cannot_be_submitted():
    draft = make_ready_draft()
    first = criterion(draft)
    save(draft, "słowo " * (first.word_limit + 1), 1, rating=level(draft.standard_set, 2))

    with pytest.raises(CannotDo, match=f"więcej słów.*{first.code}"):
        services.submit(draft, by=draft.opened_by, declared=True)


def test_too_many_words_in_what_is_closed_bar_no_completion():
    application = in_state(State.COMPLETION)
    closed = application.answers.get(criterion__code="A1.2")
    closed.text = "słowo " * (closed.criterion.word_limit + 1)
    closed.save(update_fields=["text"])

    assert services.submitting.missing(application).too_long == []
