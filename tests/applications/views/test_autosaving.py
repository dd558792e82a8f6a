"""What the page of an answer saves by itself, and what it is told."""

import pytest

from certification.applications import services
from certification.applications.models import AnswerVersion
from certification.applications.states import State
from certification.audit.models import Event
from institutions.states import MemberRole
from tests.applications.factories import in_state, make_ready_draft
from tests.factories import level, make_application, make_institution, make_member

from .sending import page_of, url

pytestmark = pytest.mark.django_db

BASE = "Pierwszy akapit ma swoje słowa.\n\nDrugi akapit też je ma."


@pytest.fixture
def draft():
    return make_application()


@pytest.fixture
def address(draft):
    return url("answer_autosave", draft, "A1.1")


@pytest.fixture
def editor(draft):
    return make_member(draft.institution, MemberRole.EDITOR, full_name="Ewa Redaktorka")


def test_it_saves_and_says_how_it_stands(draft, address, signed_in):
    met = level(draft.standard_set, 2)

    told = signed_in(draft.opened_by).post(
        address, {"text": "**Razem** ", "self_rating": met.pk, "version": 0}
    )

    answer = draft.answers.get()
    assert (answer.text, answer.self_rating) == ("**Razem** ", met)
    facts = told.json()
    assert facts.pop("at")
    assert facts == {
        "state": "saved",
        "version": 1,
        "values": {"text": "**Razem** ", "self_rating": str(met.pk)},
        "html": "<p><strong>Razem</strong></p>\n",
        "by": str(draft.opened_by),
        "edits": [],
    }
    assert told["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_it_takes_few_queries(signed_in, django_assert_num_queries):
    draft = make_ready_draft()
    met, client = level(draft.standard_set, 2), signed_in(draft.opened_by)
    address = url("answer_autosave", draft, "A1.1")
    for version in (1, 2):
        client.post(address, {"text": "a" * version, "self_rating": met.pk, "version": version})

    with django_assert_num_queries(8 + 2):  # the two begin and end a savepoint
        client.post(address, {"text": "aaa", "self_rating": met.pk, "version": 3})


def test_it_is_journalled_once_an_hour(draft, address, signed_in, time_machine):
    time_machine.move_to("2026-11-29 10:05+01:00", tick=False)
    client = signed_in(draft.opened_by)

    for version in range(3):
        client.post(address, {"text": "a" * version + "b", "version": version})

    assert Event.objects.of_case(draft).count() == 1


def test_others_changes_come_back_as_edits(draft, address, editor, signed_in):
    client, hers = signed_in(draft.opened_by), signed_in(editor)
    client.post(address, {"text": BASE, "version": 0})
    hers.post(address, {"text": BASE.replace("też", "również"), "version": 1})

    told = client.post(address, {"text": f"Na początku. {BASE}", "version": 1}).json()

    assert told["values"]["text"] == f"Na początku. {BASE.replace('też', 'również')}"
    start = f"Na początku. {BASE}".index("też")
    assert told["edits"] == [[start, start + 3, "również"]]
    assert told["others"] == ["Ewa Redaktorka"]


def test_changes_that_touch_are_a_choice(draft, address, editor, signed_in):
    client, hers = signed_in(draft.opened_by), signed_in(editor)
    client.post(address, {"text": BASE, "version": 0})
    hers.post(address, {"text": f"{BASE} <b>Tańczymy.</b>", "version": 1})

    response = client.post(address, {"text": f"{BASE} Śpiewamy.", "version": 1})

    told = response.json()
    assert (response.status_code, told["state"], told["version"]) == (409, "conflict", 2)
    assert told["by"] == "Ewa Redaktorka"
    for text in ("Śpiewamy.", "&lt;b&gt;Tańczymy.&lt;/b&gt;", 'value="both"', "Ewa Redaktorka"):
        assert text in told["html"]
    assert draft.answers.get().text == f"{BASE} <b>Tańczymy.</b>"


@pytest.mark.parametrize(
    ("take", "text"), [("mine", "moje"), ("theirs", "jej"), ("both", "jej\n\nmoje")]
)
def test_what_is_chosen_stands_and_the_rest_is_kept(take, text, draft, address, editor, signed_in):
    client = signed_in(draft.opened_by)
    signed_in(editor).post(address, {"text": "jej", "version": 0})
    told = client.post(address, {"text": "moje", "version": 0}).json()

    client.post(
        address,
        {"text": "moje", "version": told["version"], "take": take, "joined": told["joined"]},
    )

    answer = draft.answers.get()
    kept = {answer.text, *answer.versions.values_list("text", flat=True)}
    assert answer.text == text
    assert {"jej", text} <= kept
    assert take == "both" or "moje" in kept


def test_a_reason_is_given_for_what_cannot_be_saved(draft, address, signed_in):
    not_applicable = level(draft.standard_set, None)

    response = signed_in(draft.opened_by).post(
        address, {"text": " ", "self_rating": not_applicable.pk, "version": 0}
    )

    assert (response.status_code, response.json()["state"]) == (422, "refused")
    assert "Wyjaśnij" in response.json()["reason"]
    assert draft.answers.count() == 0


def test_after_submission_nothing_is_saved(signed_in):
    application = in_state(State.SUBMITTED)

    response = signed_in(application.opened_by).post(
        url("answer_autosave", application, "A1.1"), {"text": "Za późno.", "version": 1}
    )

    assert (response.status_code, response.json()["state"]) == (422, "refused")
    assert AnswerVersion.objects.count() == 0


def test_it_saves_for_nobody_else(draft, address, editor, signed_in):
    """Somebody signed in as another person in this browser, while the page still held a text."""
    response = signed_in(editor).post(
        address, {"text": "moje", "version": 0, "person": draft.opened_by.pk}
    )

    assert (response.status_code, response.json()) == (403, {"state": "somebody_else"})
    assert draft.answers.count() == 0


def test_who_may_not_write_is_told_nothing(draft, address, signed_in):
    stranger = make_member(make_institution())
    reader = make_member(draft.institution, MemberRole.READER)

    for person, status in ((stranger, 404), (reader, 403)):
        client = signed_in(person)
        assert client.get(address).status_code == status
        assert client.post(address, {"text": "x", "version": 0}).status_code == status


def test_asking_says_who_writes_and_what_stands(draft, address, editor, signed_in, time_machine):
    time_machine.move_to("2026-11-29 10:05+01:00", tick=False)
    client = signed_in(draft.opened_by)
    assert client.get(address).json()["version"] == 0
    signed_in(editor).post(address, {"text": "jej", "version": 0})

    told = client.get(address).json()
    assert (told["state"], told["values"]["text"]) == ("current", "jej")
    assert told["others"] == ["Ewa Redaktorka"]

    time_machine.move_to("2026-11-29 10:08+01:00", tick=False)
    assert client.get(address).json()["others"] == []
    assert Event.objects.of_case(draft).count() == 1


def test_the_whole_standard_has_a_form_for_each_open_criterion(
    signed_in, django_assert_num_queries
):
    draft = make_ready_draft()
    client = signed_in(draft.opened_by)

    client.get(url("standard_edit", draft, "A1"))  # reads the edition, once a process

    with django_assert_num_queries(9):
        page = page_of(client.get(url("standard_edit", draft, "A1")))

    for code in ("A1.1", "A1.2"):
        assert f'data-autosave="{url("answer_autosave", draft, code)}"' in page
        assert f'id="{code}-text"' in page
    assert "A2.1-text" not in page
    assert client.get(url("standard_edit", draft, "Z9")).status_code == 404


def test_the_whole_standard_in_a_completion_shows_what_was_named(signed_in):
    application = in_state(State.COMPLETION)
    client = signed_in(application.opened_by)

    page = page_of(client.get(url("standard_edit", application, "A1")))
    closed = client.get(url("standard_edit", application, "A2"))

    assert "A1.1-text" in page
    assert "A1.2-text" not in page
    assert closed["Location"] == url("application_answers", application) + "?widok=calosc#A2.1"


def test_a_save_from_the_standard_comes_back_to_it(draft, signed_in):
    response = signed_in(draft.opened_by).post(
        url("answer_edit", draft, "A1.2"), {"text": "x", "version": 0, "then": "standard"}
    )

    assert response["Location"] == url("standard_edit", draft, "A1") + "#A1.2"


def test_versions_are_shown_compared_and_brought_back(draft, address, editor, signed_in):
    client = signed_in(draft.opened_by)
    for version, text in enumerate(("raz", "raz dwa", "raz <b>trzy</b>")):
        client.post(address, {"text": text, "version": version})
    signed_in(editor).post(address, {"text": "jej", "version": 3})
    here = url("answer_versions", draft, "A1.1")

    page = page_of(client.get(here))
    assert "raz &lt;b&gt;trzy&lt;/b&gt;" in page
    assert page.count("?wersja=") == 1  # of what one person saved without a pause, the last
    assert "raz dwa" in page_of(client.get(f"{here}?wersja=2"))
    for unknown in ("9", "9" * 30, "x"):
        assert client.get(f"{here}?wersja={unknown}").status_code == (
            200 if unknown == "x" else 404
        )

    client.post(url("version_bring_back", draft, "A1.1", 2))
    assert draft.answers.get().text == "raz dwa"


def test_versions_of_an_answer_that_is_not_there(draft, signed_in):
    assert signed_in(draft.opened_by).get(url("answer_versions", draft, "A1.1")).status_code == 404


def test_versions_show_nothing_of_another_application(draft, address, signed_in):
    other = make_application()
    client = signed_in(other.opened_by)
    for version, text in enumerate(("kanarek", "nowy")):
        client.post(url("answer_autosave", other, "A1.1"), {"text": text, "version": version})
    mine = signed_in(draft.opened_by)
    mine.post(address, {"text": "mój", "version": 0})

    assert "kanarek" not in page_of(mine.get(url("answer_versions", draft, "A1.1")))
    assert mine.post(url("version_bring_back", draft, "A1.1", 1)).status_code == 404
    assert services.answering.version_of(other.answers.get(), 1).text == "kanarek"
