"""Envelopes, labels, lists and the test page: what they say, and that it fits."""

import re
from datetime import date
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from certification.documents.calibration import render_calibration
from certification.documents.dispatch_lists import (
    DispatchRow,
    ListSheet,
    render_ceremony_list,
    render_delivery_list,
)
from certification.documents.mailing import (
    ENVELOPES,
    LABELS,
    Address,
    envelope_that_fits,
    label_that_fits,
    render_envelope,
    render_label_sheet,
)
from certification.documents.sheets import Letterhead
from certification.errors import CannotDo
from certification.printruns.states import Envelope, Labels

from .sheets import ISSUER, text_of

DAY = date(2026, 5, 12)
SHORT = Address("Biblioteka w Żorach", ("Rynek 1", "44-240\u00a0Żory"))
LONG = Address(
    "Miejski Ośrodek Pomocy Społecznej – Centrum Pomocy Środowiskowej im. św. Brata Alberta "
    "Chmielowskiego w Zduńskiej Woli, Dział Organizowania Społeczności Lokalnej nr 2",
    ("ul. Generała Władysława Andersa 128 lok. 4", "98-220\u00a0Zduńska\u00a0Wola"),
)
ENDLESS = Address("Ośrodek " * 400, SHORT.lines)
ROW = DispatchRow(
    1, SHORT.name, SHORT.lines, "AE:PL-12345-67890-ABCDE-12", ("CAL/OSL/1/2026",), "list polecony"
)
SHEET = ListSheet("Lista wysyłkowa", "Wydruk nr 1: Gala", ISSUER.name, (ROW,), DAY)


def envelope(address: Address, form: str) -> bytes:
    return render_envelope(address, ISSUER, form=form, day=DAY)


def labels(*addresses: Address, form: str, first: int = 1) -> bytes:
    return render_label_sheet(list(addresses), form=form, first=first, issuer=ISSUER.name, day=DAY)


def documents() -> dict[str, bytes]:
    """For veraPDF (test_conformance)."""
    return {
        **{f"envelope-{form}": envelope(LONG, form) for form in ENVELOPES},
        "labels": labels(SHORT, LONG, form="3x8", first=5),
        "delivery-list": render_delivery_list(SHEET),
        "ceremony-list": render_ceremony_list(SHEET),
        "calibration": render_calibration(printer="HP", issuer=ISSUER.name, day=DAY),
    }


def test_choices_are_what_can_be_printed() -> None:
    assert set(Envelope.values) == set(ENVELOPES)
    assert dict(Labels.choices) == {form: label.name for form, label in LABELS.items()}


@pytest.mark.parametrize("form", ENVELOPES)
@pytest.mark.parametrize("address", [SHORT, LONG], ids=["short", "long"])
def test_an_envelope_has_its_size_and_both_addresses(form: str, address: Address) -> None:
    content = envelope(address, form)
    (page,) = PdfReader(BytesIO(content)).pages
    size = (ENVELOPES[form].width, ENVELOPES[form].height)
    sides = tuple(float(side) * 25.4 / 72 for side in (page.mediabox.width, page.mediabox.height))
    assert sides == pytest.approx(size, abs=0.1)
    text = text_of(content)
    for words in (ISSUER.name, "Miejski" if address is LONG else "Biblioteka", *address.lines):
        assert words.replace("\u00a0", " ") in text
    assert lowest(content) > 20 * 72 / 25.4  # sorting machines print below


def lowest(content: bytes) -> float:
    """How far from the lower edge the lowest text stands, in points."""
    found: list[float] = []

    def note(text: str, current: list[float], matrix: list[float], *others: object) -> None:
        if text.strip():
            found.append(matrix[5] * current[3] + current[5])

    PdfReader(BytesIO(content)).pages[0].extract_text(visitor_text=note)
    return min(found)


@pytest.mark.parametrize("form", LABELS)
def test_labels_lie_on_the_sheet_and_not_over_each_other(form: str) -> None:
    label = LABELS[form]
    columns = [label.left + column * label.step for column in range(label.across)]
    assert columns[0] >= 0
    assert columns[-1] + label.width <= 210.1
    assert all(right - left >= label.width for left, right in pairwise(columns))
    assert label.top >= 0
    assert label.top + label.down * label.height <= 297.1


def test_a_sheet_begins_at_the_first_free_label() -> None:
    assert "Żory" in text_of(labels(SHORT, form="2x4", first=8))
    with pytest.raises(ValueError, match="more addresses"):
        labels(SHORT, SHORT, form="2x4", first=8)


def test_what_does_not_fit_is_refused_before_it_is_printed() -> None:
    for form in ENVELOPES:
        envelope_that_fits(LONG, form=form)
    for form in LABELS:
        label_that_fits(LONG, form=form)
        with pytest.raises(CannotDo):
            label_that_fits(ENDLESS, form=form)
    with pytest.raises(CannotDo):
        envelope_that_fits(ENDLESS, form="dl")


def test_lists_say_part_and_day() -> None:
    part = ListSheet(SHEET.title, SHEET.run, SHEET.issuer, SHEET.rows, DAY, part=2, parts=3)
    text = text_of(render_delivery_list(part))
    for words in ("Lista wysyłkowa, część 2 z 3", "12 maja 2026 r.", "AE:PL-12345-67890-ABCDE-12"):
        assert words in text
    assert "podpis" in text_of(render_ceremony_list(SHEET))


def test_hostile_words_stay_words() -> None:
    hostile = Address("<b>x</b><img src='file:///etc/passwd'>", ("{{ 1 }}", "00-001 Łódź"))
    sender = Letterhead("</p><script>", "x")
    text = text_of(render_envelope(hostile, sender, form="c4", day=DAY))
    assert re.search(r"<b>x</b>\s*<img", text)
    assert "{{ 1 }}" in text


def test_the_same_gives_the_same_bytes() -> None:
    assert documents() == documents()
