"""Hands at a page: what leads on, what saves itself, and a keyboard where nobody has a mouse.

A page that is left goes on answering until the next one is there. So whatever leads on waits for
the page that comes, and nobody looks at the old one by mistake.
"""

import re

from playwright.sync_api import Locator, Page, expect

FURTHEST = 200  # presses of Tab before one gives up
COVERED = """(element) => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const lowest = Math.min(bottom, innerHeight), highest = Math.max(top, 0);
  const seen = document.elementFromPoint((left + right) / 2, (highest + lowest) / 2);
  return !seen || !(element.contains(seen) || seen.contains(element));
}"""
UNMARKED = """(element) => {
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  return (outlineStyle === "none" || outlineWidth === "0px") && boxShadow === "none";
}"""
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

SAVED, SAID = re.compile("^(saved|merged)$"), re.compile(r"^Zapisano \d\d:\d\d")


def lead_on(target: Locator) -> None:
    """Click what leads to another page, and wait until that page is there with its scripts.

    A form that saves itself sends what was typed before it lets itself be sent: its click is over
    long before the page is left.
    """
    with target.page.expect_navigation():
        target.click()


def unfold(page: Page, words: str) -> None:
    """Open a fold by its key: suggestions that come in above it as soon as they are in sight would
    take it from under a pointer between the press of the button and its release.
    """
    page.get_by_text(words, exact=True).press("Enter")


def saved(state: Locator, timeout: float | None = None) -> None:
    """All that stands in the form is saved, to the last letter, as its page says."""
    expect(state).to_have_attribute("data-state", SAVED, timeout=timeout)
    expect(state).to_have_text(SAID)


def hears_nothing(page: Page) -> None:
    """Asking what others wrote gets no answer, saving does: else it may come in before a word
    is typed, and there is nothing to choose between."""
    page.route(
        "**/zapis/",
        lambda route: (
            route.fulfill(status=204) if route.request.method == "GET" else route.continue_()
        ),
    )


class Hands:
    """A person who has a keyboard and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def comes(self, address: str) -> None:
        self.page.goto(address)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)

    def tab_to(self, target: Locator) -> None:
        """Press Tab until it is there; whoever looks must see where they are."""
        expect(target).to_be_visible()
        for _press in range(FURTHEST):
            self.press("Tab")
            if target.evaluate("element => element === document.activeElement"):
                break
        expect(target).to_be_focused()
        expect(target).to_be_in_viewport()
        assert not target.evaluate(COVERED), f"something lies over {target}"
        assert not target.evaluate(UNMARKED), f"nobody sees the focus on {target}"

    def follow(self, name: str | re.Pattern[str]) -> None:
        self._enter(self.page.get_by_role("link", name=name).first)

    def push(self, name: str) -> None:
        self._enter(self.page.get_by_role("button", name=name, exact=True))

    def _enter(self, target: Locator) -> None:
        """Press Enter on what leads on to another page, and wait for that page."""
        self.tab_to(target)
        with self.page.expect_navigation():
            self.press("Enter")

    def fill(self, name: str, text: str) -> None:
        self.tab_to(self.page.get_by_role("textbox", name=name))
        self.types(text)

    def choose(self, level: str) -> None:
        """Tab leads into a group of radio buttons, the arrows lead on within it."""
        radios = self.page.get_by_role("radio")
        self.tab_to(radios.first)
        wanted = self.page.get_by_role("radio", name=re.compile(f"^{level}"))
        for _press in range(radios.count()):
            if wanted.is_checked():
                break
            self.press("ArrowDown")
        expect(wanted).to_be_checked()

    def fits(self) -> None:
        assert not self.page.evaluate(WIDER), f"{self.page.url} is wider than the window"

    def sees(self, *words: str) -> None:
        for each in words:
            expect(self.page.locator("main")).to_contain_text(each)

    def has_nothing_of(self, *words: str) -> None:
        """Not on the page and not in it, where a program might look."""
        content = self.page.content()
        assert [each for each in words if each in content] == [], self.page.url
