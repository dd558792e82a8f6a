"""Signing in, and what belongs to one's own account."""

from collections.abc import Iterator

from playwright.sync_api import Page

from institutions.services.account import key_for as address_key
from tests.browser.visit import Act, Visit, at, press
from tests.factories import PASSWORD, make_user

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    yield Visit(None, at("account_login"))
    yield Visit(None, at("account_login"), _wrong_password(house))
    yield Visit(None, at("account_reset_password"))
    yield Visit(house.office, at("account_change_password"))
    for name in ("my_account", "my_data", "my_sessions"):
        yield Visit(house.office, at(name))
    yield Visit(house.office, at("my_data"), _without_a_name_of_mine)
    yield Visit(house.custodian, at("my_account"))
    yield Visit(house.administrator, at("my_email"), _my_password)
    yield Visit(None, at("my_email_confirm", address_key(house.assessor, "nowy@example.org")))
    yield Visit(None, at("my_email_confirm", "nic"))
    yield from _signed_in_elsewhere(house)
    yield Visit(house.office, at("account_logout"))
    yield Visit(house.office, at("session_restored"))


def _wrong_password(house: Ground) -> Act:
    def act(page: Page) -> None:
        page.get_by_label("E-mail").fill(house.office.email)
        page.get_by_label("Hasło").fill("nie to hasło")
        press("Zaloguj się")(page)

    return act


def _without_a_name_of_mine(page: Page) -> None:
    page.get_by_role("textbox", name="Imię i nazwisko").fill("")
    press("Zapisz")(page)


def _my_password(page: Page) -> None:
    page.get_by_label("Hasło").fill(PASSWORD)
    press("Potwierdź")(page)


def _signed_in_elsewhere(house: Ground) -> Iterator[Visit]:
    """Two devices, so that there is one to sign out."""
    somebody = make_user()

    def sign_in_twice(page: Page) -> None:
        for _turn in range(2):
            page.context.clear_cookies(name="sessionid")
            page.goto(at("account_login"))
            page.get_by_label("E-mail").fill(somebody.email)
            page.get_by_label("Hasło").fill(PASSWORD)
            press("Zaloguj się")(page)
        page.goto(at("my_sessions"))

    yield Visit(None, at("account_login"), sign_in_twice)
