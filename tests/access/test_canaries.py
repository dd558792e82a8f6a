"""Promise 9: no word of another institution's case reaches a person it is not for, by no address,
list, search, count or message; nor what colleagues write among themselves reaches the office.
"""

import re
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from certification.applications import services
from certification.applications.asking import Wish
from certification.applications.states import State
from certification.correspondence.models import Message
from certification.correspondence.services import send_message
from certification.outbox.models import Email
from tests.access import canaries
from tests.access.canaries import ANY, APPLICANT, FOREIGN, PRIVATE
from tests.access.looking import CLOSED, OUTSIDERS, Foreign, bar, client_of, text_of, walk
from tests.applications.factories import in_state
from tests.correspondence.factories import make_message
from tests.factories import make_evidence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("where_the_files_are")]

SEARCHES = {
    "institution_list": "q",
    "application_list": "q",
    "application_list?tab=moje": "q",
    "evidence_list": "q",
    "person_list": "q",
    "email_list": "q",
    "certificate_list": "q",
    "register": "q",
    "verification": "q",
    "journal": "sprawa",
}
# Not on the pages as they open: behind a choice, in another state of the case, or on none.
SELDOM = {
    *("extensionwish", "extensionreason", "completionrequestexception", "assignmentendreason"),
    *("ratingstrengths", "ratingweaknesses", "ratingquestion", "ratingprivatenote"),
    *("assessmentsummary", "conflictdeclarationnote", "evidencemarkbefore", "evidencemarkafter"),
    *("evidencedescription", "evidencerevisionfilename", "emailsubject", "emailbody"),
    *("sitevisitcancelreason", "visitphotoremovereason", "protocolremarktext"),
    *("protocolattendees", "protocolcourse", "protocolfindings", "protocoldocuments"),
}
COUNTED = (
    *("panel", "application_list", "thread_list", "evidence_list", "assessment_list"),
    *("decision_list", "letter_list", "email_list", "certificate_list", "my_notices"),
    "stuck_list",
)
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": |data-token=)"[^"]+"')


@pytest.mark.parametrize("who", OUTSIDERS)
def test_no_address_shows_a_word_of_it(foreign: Foreign, who: str) -> None:
    forbidden = OUTSIDERS[who]
    leaks = set()
    for name, status, text in walk(foreign, foreign.people[who]):
        if any(word in text for word in forbidden):
            leaks.add((name, "canary"))
        if name in CLOSED and status == 200:
            leaks.add((name, "200"))
    assert leaks == set()


@pytest.mark.parametrize("who", ["office", "assessor", "chair"])
def test_what_colleagues_write_is_for_nobody_else(foreign: Foreign, who: str) -> None:
    answers = walk(foreign, foreign.world.people[who])
    assert {name for name, _status, text in answers if PRIVATE in text} == set()


def test_each_canary_sings_to_those_it_is_for(foreign: Foreign) -> None:
    """Without this the others would prove nothing."""
    people, heard = foreign.world.people, ""
    for user in (
        people["custodian"],
        people["office"],
        people["assessor"],
        foreign.draft.opened_by,
    ):
        heard += "".join(text for _name, _status, text in walk(foreign, user))
    silent = {word for word in foreign.words if word not in heard}
    assert {word.removeprefix(FOREIGN).removeprefix(PRIVATE) for word in silent} <= SELDOM
    assert all(kind in heard for kind in (FOREIGN, PRIVATE, APPLICANT))


@pytest.mark.parametrize("who", OUTSIDERS)
def test_a_search_answers_as_if_it_were_not_there(foreign: Foreign, who: str) -> None:
    client = client_of(foreign.people[who])
    for listed, parameter in SEARCHES.items():
        name, _sign, more = listed.partition("?")
        for word in OUTSIDERS[who] if OUTSIDERS[who] != (ANY,) else (FOREIGN, PRIVATE, APPLICANT):
            asked = f"{reverse(name)}?{more}&{parameter}="
            answers = [
                TOKEN.sub(b"", client.get(asked + each).content).replace(each.encode(), b"")
                for each in (word, "n" * len(word))
            ]
            assert answers[0] == answers[1], (name, word)


@pytest.mark.parametrize("who", ["custodian elsewhere", "editor elsewhere"])
def test_the_picker_of_evidence_finds_nothing_foreign(foreign: Foreign, who: str) -> None:
    client, pages = client_of(foreign.people[who]), []
    address = reverse("evidence_search", args=[foreign.own.pk, "A1.1"])
    for word in (PRIVATE, FOREIGN, "nikogotuniema"):
        found = client.get(address, {"q": word, "szukaj": word}, headers={"HX-Request": "true"})
        assert found.status_code == 200
        pages.append(found.content.replace(word.encode(), b""))
    assert pages[0] == pages[1] == pages[2]


@pytest.mark.parametrize("who", ["custodian elsewhere", "barred office"])
def test_a_foreign_part_is_not_found_within_a_case_that_is_open(foreign: Foreign, who: str) -> None:
    """The case is one's own, the citation, paper, file, version or message is not."""
    client, found = client_of(foreign.people[who]), set()
    for name, args in foreign.world.args.items():
        if len(args) < 2 or args[0] != foreign.case.pk or not isinstance(args[-1], int):
            continue
        address = reverse(name, args=[foreign.own.pk, *args[1:]])
        for response in (client.get(address), client.post(address)):
            if response.status_code in (200, 302) or ANY in text_of(response):
                found.add((name, response.status_code))
    assert found == set()


def test_foreign_evidence_cannot_be_cited(foreign: Foreign) -> None:
    client = client_of(foreign.people["custodian elsewhere"])
    revision = foreign.world.args["revision_view"][0]
    address = reverse("cite", args=[foreign.own.pk, "A1.1"])
    response = client.post(address, {"revision": revision, "evidence": revision})
    assert response.status_code in (404, 422)
    assert ANY not in text_of(response)
    assert not foreign.own.answers.exists()


@pytest.mark.parametrize("who", [name for name in OUTSIDERS if name != "anybody"])
def test_nothing_counts_it(foreign: Foreign, who: str) -> None:
    """Whatever happens in foreign cases, the panel and the lists of one's own stay as they were."""
    client = client_of(foreign.people[who])
    before = [TOKEN.sub(b"", client.get(reverse(name)).content) for name in COUNTED]
    _go_on(foreign)
    after = [TOKEN.sub(b"", client.get(reverse(name)).content) for name in COUNTED]
    assert [name for name, one, two in zip(COUNTED, before, after, strict=True) if one != two] == []


def inside(foreign: Foreign, who: str) -> Any:
    return foreign.world.people[who]


def _go_on(foreign: Foreign) -> None:
    """Much happens in the case and in the draft, and a case comes that was not there."""
    writer = foreign.draft.opened_by
    make_message(foreign.case, by=inside(foreign, "custodian"))
    make_evidence(foreign.case.institution)
    make_evidence(foreign.draft.institution)
    criterion = foreign.draft.criteria()[0]
    services.comment(foreign.draft, criterion, by=writer, text="Nowy komentarz.")
    another = in_state(State.SUBMITTED)
    make_message(another, by=another.opened_by)
    for who in ("barred office", "administrator"):
        bar(another, foreign.people[who])


def test_no_message_goes_to_those_it_is_not_for(foreign: Foreign) -> None:
    case = foreign.case
    office, custodian, reader = (inside(foreign, who) for who in ("office", "custodian", "reader"))
    item = Wish("Proszę dopisać.", criterion=case.criteria()[0])
    Email.objects.all().delete()
    services.request_completion(
        case, by=office, items=[item], exception="Raz jeszcze.", reason=FOREIGN
    )
    services.ask_extension(case, by=custodian, wish=FOREIGN)
    services.extend(case, by=office, working_days=3, reason=FOREIGN)
    services.complete(case, by=custodian, answer=FOREIGN)
    last = Message.objects.filter(application=case).latest("pk")
    send_message(case, by=custodian, text=FOREIGN, seen=last.pk)
    services.comment(case, item.criterion, by=custodian, text=PRIVATE, told=[reader])
    services.withdraw(case, by=custodian, reason=FOREIGN)
    outsiders = {user.email for user in foreign.people.values() if user}
    told = set(Email.objects.values_list("to", flat=True))
    assert {custodian.email, office.email} <= told
    assert told & outsiders == set()
    assert not any(PRIVATE in text for text in Email.objects.values_list("body", flat=True))


# --- the canaries themselves ------------------------------------------------------------------

# Public, written by those who look on, or made in other tests of the same kind.
ELSEWHERE = {
    *("Call", "CallExtension"),  # public
    *("Dossier", "EditionChange"),  # their manifests hold what was planted
    *("User", "Appointment", "ImportDraft", "NameForm", "NoticeChoice"),
    *(
        "ConsolidatedRating",
        "CardRemark",
        "RatingCorrection",
        "ThirdOpinion",
    ),  # in tests/assessments
}


OF_CASES = ("applications", "assessments", "correspondence", "outbox", "institutions", "visits")


def test_every_column_of_words_has_its_canary() -> None:
    planted = {*canaries.OF_CASE, *canaries.OF_INSTITUTION, Email}
    forgotten = {
        model.__name__
        for label in OF_CASES
        for model in apps.get_app_config(label).get_models()
        if model not in planted and list(canaries.columns(model))
    }
    assert forgotten <= ELSEWHERE
