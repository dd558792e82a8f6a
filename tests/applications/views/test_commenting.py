"""Comments between colleagues, and that nobody else ever sees them."""

import pytest
from django.urls import reverse

from certification import clock
from certification.applications import services
from certification.applications.dossiers import manifest_of
from certification.applications.forms.commenting import mentioned
from certification.applications.models import Comment
from certification.applications.states import State
from certification.outbox.models import Email
from institutions.models import User
from institutions.states import MemberRole, Role
from tests.applications.factories import in_state, make_ready_draft, person
from tests.factories import make_application, make_institution, make_member

from .sending import page_of, post_of, url

pytestmark = pytest.mark.django_db

CANARY = "Kanarek: nie mamy zgody dyrektora"
MEMBERS = ["custodian", "editor", "reader", "insider"]
OTHERS = ["stranger", "office", "barred", "assessor", "administrator", "board_member"]


def say(application, text=CANARY, **given):
    given.setdefault("by", application.opened_by)
    first = application.criteria().get(code="A1.1")
    return services.comment(application, first, text=text, **given)


@pytest.mark.parametrize("who", MEMBERS)
def test_members_read_and_comment_after_submission_too(who, signed_in):
    application = in_state(State.FORMAL_CHECK)
    say(application)
    client = signed_in(person(who, application))

    one = client.get(url("comment_list", application, "A1.1"))
    all_of_them = client.get(url("application_comments", application))
    sent = client.post(
        url("comment_list", application, "A1.1"), {"komentarz-text": "Sprawdzę.", "thread": ""}
    )

    assert CANARY in page_of(one)
    assert CANARY in page_of(all_of_them)
    assert sent["Location"] == url("comment_list", application, "A1.1") + "#komentarze"
    assert Comment.objects.filter(text="Sprawdzę.").count() == 1


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_ever_sees_them(who, signed_in):
    application = in_state(State.ASSESSMENT)
    said = say(application)
    client = signed_in(person(who, application))
    addresses = [
        url("case", application),
        url("application_answers", application),
        url("answer_edit", application, "A1.1"),
        url("comment_list", application, "A1.1"),
        url("application_comments", application),
        url("dossier_detail", application, 1),
        url("dossier_manifest", application, 1),
        reverse("comment_edit", args=[said.pk]),
        reverse("panel"),
        reverse("journal"),
        reverse("application_list"),
    ]

    pages = {address: client.get(address) for address in addresses}

    assert [address for address, page in pages.items() if "Kanarek" in page_of(page)] == []
    assert pages[url("comment_list", application, "A1.1")].status_code in {403, 404}
    for verb in ("comment_delete", "comment_settle", "comment_reopen"):
        assert client.post(reverse(verb, args=[said.pk])).status_code == 404
    assert Comment.objects.get().settled_at is None


def test_they_are_in_no_dossier_and_no_mail():
    application = make_ready_draft()
    editor = make_member(application.institution, MemberRole.EDITOR)
    say(application, told=[editor])

    services.submit(application, by=application.opened_by, declared=True)

    assert "Kanarek" not in str(manifest_of(application, number=1))
    assert "Kanarek" not in application.dossiers.get().manifest
    assert not any("Kanarek" in mail.subject + mail.body for mail in Email.objects.all())


def test_a_former_member_sees_them_no_more(signed_in):
    application = make_application()
    editor = make_member(application.institution, MemberRole.EDITOR)
    said = say(application, by=editor)
    editor.memberships.update(until=editor.memberships.get().since)
    client = signed_in(User.objects.get(pk=editor.pk))

    assert client.get(url("comment_list", application, "A1.1")).status_code == 404
    assert client.post(reverse("comment_delete", args=[said.pk])).status_code == 404


def test_comment_beside_the_answer_saves_what_was_typed(signed_in):
    application = make_application()
    address, data = post_of("answer_edit", application)
    address = url("comment_list", application, "A1.1")

    response = signed_in(application.opened_by).post(
        address, data | {"komentarz-text": "Kto to sprawdzi?", "thread": ""}
    )

    assert response["Location"] == url("answer_edit", application, "A1.1") + "#komentarze"
    assert application.answers.get().text == "Nowy tekst."
    assert Comment.objects.get().text == "Kto to sprawdzi?"


def test_comment_without_words_keeps_the_answer(signed_in):
    application = make_application()
    _address, data = post_of("answer_edit", application)

    response = signed_in(application.opened_by).post(
        url("comment_list", application, "A1.1"), data | {"komentarz-text": " ", "thread": ""}
    )

    assert response.status_code == 422
    assert "Nowy tekst.</textarea>" in page_of(response)
    assert "Najpierw napiszcie komentarz" in page_of(response)


def test_answer_in_a_thread_and_settle_it(signed_in):
    application = make_application()
    editor = make_member(application.institution, MemberRole.EDITOR, full_name="Ewa Redaktorska")
    said = say(application)
    client = signed_in(editor)
    address = url("comment_list", application, "A1.1")

    client.post(
        address,
        {
            f"komentarz-{said.pk}-text": "Mam już zgodę.",
            f"komentarz-{said.pk}-told": [application.opened_by_id],
            "thread": said.pk,
        },
    )
    client.post(reverse("comment_settle", args=[said.pk]))

    page = page_of(client.get(address))
    assert "Mam już zgodę." in page
    assert "1 załatwiony wątek" in page
    assert "Załatwione: Ewa Redaktorska" in page
    assert list(Comment.objects.get(opening=said).told.all()) == [application.opened_by]


def test_told_are_colleagues_and_nobody_else(signed_in):
    application = make_application()
    stranger = make_member(make_institution())

    response = signed_in(application.opened_by).post(
        url("comment_list", application, "A1.1"),
        {"komentarz-text": "Hej", "komentarz-told": [stranger.pk], "thread": ""},
    )

    assert response.status_code == 422
    assert stranger.full_name not in page_of(response)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Ewa Żółć-Redaktorska, sprawdzisz?", True),
        ("@ewa zolc-redaktorska", True),
        ("Ewa Żółć-Redaktorska sprawdzi", False),
        ("@Ewa", False),
        ("@Ewa Żółć-Redaktorskaa", False),
    ],
)
def test_mention_by_name(text, found):
    ewa = User(full_name="Ewa Żółć-Redaktorska")

    assert mentioned(text, [ewa]) == ([ewa] if found else [])


def test_edit_comment_of_ones_own(signed_in):
    application = make_application()
    said = say(application)
    editor = make_member(application.institution, MemberRole.EDITOR)
    address = reverse("comment_edit", args=[said.pk])
    client = signed_in(application.opened_by)

    assert signed_in(editor).get(address).status_code == 403
    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "Inaczej."})["Location"] == said.get_absolute_url()
    assert Comment.objects.get().text == "Inaczej."


def test_a_thread_of_another_criterion_is_not_answered_here(signed_in):
    application = make_application()
    said = say(application)

    response = signed_in(application.opened_by).post(
        url("comment_list", application, "A1.2"), {"komentarz-text": "x", "thread": said.pk}
    )

    assert response.status_code == 404


def test_overview_counts_what_is_open(signed_in):
    application = make_application()
    say(application)
    services.settle_comment(say(application), by=application.opened_by)

    page = page_of(signed_in(application.opened_by).get(url("application_answers", application)))

    assert "1 otwarty komentarz" in page


def test_panel_shows_what_waits_for_me(signed_in):
    application = make_application()
    editor = make_member(application.institution, MemberRole.EDITOR)
    said = say(application, told=[editor])

    page = page_of(signed_in(editor).get(reverse("panel")))

    assert "Współpracownicy proszą o uwagę" in page
    assert said.get_absolute_url() in page
    assert CANARY not in page


@pytest.mark.parametrize("count", [1, 3])
def test_comments_take_few_queries(count, signed_in, django_assert_num_queries):
    application = make_application()
    editor = make_member(application.institution, MemberRole.EDITOR)
    for _row in range(count):
        said = say(application, told=[editor])
        say(application, by=editor, opening=said)
    client = signed_in(application.opened_by)

    with django_assert_num_queries(13):
        client.get(url("comment_list", application, "A1.1"))
    with django_assert_num_queries(8):
        client.get(url("application_comments", application))


def test_comments_of_an_ended_case_are_only_read(signed_in):
    application = make_application()
    say(application)
    type(application).objects.update(state=State.WITHDRAWN, state_since=clock.now())
    client = signed_in(application.opened_by)

    page = page_of(client.get(url("comment_list", application, "A1.1")))

    assert CANARY in page
    assert "Dodaj komentarz" not in page
    sent = client.post(
        url("comment_list", application, "A1.1"), {"komentarz-text": "x", "thread": ""}
    )
    assert sent.status_code == 409


def test_office_role_of_a_member_changes_nothing(signed_in):
    application = in_state(State.FORMAL_CHECK)
    said = say(application)
    insider = person("insider", application)
    assert insider.has_role(Role.OFFICE)

    page = page_of(signed_in(insider).get(said.get_absolute_url().partition("#")[0]))

    assert CANARY in page
