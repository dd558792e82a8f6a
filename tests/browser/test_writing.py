"""Two people write for weeks: at once, offline, through a killed server, and lose no word."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from certification.applications import services
from certification.applications.models import Answer, Application
from certification.markup import word_count
from institutions.models import User
from institutions.states import MemberRole
from tests.factories import PASSWORD, make_application, make_member

from .conftest import PATIENCE, Faults, sign_in
from .hands import hears_nothing, lead_on, saved
from .killable import Server

Person = Callable[..., Page]
FIRST, LAST = "Pierwszy akapit opisuje spotkania.", "Ostatni akapit opisuje festyn."
BASE = f"{FIRST}\n\nŚrodkowy akapit zostaje bez zmian.\n\n{LAST}"
OFFLINE = re.compile("^Bez połączenia")


class Desk:
    """One page of one person, on which one answer is written."""

    def __init__(self, page: Page, application: Application, code: str = "A1.1") -> None:
        self.page, self.application, self.code = page, application, code
        self.typed: list[str] = []
        self.open()

    def open(self) -> None:
        self.page.goto(f"/wnioski/{self.application.pk}/odpowiedzi/{self.code}/")

    @property
    def field(self) -> Any:
        return self.page.get_by_role("textbox", name="Odpowiedź")

    @property
    def state(self) -> Any:
        return self.page.locator("[data-save-state]")

    @property
    def answer(self) -> Answer:
        return self.application.answers.get(criterion__code=self.code)

    def write(self, words: str, after: str = "") -> None:
        """Type behind the given words, or at the end; key by key, as people do."""
        self.field.evaluate(
            "(field, after) => { field.focus();"
            " const at = after ? field.value.indexOf(after) + after.length : field.value.length;"
            " field.setSelectionRange(at, at); }",
            after,
        )
        self.page.keyboard.type(words, delay=10)
        self.typed += words.split()

    def is_saved(self) -> None:
        """All that stands in the field has been saved, as the page says itself."""
        saved(self.state, timeout=2 * PATIENCE)
        assert all(word in self.answer.text for word in self.field.input_value().split())


@pytest.fixture
def draft() -> Application:
    application = make_application()
    services.save_answer(
        application,
        application.criteria().get(code="A1.1"),
        by=application.opened_by,
        self_rating=None,
        text=BASE,
        expected_version=0,
    )
    return application


@pytest.fixture
def colleague(draft: Application) -> User:
    return make_member(draft.institution, MemberRole.EDITOR, full_name="Ewa Redaktorka")


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    server.start()
    yield server
    server.kill()


@pytest.fixture
def at_server(browser: Browser, server: Server, signed_in: Any) -> Iterator[Callable[..., Page]]:
    """A page of somebody's own browser, on the server that can be killed."""
    contexts = []

    def page_of(user: User) -> Page:
        context = browser.new_context(base_url=server.url, locale="pl-PL")
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, user, signed_in, server.url)
        return page

    yield page_of
    for context in contexts:
        context.close()


def test_two_write_at_once_offline_and_through_a_killed_server(
    draft: Application, colleague: User, server: Server, at_server: Callable[..., Page]
) -> None:
    mine, hers = at_server(draft.opened_by), at_server(colleague)
    me, her = Desk(mine, draft), Desk(hers, draft)
    elsewhere = Desk(hers.context.new_page(), draft, "A1.2")

    # both in one answer, and one of them in another as well
    me.write(" Przychodzi czterdzieści osób.", after=FIRST)
    her.write(" Trwa dwa dni.", after=LAST)
    elsewhere.write("Statut mówi o społeczności.")
    me.write(" Spotykamy się co wtorek.", after="czterdzieści osób.")
    for desk in (me, her, elsewhere):
        desk.is_saved()

    # one goes offline and goes on writing, the other does too, and it comes together
    mine.context.set_offline(True)
    me.write(" Prowadzi je animatorka.", after="co wtorek.")
    expect(me.state).to_have_text(OFFLINE)
    her.write(" Gotuje koło gospodyń.", after="dwa dni.")
    her.is_saved()
    mine.context.set_offline(False)
    me.is_saved()
    expect(me.field).to_have_value(re.compile("Gotuje koło gospodyń"))

    # the server dies in the middle of it all; one goes on, the other closes the page in despair
    me.write(" Notujemy", after="animatorka.")
    her.write(" Zagra orkiestra", after="gospodyń.")
    server.kill()
    me.write(" wnioski.", after="Notujemy")
    her.write(" strażacka.", after="orkiestra")
    expect(me.state).to_have_text(OFFLINE)
    expect(her.state).to_have_text(OFFLINE)
    hers.close()
    server.start()
    me.is_saved()
    her.page = elsewhere.page.context.new_page()
    her.open()
    her.is_saved()

    for desk in (me, her, elsewhere):
        text = desk.answer.text
        assert [word for word in desk.typed if word not in text] == []
    assert draft.answers.get(criterion__code="A1.1").text.startswith(FIRST)


def test_two_in_one_sentence_get_a_choice(
    draft: Application, colleague: User, person: Person
) -> None:
    me, her = Desk(person(draft.opened_by), draft), Desk(person(colleague), draft)
    hears_nothing(me.page)
    her.write(" Tańczymy.", after=LAST)
    her.is_saved()
    me.write(" Śpiewamy.", after=LAST)
    choice = me.page.get_by_role("alert")
    expect(choice).to_contain_text("Ewa Redaktorka")
    expect(me.field).to_have_value(re.compile("Śpiewamy"))
    assert "Śpiewamy" not in me.answer.text

    choice.get_by_role("button", name="Połącz oba").press("Enter")

    me.is_saved()
    assert "Tańczymy." in me.answer.text
    assert "Śpiewamy." in me.answer.text


def test_what_was_not_sent_survives_a_reload_and_goes_from_another_page(
    draft: Application, person: Person, faults: Faults
) -> None:
    faults.expected.append("net::ERR_")
    me = Desk(person(draft.opened_by), draft)
    me.page.route("**/zapis/", lambda route: route.abort())
    me.write(" Po burzy.", after=LAST)
    expect(me.state).to_have_text(OFFLINE)
    me.page.reload()
    expect(me.field).to_have_value(f"{BASE} Po burzy.")
    expect(me.state).to_have_text(OFFLINE)

    with me.page.expect_response("**/A1.1/zapis/"):
        me.page.unroute("**/zapis/")
        me.page.goto(f"/wnioski/{draft.pk}/odpowiedzi/A1.2/")

    assert me.answer.text == f"{BASE} Po burzy."
    me.page.wait_for_function("!Object.keys(localStorage).some(key => key.startsWith('answer:'))")


def test_one_signs_in_again_and_goes_on(draft: Application, person: Person) -> None:
    me = Desk(person(draft.opened_by), draft)
    me.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    me.write(" Po przerwie.", after=LAST)
    expect(me.state).to_contain_text("Sesja wygasła")

    with me.page.expect_popup() as popup:
        me.state.get_by_role("link", name="Zaloguj się ponownie").click()
    enter(popup.value, draft.opened_by)
    popup.value.close()

    me.is_saved()
    assert me.answer.text == f"{BASE} Po przerwie."


def test_what_comes_later_does_not_lead_away_from_the_text(
    draft: Application, person: Person
) -> None:
    me = Desk(person(draft.opened_by), draft)
    me.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    here = me.page.url
    me.page.locator("#wyniki").scroll_into_view_if_needed()
    said = me.page.locator("[data-signed-out]")
    expect(said).to_contain_text("Sesja wygasła")
    assert me.page.url == here

    with me.page.expect_popup() as popup:
        said.get_by_role("link", name="Zaloguj się ponownie").click()
    enter(popup.value, draft.opened_by)
    popup.value.close()
    me.page.evaluate("window.dispatchEvent(new Event('focus'))")

    expect(me.page.locator("#wyniki")).to_contain_text("W bibliotece nie ma nic więcej")
    expect(said).to_be_hidden()


@pytest.mark.parametrize("place", [FIRST, LAST])
def test_two_tabs_closed_offline_keep_both_texts(
    place: str, draft: Application, person: Person
) -> None:
    one = Desk(person(draft.opened_by), draft)
    two = Desk(one.page.context.new_page(), draft)
    spare = one.page.context.new_page()
    one.page.context.set_offline(True)
    one.write(" Karta pierwsza.", after=LAST)
    two.write(" Karta druga.", after=place)
    for desk in (one, two):
        expect(desk.state).to_have_text(OFFLINE)
    for desk in (one, two):
        desk.page.close()
    spare.context.set_offline(False)

    me = Desk(spare, draft)
    if place == LAST:  # both changed the same place: neither is taken without asking
        spare.get_by_role("button", name="Połącz oba").click()
    expect(me.field).to_have_value(re.compile("Karta druga", re.DOTALL))
    expect(me.field).to_have_value(re.compile("Karta pierwsza", re.DOTALL))
    me.is_saved()
    spare.wait_for_function("!Object.keys(localStorage).some(key => key.startsWith('answer:'))")


def test_somebody_else_signed_in_here_saves_nothing_of_mine(
    draft: Application, colleague: User, person: Person, signed_in: Any, live_server: Any
) -> None:
    me = Desk(person(draft.opened_by), draft)
    sign_in(me.page, colleague, signed_in, live_server.url)
    me.page.evaluate("fetch('/sesja/znacznik/')")
    me.write(" Nie pod jej nazwiskiem.", after=LAST)
    expect(me.state).to_contain_text("zalogowany ktoś inny")
    assert me.answer.text == BASE


def test_signing_out_saves_first_and_forgets(draft: Application, person: Person) -> None:
    me = Desk(person(draft.opened_by), draft)
    me.write(" Na do widzenia.", after=LAST)
    me.page.locator("form[data-forget-drafts]").first.evaluate("form => form.requestSubmit()")
    expect(me.page.locator("body:not([data-user])")).to_be_attached()
    assert me.answer.text == f"{BASE} Na do widzenia."
    kept = me.page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('answer:'))")
    assert kept == []


def test_by_keyboard_alone(draft: Application, person: Person) -> None:
    me = Desk(person(draft.opened_by), draft, "A1.2")
    keys = me.page.keyboard
    expect(me.page.get_by_role("toolbar")).to_be_visible()
    me.field.focus()
    keys.type("Robimy to ")
    keys.press("Control+b")
    keys.type("razem")
    keys.press("End")
    keys.press("Enter")
    keys.type("- festyn")
    keys.press("Enter")
    keys.type("warsztaty")
    for _time in range(2):
        keys.press("Enter")
    keys.type("Koniec.")
    expect(me.field).to_have_value("Robimy to **razem**\n- festyn\n- warsztaty\n\nKoniec.")
    me.is_saved()

    keys.press("Shift+Tab")  # the toolbar is one stop, its arrows lead on
    for _time in range(3):
        keys.press("ArrowRight")
    keys.press("Enter")
    expect(me.field).to_have_value(re.compile("1. Koniec.$"))
    keys.press("Control+z")
    expect(me.field).to_have_value(re.compile("\n\nKoniec.$"))

    me.page.locator(".writing-preview summary").press("Enter")
    preview = me.page.locator("[data-preview]")
    expect(preview.get_by_role("strong")).to_have_text("razem")
    expect(preview.get_by_role("listitem")).to_have_text(["festyn", "warsztaty"])


def test_words_are_counted_as_the_server_counts_them(draft: Application, person: Person) -> None:
    texts = [
        "Co dzień – ok. 5 osób",
        "1. raz\n2) dwa\n\n- trzy\n  * cztery",
        "**biało-czerwony** … *** ½ Ⅷ 日本 w\u00a0domu\u2028nowa\u3000linia\x1cx\x85y\ufeffz",
        "",
    ]
    page = person(draft.opened_by)
    page.goto("/panel/")
    counted = page.evaluate(
        "async (texts) => { const { wordCount } = await import('/static/js/word-count.js');"
        " return texts.map(wordCount); }",
        texts,
    )
    assert counted == [word_count(text) for text in texts]


def test_too_many_words_are_said_and_saved(draft: Application, person: Person) -> None:
    me = Desk(person(draft.opened_by), draft)
    long = "słowo " * 601
    me.field.fill(long)
    expect(me.page.locator("[data-too-long]")).to_be_visible()
    me.is_saved()
    assert me.answer.text == long


def test_on_a_phone_the_index_stands_below_and_nothing_sticks_out(
    draft: Application, person: Person
) -> None:
    me = Desk(person(draft.opened_by, viewport={"width": 360, "height": 740}), draft)
    me.write(" Z telefonu.", after=LAST)
    me.is_saved()
    me.page.get_by_role("link", name="Wszystkie kryteria").click()
    index = me.page.get_by_role("navigation", name="Wszystkie kryteria")
    expect(index.get_by_role("link", name=re.compile("A1.1.*zaczęta"))).to_be_in_viewport()
    me.page.goto(f"/wnioski/{draft.pk}/standardy/A1/")
    expect(me.page.get_by_role("textbox", name="Odpowiedź")).to_have_count(2)
    assert me.page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_whole_standard_saves_each_answer_by_itself(draft: Application, person: Person) -> None:
    page = person(draft.opened_by)
    page.goto(f"/wnioski/{draft.pk}/standardy/A1/")
    for field in page.get_by_role("textbox", name="Odpowiedź").all():
        field.press("End")
        field.press_sequentially(" Razem.")
    for state in page.locator("[data-save-state]").all():
        saved(state)
    texts = draft.answers.order_by("criterion").values_list("text", flat=True)
    assert [text.count("Razem.") for text in texts] == [1, 1]


def test_without_javascript_one_chooses_and_brings_back(
    draft: Application, colleague: User, person: Person
) -> None:
    me = Desk(person(draft.opened_by, java_script_enabled=False), draft)
    services.save_answer(
        draft,
        me.answer.criterion,
        by=colleague,
        self_rating=None,
        text=f"{BASE} Tańczymy.",
        expected_version=1,
    )
    me.field.fill(f"{BASE} Śpiewamy.")
    lead_on(me.page.get_by_role("button", name="Zapisz", exact=True).last)
    lead_on(me.page.get_by_role("button", name="Weź tekst zapisany"))
    assert me.answer.text == f"{BASE} Tańczymy."

    lead_on(me.page.get_by_role("link", name="Wcześniejsze wersje"))
    expect(me.page.locator(".answer__text")).to_contain_text("Śpiewamy.")
    lead_on(me.page.get_by_role("button", name="Przywróć ten tekst"))
    assert me.answer.text == f"{BASE} Śpiewamy."


def enter(page: Page, user: User) -> None:
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Hasło").fill(PASSWORD)
    lead_on(page.get_by_role("main").get_by_role("button", name="Zaloguj się"))
    expect(page.get_by_role("button", name="Zaloguj się")).to_have_count(0)
