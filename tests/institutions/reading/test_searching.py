"""Words in a document: found whatever their accents, shown where they stand."""

import io

import pytest

from certification.folding import fold
from institutions import reading
from institutions.reading.searching import folded, marks, pieces, snippet, spans, words_of
from tests.institutions.documents import pdf


@pytest.mark.parametrize("written", ["Łódź", "ŁÓDŹ", "z\u0307o\u0301łw", "ﬁrma ß Ⅻ", "a\u200bb"])
def test_letters_are_folded_as_everywhere_else(written: str) -> None:
    assert folded(written)[0] == fold(written)


def test_words_are_found_whatever_their_accents() -> None:
    said = "Spacer po Łodzi, w ŁODZI i w łódzkim."
    assert [said[start:end] for start, end in spans(said, words_of("lodzi"))] == ["Łodzi", "ŁODZI"]
    assert spans(said, words_of("łodzi kosmos")) == []
    assert spans(said, []) == []


def test_phrase_is_preferred_to_its_words() -> None:
    said = "park i park kieszonkowy"
    assert marks(said, words_of("park kieszonkowy")) == [(7, 23)]


def test_word_divided_between_lines_is_found_whole() -> None:
    for mark in ("\u2010\n", "\u2010\r\n", "\ufffe", "\u00ad"):
        said = f"społecz{mark}ność"
        assert spans(said, ["spolecznosc"]) == [(0, len(said))]


def test_snippet_is_cut_at_words() -> None:
    said = "słowo " * 40 + "Łódź " + "dalej " * 40
    cut = snippet(said, spans(said, ["lodz"]))
    assert cut[0] == ("…", False)
    assert ("Łódź", True) in cut
    assert cut[-1] == ("…", False)
    assert "".join(piece for piece, _mark in cut).strip("… ").split()[0] == "słowo"


def test_pieces_are_the_whole_text() -> None:
    assert pieces("abc", [(1, 2)]) == [("a", False), ("b", True), ("c", False)]


def test_pdf_search_names_the_pages() -> None:
    data = pdf("park", "", "park i staw", "staw")
    found = reading.found_in(io.BytesIO(data), "pdf", "STAW park")
    assert found == {
        "hits": [
            {
                "page": 3,
                "title": "",
                "snippet": [["park", True], [" i ", False], ["staw", True]],
            }
        ],
        "has_more": False,
        "has_text": True,
        "searched": 4,
        "is_cut": False,
    }


def test_scan_has_no_text_to_search() -> None:
    found = reading.found_in(io.BytesIO(pdf("", "")), "pdf", "park")
    assert found == {
        "hits": [],
        "has_more": False,
        "has_text": False,
        "searched": 2,
        "is_cut": False,
    }


def test_hits_are_a_hundred_at_most() -> None:
    found = reading.found_in(io.BytesIO(pdf(*["park"] * 102)), "pdf", "park")
    assert found is not None
    assert len(found["hits"]) == 100
    assert found["has_more"] is True
    assert found["is_cut"] is False
