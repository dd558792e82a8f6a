"""A thread opened in a browser is read by that; what is typed and chosen survives a refusal."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from certification.applications.states import State
from certification.correspondence.models import Message
from certification.correspondence.overview import unread_in
from institutions.models import User
from institutions.states import Role
from tests.correspondence.factories import make_message
from tests.factories import make_application, make_user

from .hands import lead_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_message_is_read_by_looking_and_answered_with_a_file(
    person: Callable[[User], Page], tmp_path: Path
) -> None:
    case, office = make_application(State.SUBMITTED), make_user(Role.OFFICE)
    make_message(case, by=case.opened_by)
    page = person(office)
    page.goto(f"/wnioski/{case.pk}/wiadomosci/")
    expect(page.get_by_text("nowa", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Oznacz jako przeczytane")).to_have_count(0)
    assert unread_in(case, office) == 0

    paper, program = tmp_path / "pismo.txt", tmp_path / "program.exe"
    paper.write_text("Pismo.\n")
    program.write_text("MZ")
    page.get_by_label("Treść wiadomości").fill("Wystarczy wyciąg.")
    page.get_by_label("Pliki").set_input_files([paper, program])
    lead_on(page.get_by_role("button", name="Wyślij wiadomość"))
    expect(page.get_by_role("alert")).to_contain_text("program.exe")
    expect(page.get_by_label("Treść wiadomości")).to_have_value("Wystarczy wyciąg.")
    lead_on(page.get_by_role("button", name="Wyślij wiadomość"))
    expect(page.get_by_text("Wiadomość została wysłana.")).to_be_visible()
    message = Message.objects.latest("pk")
    assert [file.filename for file in message.attachments.all()] == ["pismo.txt"]
