"""A real Chromium, people in front of it, and a record of everything that goes wrong in it.

Playwright is driven directly: its pytest plugin keeps an event loop running for the whole
session, in which Django refuses to touch the database in every test that follows.
"""

import os
import re
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from institutions.models import User

DEBIAN_CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 20_000  # ms; a busy machine is slow, not broken
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}

# A page that did not load is judged by its status, not by Chromium's remark about it.
CHROMIUM_REMARK = "Failed to load resource: the server responded with a status of 4"


OFFLINE = "net::ERR_INTERNET_DISCONNECTED"  # a test took the connection away

# Asking to save, one is told in JSON what became of it: signed out, chosen by two, refused.
SAVING = re.compile(r"/(odpowiedzi|oceny/\d+)/[^/]+/zapis/$")
NOT_SAVED = {403, 409, 422}

FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them on one worker: two Chromiums at once would only slow each other down."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    executable = DEBIAN_CHROMIUM if DEBIAN_CHROMIUM.exists() else None
    # sync Playwright runs a loop in this very thread, which Django takes for asynchronous code
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            expect.set_options(timeout=PATIENCE)
            chromium = playwright.chromium.launch(
                executable_path=executable, args=QUIET, timeout=4 * PATIENCE
            )
            yield chromium
            chromium.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def live_server(django_db_setup: None) -> Iterator[LiveServer]:
    """The program as a person meets it, its static files straight from their folders."""
    with override_settings(WHITENOISE_AUTOREFRESH=True, WHITENOISE_USE_FINDERS=True):
        server = LiveServer("localhost")
        yield server
        server.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Let fixtures know whether their test failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@dataclass
class Faults:
    """What no page may do: complain in the console, break its CSP, fail on the server."""

    origin: str
    seen: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=lambda: [OFFLINE])  # what the console may say

    def watch(self, page: Page) -> None:
        page.on("console", lambda message: self._console(page, message))
        page.on("pageerror", lambda error: self.seen.append(f"{page.url}: {error}"))
        page.on("response", self._response)

    def violated(self, source: Any, directive: str) -> None:
        self.seen.append(f"{source['page'].url}: against the CSP, {directive}")

    def _console(self, page: Page, message: Any) -> None:
        if message.type == "error" and not self._is_expected(message.text):
            self.seen.append(f"{page.url}: console: {message.text}")

    def _is_expected(self, text: str) -> bool:
        return text.startswith(CHROMIUM_REMARK) or any(part in text for part in self.expected)

    def _response(self, response: Response) -> None:
        if SAVING.search(response.url) and response.status in NOT_SAVED:
            return
        ours = response.url.startswith(self.origin)
        is_part = response.request.resource_type != "document"
        if ours and (response.status >= 500 or (is_part and response.status >= 400)):
            self.seen.append(f"{response.status} {response.url}")


@pytest.fixture
def faults(live_server: LiveServer) -> Iterator[Faults]:
    faults = Faults(origin=live_server.url)
    yield faults
    assert faults.seen == []


@pytest.fixture
def new_page(
    browser: Browser,
    live_server: LiveServer,
    settings: Any,
    faults: Faults,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> Iterator[Callable[..., Page]]:
    """`new_page()` opens a window of its own, in Polish, with nobody signed in.

    After a failed test it leaves a picture of what each window showed.
    """
    settings.SITE_URL = live_server.url
    contexts: list[BrowserContext] = []

    def open_window(**options: Any) -> Page:
        options = {"viewport": WIDE, "locale": "pl-PL", "reduced_motion": "reduce", **options}
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(PATIENCE)
        context.expose_binding("reportViolation", faults.violated)
        context.add_init_script(
            "addEventListener('securitypolicyviolation', (event) =>"
            " reportViolation(`${event.violatedDirective} ${event.blockedURI}`))"
        )
        context.on("page", faults.watch)
        contexts.append(context)
        return context.new_page()

    yield open_window
    for number, context in enumerate(contexts):
        if request.node.stash.get(FAILED, False):
            for page in context.pages:
                picture = tmp_path / f"window-{number}.png"
                page.screenshot(path=picture, full_page=True)
                print(f"{page.url} looked like {picture}")
        context.close()
    _wait_for_the_last_answers()


def _wait_for_the_last_answers() -> None:
    """A page closed in the middle of a request leaves its answer at work: on rows that now go."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:  # one for each connection of a browser
            thread.join(timeout=PATIENCE / 1000)
            assert not thread.is_alive(), "the server still answers a window that is closed"


@pytest.fixture
def person(
    new_page: Callable[..., Page], signed_in: Callable[[User], Any], live_server: LiveServer
) -> Callable[..., Page]:
    """`person(user)` gives a page on which that person is signed in already."""

    def page_of(user: User, **options: Any) -> Page:
        page = new_page(**options)
        sign_in(page, user, signed_in, live_server.url)
        return page

    return page_of


def sign_in(page: Page, user: User, signed_in: Callable[[User], Any], url: str) -> None:
    """Put the session's cookie into the browser, without the form."""
    cookie = signed_in(user).cookies[django_settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "domain": urlsplit(url).hostname, "path": "/"}]
    )
