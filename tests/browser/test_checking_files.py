"""Anybody drops a certificate's PDF on the page of verification; it never leaves the browser."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from playwright.sync_api import Locator, Page, Request, expect

from certification import clock
from tests.certificates.factories import withdraw_row, write_certificate

from .hands import lead_on


def choose(page: Page, content: bytes, name: str = "certyfikat.pdf") -> Locator:
    page.get_by_label("Wybierz plik PDF").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )
    return page.get_by_role("status")


def test_a_file_is_checked_without_being_sent(new_page: Callable[..., Page]) -> None:
    one = write_certificate(1, valid_from=date(2016, 5, 12), valid_to=date(2116, 5, 11))
    withdrawn = write_certificate(2)
    withdraw_row(withdrawn, clock.today())
    page = new_page()
    with page.expect_response("**" + reverse("issued_files_json")) as listed:
        page.goto("/weryfikacja/")
    expect(page.get_by_role("heading", name="Masz plik PDF?")).to_be_visible()
    listed.value.finished()

    page.context.set_offline(True)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # Playwright marks the handler
    answer = choose(page, b"1")  # as the factory fingerprints it
    expect(answer).to_contain_text("Ten certyfikat jest ważny")
    expect(answer).to_contain_text("od 12 maja 2016 do 11 maja 2116")
    expect(answer).to_contain_text("certyfikat.pdf")

    expect(choose(page, b"2")).to_contain_text("Ten certyfikat został odebrany")
    expect(answer).to_contain_text(withdrawn.withdrawal.reason)

    expect(choose(page, b"1 ", "zmieniony.pdf")).to_contain_text("Tego pliku nie wydaliśmy")
    assert asked == []

    page.context.set_offline(False)
    choose(page, b"1")
    lead_on(page.get_by_role("link", name=one.number))
    expect(page.get_by_role("heading", name="Ten certyfikat jest ważny")).to_be_visible()
