import pytest

from certification.documents.render import render_letter
from certification.documents.sheets import Signatory
from certification.errors import CannotDo

from .sheets import PARAGRAPH, letter_sheet, reader, spaced, text_of, words_of

LONG = " ".join([PARAGRAPH] * 2)


def pages_of(content: bytes) -> list[str]:
    return [spaced(page.extract_text()) for page in reader(content).pages]


def test_letter_says_everything_in_exact_polish() -> None:
    body = " ".join([PARAGRAPH] * 3)
    assert text_of(render_letter(letter_sheet())) == (
        "Centrum Wspierania Aktywności Lokalnej CAL "
        "ul. Przykładowa 12, 00-123 Warszawa · www.example.org · biuro@example.org "
        "CAL/LG/12/2016 Warszawa, 12 maja 2016 r. "
        "Miejski Ośrodek Pomocy Społecznej w Stalowej Woli "
        f"List gratulacyjny Szanowni Państwo, {body} Z wyrazami szacunku "
        "Anna Próbna Prezes Zarządu Członek Zarządu"
    )


def test_short_letter_is_one_a4_page_without_a_page_number() -> None:
    content = render_letter(letter_sheet())
    pdf = reader(content)
    box = pdf.pages[0].mediabox
    assert (len(pdf.pages), round(box.width, 1), round(box.height, 1)) == (1, 595.3, 841.9)
    assert "strona" not in text_of(content)


def test_long_letter_numbers_its_pages_and_keeps_the_ending_together() -> None:
    pages = pages_of(render_letter(letter_sheet(paragraphs=(LONG,) * 7 + ("Koniec. " + LONG,))))
    assert len(pages) == 2
    assert pages[0].endswith("strona 1 z 2")
    assert pages[1].endswith("strona 2 z 2")
    for part in ("Koniec.", "Z wyrazami szacunku", "Anna Próbna", "Członek Zarządu"):
        assert part in pages[1]


@pytest.mark.parametrize("count", range(1, 15))
def test_signatures_never_stand_alone(count: int) -> None:
    """Wherever the page ends, the closing and the last paragraph are on the same page."""
    content = render_letter(letter_sheet(paragraphs=(PARAGRAPH,) * count + ("Koniec. " + LONG,)))
    ending = next(page for page in pages_of(content) if "Anna Próbna" in page)
    assert "Koniec." in ending
    assert "Z wyrazami szacunku" in ending
    for page in words_of(content):
        assert all(word.left > 60 and word.right < 540 and word.bottom < 830 for word in page)


def test_last_paragraph_longer_than_a_page_is_printed_whole() -> None:
    paragraph = " ".join([PARAGRAPH] * 30)
    text = text_of(render_letter(letter_sheet(paragraphs=(paragraph,))))
    assert text.count("Zażółć gęślą jaźń") == 30
    assert "Z wyrazami szacunku Anna Próbna" in text


def test_english_letter_has_english_dates_and_pages() -> None:
    content = render_letter(letter_sheet(language="en", paragraphs=(LONG,) * 8))
    assert "Warszawa, 12 May 2016" in text_of(content)
    assert pages_of(content)[0].endswith("page 1 of 2")
    assert reader(content).trailer["/Root"]["/Lang"] == "en"


def test_preview_says_so() -> None:
    assert "PODGLĄD" in text_of(render_letter(letter_sheet(preview=True)))
    assert "PODGLĄD" not in text_of(render_letter(letter_sheet()))


def test_one_signatory_is_enough() -> None:
    text = text_of(render_letter(letter_sheet(signatories=(Signatory("Jan Próbny", "Prezes"),))))
    assert text.endswith("Z wyrazami szacunku Jan Próbny Prezes")


def test_markup_and_template_language_are_only_text() -> None:
    hostile = "<b>Tak</b> & {{ settings.SECRET_KEY }} {% now 'Y' %} <img src=file:///etc/passwd>"
    assert hostile in text_of(render_letter(letter_sheet(paragraphs=(hostile, "Koniec."))))


def test_no_word_is_hyphenated() -> None:
    text = text_of(render_letter(letter_sheet(paragraphs=(LONG,) * 4)))
    assert text.count(LONG) == 4


def test_a_letter_without_paragraphs_is_refused() -> None:
    with pytest.raises(CannotDo):
        render_letter(letter_sheet(paragraphs=()))


def test_a_letter_the_fonts_lack_is_refused_and_named() -> None:
    with pytest.raises(CannotDo, match="😀"):
        render_letter(letter_sheet(paragraphs=("Gratulacje 😀",)))
