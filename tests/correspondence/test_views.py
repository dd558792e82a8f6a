"""The pages of correspondence: nothing that was typed or sent is lost."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from certification.applications.models import Application
from certification.applications.states import State
from certification.correspondence.models import Attachment, Message
from institutions.models import User
from institutions.states import MemberRole, Role
from tests.correspondence.factories import make_attachment, make_message
from tests.factories import make_application, make_member, make_user

pytestmark = pytest.mark.django_db
CANARY = "Kanarek-w-wiadomości"


@pytest.fixture
def case() -> Application:
    return make_application(State.FORMAL_CHECK)


@pytest.fixture
def path(case: Application) -> str:
    return f"/wnioski/{case.pk}/wiadomosci/"


def text_file(name: str = "pismo.txt", text: str = "Pismo.\n") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def test_thread_shows_who_sees_it_and_what_was_written(
    case: Application, path: str, signed_in: Any
) -> None:
    make_attachment(
        case, by=case.opened_by, message=make_message(case, by=case.opened_by, text=CANARY)
    )
    for person in (case.opened_by, make_user(Role.OFFICE)):
        page = signed_in(person).get(path).content.decode()
        assert CANARY in page
        assert "wyciąg.pdf" in page
        assert "Kto widzi te wiadomości" in page


def test_message_with_files_is_sent(case: Application, path: str, signed_in: Any) -> None:
    client = signed_in(case.opened_by)
    answer = client.post(
        path, {"text": "Przesyłam.", "seen": 0, "attached": [text_file(), text_file("b.txt")]}
    )
    message = Message.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{path}#wiadomosc-{message.pk}")
    assert [file.filename for file in message.attachments.all()] == ["pismo.txt", "b.txt"]


def test_text_and_good_file_stay_when_another_is_refused(
    case: Application, path: str, signed_in: Any
) -> None:
    client = signed_in(case.opened_by)
    answer = client.post(
        path, {"text": CANARY, "seen": 0, "attached": [text_file(), text_file("a.exe")]}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert CANARY in page
    assert "a.exe: " in page
    assert [file.filename for file in answer.context["kept"]] == ["pismo.txt"]
    client.post(path, {"text": CANARY, "seen": 0})
    assert Message.objects.get().attachments.get().filename == "pismo.txt"


def test_file_stays_when_the_text_is_missing(case: Application, path: str, signed_in: Any) -> None:
    answer = signed_in(case.opened_by).post(path, {"seen": 0, "attached": [text_file()]})
    assert answer.status_code == 422
    assert Attachment.objects.get().message is None


def test_personal_numbers_are_pointed_out_before_they_go(
    case: Application, path: str, signed_in: Any
) -> None:
    client = signed_in(case.opened_by)
    file = text_file(text="PESEL 44051401359\n")
    answer = client.post(path, {"text": CANARY, "seen": 0, "attached": [file]})
    assert answer.status_code == 422
    assert "numer PESEL" in answer.content.decode()
    assert Message.objects.count() == 0
    assert client.post(path, {"text": CANARY, "seen": 0}).status_code == 302
    assert Message.objects.get().attachments.get().personal_numbers == 1


def test_newer_message_answers_409_and_keeps_the_text(
    case: Application, path: str, signed_in: Any
) -> None:
    make_message(case, by=make_user(Role.OFFICE), text="Prosimy o statut.")
    client = signed_in(case.opened_by)
    answer = client.post(path, {"text": CANARY, "seen": 0})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert CANARY in page
    assert "Prosimy o statut." in page
    seen = answer.context["form"]["seen"].value()
    assert client.post(path, {"text": CANARY, "seen": seen}).status_code == 302


def test_reader_reads_and_does_not_write(case: Application, path: str, signed_in: Any) -> None:
    client = signed_in(make_member(case.institution, MemberRole.READER))
    assert "napisz" not in client.get(path).content.decode()
    assert client.post(path, {"text": "x", "seen": 0}).status_code == 403


def test_looking_reads_nothing_and_the_button_does(
    case: Application, path: str, signed_in: Any
) -> None:
    message = make_message(case, by=case.opened_by)
    client = signed_in(make_user(Role.OFFICE))
    assert client.get(path).context["unread"] == {message.pk}
    assert client.get(path).context["unread"] == {message.pk}
    assert client.post(f"{path}przeczytane/", {"last": message.pk}).status_code == 302
    assert client.get(path).context["unread"] == set()


def test_file_is_sent_as_an_attachment_to_who_may_read(
    case: Application, path: str, signed_in: Any
) -> None:
    attachment = make_attachment(case, by=case.opened_by)
    address = f"{path}pliki/{attachment.pk}/"
    answer = signed_in(make_user(Role.OFFICE)).get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 tresc"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    assert signed_in(make_user(Role.ASSESSOR)).get(address).status_code == 404


def test_file_of_another_case_is_not_found(case: Application, signed_in: Any) -> None:
    attachment = make_attachment(case, by=case.opened_by)
    other = make_application(State.SUBMITTED)
    address = f"/wnioski/{other.pk}/wiadomosci/pliki/{attachment.pk}/"
    assert signed_in(make_user(Role.OFFICE)).get(address).status_code == 404


def test_unsent_file_is_removed(case: Application, path: str, signed_in: Any) -> None:
    client = signed_in(case.opened_by)
    client.post(path, {"seen": 0, "attached": [text_file()]})
    kept = Attachment.objects.get()
    assert client.post(f"{path}pliki/{kept.pk}/usun/").status_code == 302
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_one_and_for_many(
    rows: int, signed_in: Any, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        one = make_application(State.SUBMITTED)
        make_message(one, by=one.opened_by)
    hidden = make_application(State.SUBMITTED)
    make_message(hidden, by=hidden.opened_by, text=CANARY)
    office: User = make_user(Role.OFFICE)
    hidden.conflicts.create(user=office, ground="advised", declared_by=office)
    client = signed_in(office)
    client.get("/wiadomosci/")
    with django_assert_num_queries(6):
        page = client.get("/wiadomosci/")
    assert len(page.context["page"].object_list) == rows
    assert hidden.institution.name not in page.content.decode()


def test_case_and_panel_say_that_something_is_new(case: Application, signed_in: Any) -> None:
    make_message(case, by=case.opened_by)
    client = signed_in(make_user(Role.OFFICE))
    assert "1 nowa" in client.get(f"/wnioski/{case.pk}/").content.decode()
    assert "Przeczytaj 1 nową wiadomość" in client.get("/panel/").content.decode()
    assert "1 now" not in signed_in(case.opened_by).get(f"/wnioski/{case.pk}/").content.decode()
