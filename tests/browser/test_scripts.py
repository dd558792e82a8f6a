"""What people type is text on every page: it runs nothing, fetches nothing, sends nothing.

Every free text of the database is replaced by hostile ones, past the forms, and every page is
opened by those who may see it. Faults of conftest.py fail the test at the first breach of the CSP.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from certification.audit.append_only import unguarded
from institutions.models import Evidence, EvidenceRevision, Upload, User
from institutions.services.describing import set_tags
from tests.access.answers import EXPECTED
from tests.access.world import PEOPLE, World, make_world
from tests.applications.factories import make_file
from tests.factories import make_evidence
from tests.test_conventions import OURS

from .test_accessibility import NO_PAGES

STRANGER = "//stranger.invalid"
PAYLOADS = (
    "\"'><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "{{7*7}}${alert(1)}`{% debug %}",
    f'" hx-get="{STRANGER}/" data-hx-get="{STRANGER}/" hx-trigger="load" onfocus="alert(1)" x="',
    "javascript:alert(1)//",
    '<a href="javascript:alert(1)" autofocus onfocus=alert(1)>a</a>',
    f"</title></textarea></select><iframe src={STRANGER}></iframe><base href={STRANGER}/>",
    f'<style>@import "{STRANGER}"</style><form action={STRANGER}><meta http-equiv=refresh>',
    "&lt;script&gt;alert(1)&lt;/script&gt;<!--",
)
# what programs read: codes, keys, hashes, numbers, addresses that are checked as they come in
NOT_TYPED = """
number code sha256 token_sha256 hash previous verb subject case series email issuer_email password
content_type search_text manifest nip regon krs teryt edition letter standard findings url
verification_url link unsubscribe_url
"""
KEYS = {"letters.BankParagraph.function", "letters.LetterParagraph.function"}
PLANTED = """() => [...document.querySelectorAll(
  "[onerror], [onload], [onfocus], [onclick], base, style, meta[http-equiv],"
  + "iframe[src*='stranger'], script:not([src]):not([type='application/json']),"
  + "[hx-get*='stranger'], [data-hx-get],"
  + "form[action*='stranger'], a[href^='javascript'], [src='x'], [action^='javascript']"
)].map((one) => one.outerHTML.slice(0, 200))"""
# a draft that holds these words, in what keep-draft.js left in the browser
KEPT = """(words) => Object.entries(localStorage).some(([key, draft]) =>
  key.startsWith("draft:") && JSON.parse(draft).fields.some(([, value]) => value === words))"""


@dataclass
class Strangers:
    """Dialogs that opened, and requests that went anywhere but to our own server."""

    origin: str
    seen: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> Page:
        page.on("dialog", self._dialog)
        page.on("request", lambda request: self._request(page, request.url))
        return page

    def _dialog(self, dialog: Any) -> None:
        self.seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, page: Page, address: str) -> None:
        if not address.startswith((self.origin, "data:", "blob:", "about:")):
            self.seen.append(f"{page.url} asked {address}")


@pytest.fixture
def strangers(live_server: LiveServer) -> Iterator[Strangers]:
    strangers = Strangers(origin=live_server.url)
    yield strangers
    assert strangers.seen == []


def typed_fields() -> Iterator[models.Field]:
    """Every column that holds a person's own words."""
    for app in OURS:
        for model in app.get_models():
            for each in model._meta.concrete_fields:
                is_text = isinstance(each, (models.CharField, models.TextField))
                is_file = isinstance(each, models.FileField)
                is_key = (
                    f"{model._meta.label}.{each.name}" in KEYS or each.name in NOT_TYPED.split()
                )
                if is_text and not (is_file or is_key or each.choices):
                    yield each


def hostile(pk: Any, limit: int | None, start: int) -> str:
    """As many of the payloads as fit, beginning with another one each time, after the key."""
    words = f"{pk} "
    for payload in islice(cycle(PAYLOADS), start, start + len(PAYLOADS)):
        if len(words) + len(payload) <= (limit or 5000):
            words += payload
    return words[:limit]


def poison() -> None:
    """Put hostile words into every text there is, whatever the forms and the guards say."""
    with unguarded(connection):
        for start, each in enumerate(typed_fields()):
            filled = each.model._default_manager.exclude(**{each.name: ""})
            for number, pk in enumerate(filled.values_list("pk", flat=True)):
                words = hostile(pk, each.max_length, (start + number) % len(PAYLOADS))
                each.model._default_manager.filter(pk=pk).update(**{each.name: words})


def make_hostile_world() -> World:
    world = make_world()
    custodian = world.people["custodian"]
    institution = custodian.memberships.get().institution
    (evidence_pk,) = world.args["evidence_detail"]
    evidence = Evidence.objects.get(pk=evidence_pk)
    set_tags(evidence, ["pierwsza", "druga", "trzecia"])
    Evidence.objects.update(description="opis")
    link = make_evidence(institution).evidence
    Evidence.objects.filter(pk=link.pk).update(form="link")
    EvidenceRevision.objects.create(
        evidence=link,
        number=2,
        url=f"https://example.org/{PAYLOADS[0]}{PAYLOADS[4]}",
        sha256="0" * 64,
        personal_numbers=1,
        added_by=custodian,
    )
    make_file(institution, by=custodian)
    Upload.objects.create(institution=institution, filename="x", size=5, started_by=custodian)
    world.args["evidence_detail"] = [link.pk]
    poison()
    return world


def visits(world: World) -> Iterator[tuple[str, str]]:
    """Each page, as the custodian and as the last kind of person who may see it."""
    for (name, method), answers in EXPECTED.items():
        if method == "get" and name not in NO_PAGES.split():
            able = [who for who in PEOPLE if answers[who] == 200]
            custodian = [who for who in able if who == "custodian"]
            for who in dict.fromkeys(custodian + able[-1:]):
                yield who, reverse(name, args=world.args.get(name, []))
    (evidence,) = world.args["evidence_revise"]
    for address in (f"/dowody/{evidence}/", "/dowody/?kolejnosc=tytul", "/dowody/?od=9"):
        yield "custodian", address
    for who in ("custodian", "assessor", "office"):
        (case,) = world.args["case"]
        yield who, f"/wnioski/{case}/odpowiedzi/?widok=calosc"


def test_no_text_becomes_a_program(
    person: Callable[..., Page], new_page: Callable[..., Page], strangers: Strangers
) -> None:
    world = make_hostile_world()
    windows = {
        who: strangers.watch(person(User.objects.get(pk=user.pk)) if user else new_page())
        for who, user in world.people.items()
    }
    planted, shown = [], set()
    for who, address in visits(world):
        page = windows[who]
        response = page.goto(address)
        assert response is not None
        assert response.status in {200, 422}, f"{address} {response.status}"
        planted += [f"{who} at {address}: {one}" for one in page.evaluate(PLANTED)]
        if "alert(1)" in page.locator("main").inner_html():
            shown.add(address)
    assert planted == []
    (evidence,), (case,) = world.args["evidence_revise"], world.args["case"]
    shows = {"/dowody/", f"/dowody/{evidence}/", f"/wnioski/{case}/", "/instytucje/", "/osoby/"}
    assert shows - shown == set()
    assert len(shown) > 30, sorted(
        shown
    )  # the test would say little if the words were not on the pages


def test_no_script_of_ours_is_taken_in(person: Callable[..., Page], strangers: Strangers) -> None:
    """What scripts put on the page themselves: tags, a kept draft, the name of a chosen file."""
    words = "".join(PAYLOADS)
    world = make_world()
    (evidence,), (institution,) = world.args["evidence_change"], world.args["evidence_add"]
    set_tags(Evidence.objects.get(pk=evidence), [hostile(1, 50, start) for start in range(3)])
    page = strangers.watch(person(world.people["custodian"]))

    page.goto(f"/dowody/{evidence}/opis/")
    page.get_by_label("Opis").fill(words)
    tags = f"{PAYLOADS[2]}, {PAYLOADS[1]}, "
    page.get_by_label("Etykiety").fill(tags)
    page.wait_for_function(KEPT, arg=tags)
    page.reload()
    page.get_by_role("button", name="Przywróć").click()
    expect(page.get_by_label("Opis")).to_have_value(words)
    assert page.evaluate(PLANTED) == []

    page.goto(f"/dowody/dodaj/{institution}/")
    name = "\"'><img src=x onerror=alert(1)><svg onload=alert(1)>.txt"
    page.locator('input[type="file"]').first.set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": "Treść.".encode()}
    )
    expect(page.get_by_text("Przesłano w całości", exact=True)).to_be_visible()  # and named
    assert page.evaluate(PLANTED) == []


def test_every_app_has_texts_to_poison() -> None:
    labels = {each.model._meta.app_label for each in typed_fields()}
    without = {"audit", "numbering", "followup"}  # they hold no text that people type
    assert labels == {app.label for app in OURS if list(app.get_models())} - without
    assert apps.is_installed("institutions")
