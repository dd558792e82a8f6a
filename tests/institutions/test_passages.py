"""A quoted passage is found again, and marked where it stands."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions import reading
from institutions.reading.passages import Passage, span_of, spans_in
from institutions.templatetags.viewer import marked, with_quoted
from institutions.viewing.spots import Region, Spot, quoted, with_passage
from tests.institutions.documents import pdf


def found(text: str, quote: str, before: str = "", after: str = "") -> str | None:
    span = span_of(text, Passage(quote, before, after))
    return text[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("text", "quote", "stands"),
    [
        ("Rada dzielnicy radzi.", "dzielnicy", "dzielnicy"),
        ("Rada  dzielnicy\nradzi.", "rada DZIELNICY radzi", "Rada  dzielnicy\nradzi"),
        ("Łódź i Kielce", "lodz", "Łódź"),
        ("a\tb", "ab", "a\tb"),
        ("uczest\u2010\r\nnictwo osób", "uczestnictwo", "uczest\u2010\r\nnictwo"),
        ("Rada", "rady", None),
        ("Rada", "", None),
        ("Rada", "  ", None),
        ("", "Rada", None),
    ],
)
def test_passage_is_found_as_people_copy_it(text: str, quote: str, stands: str | None) -> None:
    assert found(text, quote) == stands


def test_what_stood_around_says_which_place_is_meant() -> None:
    text = "W maju: plan. W czerwcu: plan gotowy."
    assert span_of(text, Passage("plan")) == (8, 12)
    assert span_of(text, Passage("plan", before="w czerwcu:")) == (25, 29)
    assert span_of(text, Passage("plan", after=" gotowy")) == (25, 29)


@given(st.text(max_size=60), st.text(min_size=1, max_size=20), st.text(max_size=60))
def test_what_was_copied_is_found_or_holds_no_letter(before: str, quote: str, after: str) -> None:
    span = span_of(before + quote + after, Passage(quote, before, after))
    if span is not None:
        assert 0 <= span[0] < span[1] <= len(before + quote + after)
    elif quote.isascii() and quote.isalnum() and before.isascii():
        pytest.fail("a plain word was not found again")


def test_passage_over_several_texts_is_cut_for_each() -> None:
    assert spans_in(["Ala ma", "kota i", "psa"], Passage("ma kota")) == [(4, 6), (0, 4), None]
    assert spans_in(["Ala", "kot"], Passage("pies")) == [None, None]


def test_blocks_of_a_document_hold_what_is_quoted() -> None:
    blocks: list[dict[str, Any]] = [
        {"kind": "heading", "text": "Plan", "level": 1},
        {"kind": "list", "items": [{"level": 0, "text": "raz"}, {"level": 0, "text": "dwa"}]},
        {"kind": "table", "table": 1, "rows": [{"number": 1, "cells": ["trzy", "cztery"]}]},
    ]
    shown = with_passage(blocks, Passage("dwa trzy"))
    assert marked(shown[1]["items"][1]["text"], "") == "<mark data-spot>dwa</mark>"
    assert marked(shown[2]["rows"][0]["cells"][0], "") == "<mark data-spot>trzy</mark>"
    assert marked(shown[0]["text"], "") == "Plan"


def test_marked_text_is_escaped_and_no_mark_goes_over_a_line() -> None:
    assert (
        marked(quoted("a <b>\nc", (2, 7)), "")
        == "a <mark data-spot>&lt;b&gt;</mark>\n<mark data-spot>c</mark>"
    )
    spot = Spot(passage=Passage("raz dwa"))
    assert with_quoted("<i> raz\n\ndwa", spot) == (
        "&lt;i&gt; <mark data-spot>raz</mark>\n\n<mark data-spot>dwa</mark>"
    )
    assert with_quoted("bez", None) == "bez"


def test_pdf_tells_where_a_passage_and_its_lines_stand() -> None:
    page = reading.page_of(
        io.BytesIO(pdf("pierwsza", "rada osiedla")), "pdf", 2, Passage("osiedla")
    )
    assert page
    [(x, y, width, height)] = page["places"]
    [(left, top, whole, _height, text)] = page["lines"]
    assert text == "rada osiedla"
    assert left < x < left + whole
    assert x + width <= left + whole + 10
    assert abs(y - top) < 40
    assert 0 < height < 400
    nowhere = reading.page_of(io.BytesIO(pdf("pierwsza")), "pdf", 1, Passage("osiedla"))
    assert nowhere
    assert nowhere["places"] == []


def test_region_is_measured_on_any_page() -> None:
    assert Region(0.1, 0.2, 0.5, 0.25).on(5000, 8000) == (500, 1600, 2500, 2000)
    assert Region(0, 0, 1, 1).on_picture == (0, 0, 10_000, 10_000)


def test_recording_plays_what_is_cited() -> None:
    assert Spot(second=75).moment == "#t=75"
    assert Spot(second=75, second_to=90).moment == "#t=75,90"
    assert Spot(page=3).moment == ""
