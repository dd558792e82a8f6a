"""Certificates of both designs, lying and standing: thirty hard ones, measured in the PDF."""

import re
from itertools import combinations
from typing import Any

import pypdfium2
import pytest

from certification.documents.grounds import ground
from certification.documents.looks import LOOKS
from certification.documents.placing import POINTS, Box, Look
from certification.documents.render import render_certificate
from certification.documents.sheets import Signatory
from certification.documents.states import Design
from certification.errors import CannotDo

from .sheets import ISSUER, Word, certificate_sheet, reader, spaced, text_of
from .test_render_certificate import HARD_NAMES, as_printed

SEVEN_LINES = "\n".join(
    (
        "za wdrażanie Modelu Organizowania Społeczności Lokalnej,",
        "za dwadzieścia lat pracy z mieszkańcami osiedla „Młodynie”,",
        "za partnerstwo szkół, bibliotek i klubów seniora,",
        "za wolontariat, który przetrwał niejedną zimę,",
        "za ogród społeczny przy ulicy Żółwiej,",
        "za to, że nikt nie został sam,",
        "oraz za mądrą, cierpliwą obecność",
    )
)
LONG_REASON = (
    "za wdrażanie Modelu Organizowania Społeczności Lokalnej oraz wieloletnie, konsekwentne "
    "budowanie sieci współpracy między mieszkańcami, szkołami, parafiami, przedsiębiorcami "
    "i samorządem, dzięki której powstały grupy samopomocowe, bank czasu, świetlice środowiskowe, "
    "ogrody sąsiedzkie i lokalny fundusz inicjatyw, a mieszkańcy przejęli odpowiedzialność za "
    "kolejne przedsięwzięcia, ucząc się od siebie nawzajem i dzieląc doświadczeniem z innymi "
    "gminami województwa"
)
LONG_PERSON = Signatory(
    "prof. dr hab. inż. arch. Maria Magdalena Przybyszewska-Konstantynopolitańska "
    "z domu Brzęczyszczykiewicz",
    "Przewodnicząca Zarządu Stowarzyszenia, pełnomocniczka Zarządu do spraw certyfikacji, "
    "współpracy z samorządami i organizowania społeczności lokalnej",
)
TOWN = "Kalwaria Zebrzydowska – Brody (gmina Kalwaria Zebrzydowska, powiat wadowicki, Małopolska)"
LONG_NAME = HARD_NAMES[4]
LONG_ISSUER = (
    "Ogólnopolskie Stowarzyszenie Wspierania Aktywności Lokalnej i Organizowania Społeczności "
    "„Centrum Wspierania Aktywności Lokalnej CAL” z siedzibą w Warszawie"
)
PAIR = (LONG_PERSON, LONG_PERSON)
ADDRESS = "https://certyfikat.centrum-wspierania-aktywnosci-lokalnej.example.org/weryfikacja/"
CODE = "7K3M9QXP2VTD7K3M9QXP2VTD7K"

HARD: dict[str, dict[str, Any]] = {
    "plain": {},
    **{f"name-{n}": {"holder": HARD_NAMES[n]} for n in (0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 17, 19)},
    "name-in-capitals": {"holder": LONG_NAME.upper()[:180]},
    "name-cut": {"holder": HARD_NAMES[20]},
    "name-narrow": {"holder": HARD_NAMES[21]},
    "reason-of-seven-lines": {"reason": SEVEN_LINES},
    "reason-long": {"reason": LONG_REASON},
    "reason-long-name-long": {"reason": LONG_REASON, "holder": LONG_NAME},
    "reason-of-seven-lines-name-long": {"reason": SEVEN_LINES, "holder": LONG_NAME},
    "reason-quotes": {"reason": "za projekt „Ulica »Żabia« – 24 «domy», jeden podwórzec”"},
    "town-of-two-lines": {"place": TOWN},
    "people-long": {"signatories": PAIR},
    "function-long": {
        "signatories": (Signatory("", LONG_PERSON.function), Signatory("Jan Żak", "X"))
    },
    "label-long": {
        "validity_label": "na lata dwa tysiące szesnaście – dwa tysiące dwadzieścia jeden"[:60]
    },
    "resolution-long": {"resolution_number": "XXXVIII/1247/Zarząd/2016/nadzwyczajne"},
    "replaces": {"replaces": "CAL/OSL/11/2016", "number": "CAL/OSL/1234567/2016"},
    "issuer-long": {"issuer": ISSUER.__class__(name=LONG_ISSUER)},
    "address-long": {
        "verification_url": f"{ADDRESS}{CODE}/",
        "verification_code": "-".join(CODE[n : n + 4] for n in range(0, 26, 4)),
    },
    "everything": {
        "holder": LONG_NAME,
        "reason": SEVEN_LINES,
        "place": TOWN,
        "signatories": PAIR,
        "validity_label": "na lata dwa tysiące szesnaście – dwa tysiące dwadzieścia",
        "resolution_number": "XXXVIII/1247/Zarząd/2016/nadzwyczajne",
        "replaces": "CAL/OSL/1234567/2016",
        "issuer": ISSUER.__class__(name=LONG_ISSUER),
        "verification_url": f"{ADDRESS}{CODE}/",
        "verification_code": "-".join(CODE[n : n + 4] for n in range(0, 26, 4)),
    },
}
looks = pytest.mark.parametrize("look", LOOKS, ids="-".join)


def printed(look: tuple[str, str], **fields: Any) -> bytes:
    return render_certificate(certificate_sheet(design=look[0], orientation=look[1], **fields))


def inked(content: bytes) -> list[Word]:
    """The words of the one page, each as far as its ink goes."""
    with pypdfium2.PdfDocument(content) as document:
        [page] = document
        height, text = page.get_height(), page.get_textpage()
        words, letters = [], []
        for n in range(text.count_chars() + 1):
            letter = text.get_text_range(n, 1) if n < text.count_chars() else " "
            if letter.strip():
                letters.append((letter, text.get_charbox(n)))
            elif letters:
                left, bottom, right, top = zip(*(box for _letter, box in letters), strict=True)
                words.append(
                    Word(
                        "".join(letter for letter, _box in letters),
                        min(left),
                        height - max(top),
                        max(right),
                        height - min(bottom),
                    )
                )
                letters = []
        return words


def boxes(look: Look) -> list[Box]:
    return [look.mark, look.stack, look.facts, *look.signatures, look.qr, look.proof]


def inside(word: Word, box: Box, slack: float = 2.0) -> bool:
    """Whether the ink stays in the box; a letter may reach over its advance by `slack` points."""
    left, top = box.left * POINTS - slack, box.top * POINTS - slack
    right, bottom = left + box.width * POINTS + 2 * slack, top + box.height * POINTS + 2 * slack
    return left <= word.left and word.right <= right and top <= word.top and word.bottom <= bottom


def meet(a: Word, b: Word, slack: float = 0.1) -> bool:
    across = min(a.right, b.right) - max(a.left, b.left)
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    return across > slack and down > slack


def test_there_are_thirty_hard_ones() -> None:
    assert len(HARD) == 30


@looks
@pytest.mark.parametrize("fields", HARD.values(), ids=HARD)
def test_words_stay_in_their_boxes_and_apart(look: tuple[str, str], fields: dict[str, Any]) -> None:
    content = printed(look, **fields)
    words = inked(content)
    room = boxes(LOOKS[look])
    assert [word for word in words if not any(inside(word, box) for box in room)] == []
    assert [(a.text, b.text) for a, b in combinations(words, 2) if meet(a, b)] == []
    text = text_of(content)
    for name in ("reason", "place"):
        assert spaced(fields.get(name, "")) in text
    # a word too wide for a line is cut, so white space does not count here
    assert as_printed(fields.get("holder", "")).replace(" ", "") in text.replace(" ", "")


@looks
def test_boxes_lie_on_the_sheet_and_do_not_meet(look: tuple[str, str]) -> None:
    width, height = LOOKS[look].page
    places = [
        Word("", b.left, b.top, b.left + b.width, b.top + b.height) for b in boxes(LOOKS[look])
    ]
    for box in places:
        assert box.left > 0 < box.top
        assert box.right < width
        assert box.bottom < height
    # the quiet zone of the code may touch what stands beside it
    assert [pair for pair in combinations(places, 2) if meet(*pair, slack=0.5)] == []


@looks
def test_page_is_a4_as_the_design_says(look: tuple[str, str]) -> None:
    box = reader(printed(look)).pages[0].mediabox
    size = [round(float(side) / POINTS) for side in (box.width, box.height)]
    assert size == list(LOOKS[look].page)


@looks
def test_words_are_read_in_the_same_order_in_every_design(look: tuple[str, str]) -> None:
    """But for the space where the address breaks."""
    first = printed((Design.CLASSIC, "landscape"))
    assert text_of(printed(look)).replace("/ ", "/") == text_of(first)


def test_text_is_pure_black() -> None:
    page = reader(printed((Design.MODERN, "landscape"))).pages[0]
    assert b"0 0 0 rg" in page.get_contents().get_data()


@pytest.mark.parametrize("design", [Design.CLASSIC, Design.MODERN])
def test_ornament_follows_the_number_and_nothing_else(design: Design) -> None:
    def drawn(**fields: Any) -> tuple[bytes, list[bytes]]:
        sheet = certificate_sheet(design=design, **fields)
        drawing = ground(sheet, LOOKS[design, "landscape"])
        return drawing.packed, drawing.pieces

    assert drawn() == drawn(holder="Inna nazwa")
    others = {str(drawn(number=f"CAL/OSL/{n}/2016")) for n in range(40)}
    assert len(others) == 40


@looks
def test_file_stays_light(look: tuple[str, str]) -> None:
    assert len(printed(look, **HARD["everything"])) < 120_000


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": "\n".join("abcdefgh")},
        {"reason": "długo " * 300},
        {"place": "Miasto " * 300},
        {"validity_label": "na lata " * 60},
        {"signatories": (Signatory("Anna " * 60, "x"), Signatory("", "y"))},
    ],
    ids=str,
)
@looks
def test_what_fits_nowhere_is_refused(look: tuple[str, str], fields: dict[str, Any]) -> None:
    with pytest.raises(CannotDo, match="…|siedem"):
        printed(look, **fields)


def test_first_design_prints_what_it_always_did() -> None:
    """The identifier of the file is the hash of its page: it names the very words and places."""
    content = render_certificate(certificate_sheet(design=Design.FIRST))
    identifier = re.search(rb"/ID \[\((\w+)\)", content)
    assert identifier is not None
    assert identifier[1] == b"cf97fd0ed9d1a7ff52fc6de3a95d249e"
