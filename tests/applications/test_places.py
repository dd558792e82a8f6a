"""A place in a piece of evidence: what people type, and what is made of it."""

import pytest
from django.utils import translation

from certification.applications.places import NOWHERE, Place, Unreadable, read_place, understood
from institutions.models import EvidenceRevision

DOCUMENT = EvidenceRevision(file="a.pdf", content_type="application/pdf")
SLIDES = EvidenceRevision(
    file="a.pptx",
    content_type="application/vnd.openxmlformats-officedocument.presentationml.presentation",
)
FILM = EvidenceRevision(file="a.mp4", content_type="video/mp4")
LINK = EvidenceRevision(url="https://example.org/")


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("", NOWHERE),
        ("   ", NOWHERE),
        ("4", Place(page=4)),
        ("s. 4", Place(page=4)),
        ("s.4", Place(page=4)),
        ("Str. 12", Place(page=12)),
        ("strona 4", Place(page=4)),
        ("p. 4", Place(page=4)),
        ("s. 4-6", Place(page=4, page_to=6)),
        ("s. 4–6", Place(page=4, page_to=6)),
        ("strony 4 do 6", Place(page=4, page_to=6)),
        ("pp. 4–6", Place(page=4, page_to=6)),
        ("s. 4-4", Place(page=4)),
        ("slajd 5", Place(page=5)),
        ("załącznik 2, tabela", Place(spot="załącznik 2, tabela")),
        ("s. 4 i 7", Place(spot="s. 4 i 7")),
    ],
)
def test_place_in_a_document(typed, place):
    assert read_place(typed, DOCUMENT) == place


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("12:30", Place(second=750)),
        ("0:00", Place(second=0)),
        ("1:02:05", Place(second=3725)),
        ("90:00", Place(second=5400)),
        ("12:30-14:00", Place(second=750, second_to=840)),
        ("12:30 – 14:00", Place(second=750, second_to=840)),
        ("12 min", Place(second=720)),
        ("12 min 30 s", Place(second=750)),
        ("1 godz. 5 min", Place(second=3900)),
        ("po przerwie", Place(spot="po przerwie")),
    ],
)
def test_place_in_a_recording(typed, place):
    assert read_place(typed, FILM) == place


@pytest.mark.parametrize(
    ("typed", "revision"),
    [
        ("s. 0", DOCUMENT),
        ("6-4", DOCUMENT),
        ("12:30", DOCUMENT),
        ("12345", DOCUMENT),
        ("x" * 61, DOCUMENT),
        ("4", FILM),
        ("s. 4", FILM),
        ("12:75", FILM),
        ("1:62:05", FILM),
        ("14:00-12:30", FILM),
    ],
)
def test_place_that_cannot_be_there(typed, revision):
    with pytest.raises(Unreadable):
        read_place(typed, revision)


def test_place_behind_a_link_may_be_either():
    assert read_place("12:30", LINK) == Place(second=750)
    assert read_place("s. 4", LINK) == Place(page=4)


@pytest.mark.parametrize(
    ("place", "shown", "query"),
    [
        (NOWHERE, "", ""),
        (Place(page=4), "s. 4", "?strona=4"),
        (Place(page=4, page_to=6), "s. 4–6", "?strona=4"),
        (Place(second=750), "12:30", "?czas=750"),
        (Place(second=3725, second_to=3800), "1:02:05–1:03:20", "?czas=3725"),
        (Place(spot="arkusz 2"), "arkusz 2", ""),
    ],
)
def test_place_as_it_is_shown(place, shown, query):
    with translation.override("pl"):
        assert (str(place), place.query) == (shown, query)


@pytest.mark.parametrize("typed", ["s. 4", "s. 4–6"])
def test_place_shown_may_be_typed_again(typed):
    with translation.override("pl"):
        assert str(read_place(typed, DOCUMENT)) == typed


@pytest.mark.parametrize(
    ("typed", "revision", "told"),
    [
        ("", DOCUMENT, ""),
        ("s. 4–6", DOCUMENT, "otwiera się na stronie 4"),
        ("5", SLIDES, "otwiera się na slajdzie 5"),
        ("12:30", FILM, "odtwarza się od 12:30"),
        ("arkusz 2", DOCUMENT, "pokazujemy obok dowodu"),
        ("s. 4", LINK, "pokazujemy obok dowodu"),
    ],
)
def test_place_says_what_was_understood(typed, revision, told):
    with translation.override("pl"):
        assert understood(read_place(typed, revision), revision) == told
