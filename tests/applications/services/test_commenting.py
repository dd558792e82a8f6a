"""Colleagues talk: who is told, what may be changed, and until when."""

import pytest
from django.db import IntegrityError, transaction

from certification import clock
from certification.applications import services
from certification.applications.models import Comment
from certification.applications.states import ENDED, State
from certification.audit.models import Event
from certification.errors import CannotDo, TransitionNotAllowed
from certification.outbox.models import Email
from institutions.states import MemberRole
from tests.factories import make_application, make_member

from .doing import criterion

pytestmark = pytest.mark.django_db

TEXT = "Czy mamy liczbę wolontariuszy?"


@pytest.fixture
def application():
    return make_application()


@pytest.fixture
def editor(application):
    return make_member(application.institution, MemberRole.EDITOR, full_name="Ewa Redaktorska")


def say(application, **given):
    given.setdefault("by", application.opened_by)
    given.setdefault("text", TEXT)
    return services.comment(application, criterion(application), **given)


def test_comment_tells_those_it_names_and_not_what_it_says(application, editor):
    said = say(application, told=[editor])

    letter = Email.objects.get()
    assert (letter.person, letter.kind) == (editor, "comment")
    assert letter.link.endswith(f"/odpowiedzi/A1.1/komentarze/#komentarz-{said.pk}")
    assert TEXT not in letter.subject + letter.body


def test_events_of_comments_stay_out_of_the_case(application):
    services.settle_comment(say(application), by=application.opened_by)

    events = Event.objects.filter(verb__contains="comment")
    assert [event.verb for event in events] == [
        "applications.comment",
        "applications.settle_comment",
    ]
    assert Event.objects.of_case(application).count() == 0
    assert TEXT not in str([event.facts for event in events])


@pytest.mark.parametrize("state", State)
def test_comment_in_each_state(state):
    application = make_application(state)

    if state in ENDED:
        with pytest.raises(TransitionNotAllowed):
            say(application)
    else:
        assert say(application).text == TEXT


def test_edit_and_delete_while_nobody_has_answered(application):
    said = say(application)

    services.edit_comment(said, by=application.opened_by, text="Inaczej.")
    said.refresh_from_db()
    assert (said.text, said.edited_at is None) == ("Inaczej.", False)

    services.delete_comment(said, by=application.opened_by)
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("answered", ["replied", "settled"])
@pytest.mark.parametrize("verb", ["edit_comment", "delete_comment"])
def test_what_was_answered_stays(verb, answered, application, editor):
    said = say(application)
    if answered == "replied":
        say(application, by=editor, opening=said)
    else:
        services.settle_comment(said, by=editor)
    given = {"text": "x"} if verb == "edit_comment" else {}

    with pytest.raises(CannotDo):
        getattr(services, verb)(said, by=application.opened_by, **given)

    assert Comment.objects.get(pk=said.pk).text == TEXT


def test_the_last_answer_may_still_be_changed(application, editor):
    said = say(application)
    first = say(application, by=editor, opening=said, text="Pierwsza.")
    last = say(application, by=editor, opening=said, text="Druga.")

    services.edit_comment(last, by=editor, text="Druga, poprawiona.")
    with pytest.raises(CannotDo):
        services.delete_comment(first, by=editor)

    assert Comment.objects.get(pk=last.pk).text == "Druga, poprawiona."


def test_edit_of_a_comment_that_is_gone(application):
    said = say(application)
    again = Comment.objects.get(pk=said.pk)
    services.delete_comment(said, by=application.opened_by)

    with pytest.raises(CannotDo):
        services.edit_comment(again, by=application.opened_by, text="x")


def test_settle_and_reopen_twice_are_one_each(application, editor):
    said = say(application)

    for _click in range(2):
        services.settle_comment(said, by=editor)
    assert Comment.objects.get().settled_by == editor
    for _click in range(2):
        services.reopen_comment(said, by=editor)

    assert Comment.objects.get().settled_at is None
    assert Event.objects.filter(verb__endswith="settle_comment").count() == 1
    assert Event.objects.filter(verb__endswith="reopen_comment").count() == 1


def test_an_answer_opens_a_settled_thread_again(application, editor):
    said = services.settle_comment(say(application), by=editor)

    say(application, by=editor, opening=said)

    assert Comment.objects.get(pk=said.pk).settled_at is None


def test_awaiting_until_answered_or_settled(application, editor):
    other = make_member(application.institution, MemberRole.READER)
    first = say(application, told=[editor, other])

    assert list(Comment.objects.awaiting(editor)) == [first]
    assert list(Comment.objects.awaiting(application.opened_by)) == []

    say(application, by=editor, opening=first, told=[application.opened_by])
    assert list(Comment.objects.awaiting(editor)) == []
    assert list(Comment.objects.awaiting(other)) == [first]
    assert Comment.objects.awaiting(application.opened_by).count() == 1

    services.settle_comment(first, by=editor)
    assert list(Comment.objects.awaiting(other)) == []
    assert list(Comment.objects.awaiting(application.opened_by)) == []


def test_awaiting_nothing_of_a_former_institution(application, editor):
    say(application, told=[editor])
    editor.memberships.update(until=editor.memberships.get().since)

    assert list(Comment.objects.awaiting(type(editor).objects.get(pk=editor.pk))) == []


def test_only_a_thread_is_settled(application, editor):
    said = say(application)
    answer = say(application, by=editor, opening=said)

    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=answer.pk).update(settled_by=editor, settled_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=said.pk).update(settled_at=clock.now())
