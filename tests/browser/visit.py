"""Somebody at an address, and how a page is brought into the state that is meant."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from playwright.sync_api import Locator, Page

from institutions.models import User

from .hands import lead_on

Act = Callable[[Page], Any]


@dataclass
class Visit:
    """Somebody at an address; `act` brings the page into the state that is meant."""

    who: User | None
    address: str
    act: Act | None = None


def at(name: str, *args: Any, query: str = "") -> str:
    return reverse(name, args=args) + query


def press(button: str) -> Act:
    """Send a form, and see the page that comes back."""
    return lambda page: lead_on(button_of(page, button))


def button_of(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("button", name=name).first


def as_another_tab_did(field: str, text: str, button: str) -> Act:
    """Save in a second tab first, so that this one is stale."""

    def act(page: Page) -> None:
        other = page.context.new_page()
        other.goto(page.url)
        for tab, words in ((other, f"{text} (druga karta)"), (page, text)):
            tab.get_by_role("textbox", name=field).fill(words)
            lead_on(tab.get_by_role("button", name=button, exact=True).last)
        other.close()

    return act
