"""The letterpress: lines, pages, and what is told to whoever listens to a letter."""

from dataclasses import replace
from typing import Any

import pytest

from certification.documents.fitting import printable
from certification.documents.render import render_letter
from certification.documents.sheets import Signatory
from certification.documents.typography import plain

from .sheets import ISSUER, PARAGRAPH, letter_sheet, reader, spaced, text_of, words_of

GRADIENT = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><defs><linearGradient id="g">'
    b'<stop offset="0" stop-color="#c00"/><stop offset="1" stop-color="#00c" stop-opacity=".3"/>'
    b'</linearGradient></defs><g opacity=".5"><rect width="20" height="20" fill="url(#g)"/></g>'
    b"</svg>"
)


def test_every_letter_that_can_be_printed_reads_back() -> None:
    letters = " ".join(sorted(c for c in printable() if plain(c)))
    assert letters in text_of(render_letter(letter_sheet(paragraphs=(letters,))))


def test_a_word_wider_than_a_line_goes_on_in_the_next() -> None:
    content = render_letter(letter_sheet(paragraphs=("W" * 200 + "i" * 900,)))
    assert "W" * 200 + "i" * 900 in text_of(content).replace(" ", "")
    assert all(word.right < 540 for page in words_of(content) for word in page)


def test_a_line_may_end_behind_a_hyphen_and_nowhere_else_in_a_word() -> None:
    content = render_letter(letter_sheet(paragraphs=("społeczno-kulturalny " * 40,)))
    (page,) = words_of(content)
    pieces = {word.text for word in page if word.text.startswith(("społeczno", "kulturalny"))}
    assert pieces == {"społeczno-kulturalny", "społeczno-", "kulturalny"}


@pytest.mark.parametrize("before", range(8, 22))
def test_three_lines_of_a_paragraph_at_least_stay_together(before: int) -> None:
    """Wherever a page ends in it."""
    paragraphs = ("Krótko.",) * before + ("alfa " * 250, "Koniec.")
    content = render_letter(letter_sheet(paragraphs=paragraphs))
    pages = [{word.top for word in page if word.text == "alfa"} for page in words_of(content)]
    assert sum(map(len, pages)) == 10
    assert all(len(lines) == 0 or len(lines) >= 3 for lines in pages)


def test_a_last_paragraph_longer_than_a_page_begins_on_the_first() -> None:
    content = render_letter(letter_sheet(paragraphs=(" ".join([PARAGRAPH] * 30),)))
    first, *_others, last = [
        spaced(page.extract_text()).count("Zażółć") for page in reader(content).pages
    ]
    assert (first > 5, last > 0) == (True, True)


def test_signatories_with_long_functions_are_printed_whole() -> None:
    long = "Prezes Zarządu Stowarzyszenia i Dyrektor Programu Certyfikacji"
    content = render_letter(letter_sheet(signatories=(Signatory("Jan Próbny", long),)))
    assert text_of(content).endswith(f"Jan Próbny {long}")


def test_a_letterhead_without_contact_and_a_letter_without_number_leave_no_gap() -> None:
    issuer = replace(ISSUER, address="", website="", email="")
    assert text_of(render_letter(letter_sheet(issuer=issuer, reference=""))).startswith(
        "Centrum Wspierania Aktywności Lokalnej CAL Warszawa, 12 maja 2016 r. Miejski"
    )


def test_a_mark_with_a_gradient_leaves_the_text_where_it_is() -> None:
    drawn = render_letter(letter_sheet(issuer=replace(ISSUER, mark=GRADIENT)))
    assert words_of(drawn) == words_of(render_letter(letter_sheet()))


def parts(content: bytes) -> list[Any]:
    """The elements of the document in the order in which they are read out."""
    document = reader(content).trailer["/Root"]["/StructTreeRoot"]["/K"]
    return [part.get_object() for part in document["/K"]]


def test_a_letter_is_read_out_from_its_head_to_its_signatures() -> None:
    told = [part["/S"] for part in parts(render_letter(letter_sheet()))]
    head, address, ending = ["/Figure", "/P", "/P"], ["/P"] * 3, ["/P"] * 4
    assert told == [*head, *address, "/H1", "/P", *["/P"] * 3, *ending]


def test_a_paragraph_on_two_pages_is_read_out_as_one() -> None:
    content = render_letter(letter_sheet(paragraphs=(" ".join([PARAGRAPH] * 10), "Koniec.")))
    (broken,) = [part for part in parts(content) if len(part["/K"]) > 1]
    assert [piece["/Pg"]["/StructParents"] for piece in broken["/K"]] == [0, 1]
