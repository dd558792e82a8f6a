"""Evidence shown in the page by a real browser, under the policy that shuts it in."""

import io
from typing import Any

import pikepdf
from PIL import Image
from playwright.sync_api import Page, expect

from certification.standards.models import EvidenceType
from institutions.states import MemberRole
from tests.factories import make_institution, make_member

from .hands import lead_on

RED = (255, 0, 0)


def red_pdf() -> bytes:
    """One page, red from edge to edge."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(300, 300))
    page.Contents = document.make_stream(b"1 0 0 rg 0 0 300 300 re f")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def red_picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (300, 200), RED).save(written, "PNG")
    return written.getvalue()


def shows_red(element: Any) -> bool:
    """Whether a good part of what is seen there is red."""
    seen = Image.open(io.BytesIO(element.screenshot())).convert("RGB")
    colours = seen.getcolors(seen.width * seen.height) or []
    red = sum(count for count, (r, g, b) in colours if r > 240 and g < 15 and b < 15)
    return red > seen.width * seen.height / 20


def send(page: Page, file: Any) -> None:
    page.get_by_label("Wybierz pliki").set_input_files(file)
    page.locator("[name=r1-type]").select_option(label="Statut")
    lead_on(page.get_by_role("button", name="Dodaj do biblioteki"))  # once all has come


def test_document_is_sent_and_seen(person: Any) -> None:
    institution = make_institution()
    EvidenceType.objects.create(code="statut", name_pl="Statut")
    page = person(make_member(institution, MemberRole.EDITOR))

    page.goto(f"/dowody/dodaj/{institution.pk}/")
    send(page, {"name": "Zażółć.pdf", "mimeType": "application/pdf", "buffer": red_pdf()})
    expect(page.get_by_role("heading", level=1)).to_have_text("Zażółć")

    page.locator(".viewer").scroll_into_view_if_needed()
    drawn = page.locator(".viewer__sheet img")
    expect(drawn).to_have_js_property("complete", True)
    assert shows_red(drawn)


def test_saved_file_keeps_its_polish_name(person: Any) -> None:
    institution = make_institution()
    EvidenceType.objects.create(code="statut", name_pl="Statut")
    page = person(make_member(institution))
    page.goto(f"/dowody/dodaj/{institution.pk}/")
    picture = {"name": "Żółta łąka.png", "mimeType": "image/png", "buffer": red_picture()}
    send(page, picture)

    expect(page.locator(".preview__picture img")).to_have_js_property("complete", True)
    assert shows_red(page.locator(".preview__picture"))
    with page.expect_download() as download:
        page.click(".preview__foot a")
    assert download.value.suggested_filename == "Żółta łąka.png"
