"""Cards on paper: they say what was written and by whom, and no private note."""

from typing import Any

import pytest

from certification.assessments.export.sheets import sheet_of, sheet_of_card
from certification.assessments.models import EvidenceMark, RatingCorrection
from certification.documents.assessment import (
    MAX_TEXT,
    render_assessment,
    render_assessment_form,
)
from certification.errors import CannotDo
from tests.assessments.factories import make_assessment, make_card, of_value, rate_all, submit
from tests.documents.sheets import reader, spaced
from tests.factories import make_evidence

pytestmark = pytest.mark.django_db

HOSTILE = '<img src="http://127.0.0.1/x"><script>x</script></p></body> {{ sheet }} {% load x %}'


def text_of(content: bytes) -> str:
    return " ".join(spaced(page.extract_text()) for page in reader(content).pages)


def rated(**written: Any) -> Any:
    assessment = make_assessment()
    rate_all(assessment, 2, **written)
    return assessment


def test_own_card_says_what_was_written_so_far() -> None:
    assessment = rated(strengths="Plan na trzy lata.", private_note="tylko dla mnie")
    text = text_of(render_assessment(sheet_of(assessment)))
    assert "Plan na trzy lata." in text
    assert "A1.1 Treść kryterium A1.1" in text
    assert "Poziom: 2 – spełnione" in text
    assert "nie została jeszcze złożona" in text
    assert "tylko dla mnie" not in text


def test_places_that_a_text_points_at_are_told() -> None:
    assessment = rated(strengths="Widać to w statucie [1].")
    criterion = assessment.criteria()[0]
    revision = make_evidence(assessment.application.institution, title="Statut")
    for number, quote in ((1, "rada osiedla"), (2, "czego nikt nie przywołał")):
        EvidenceMark.objects.create(
            assessment=assessment,
            criterion=criterion,
            number=number,
            revision=revision,
            page=4,
            quote=quote,
        )
    text = text_of(render_assessment(sheet_of(assessment)))
    assert "[1] Statut, s. 4: „rada osiedla”" in text
    assert "czego nikt" not in text


def test_submitted_card_says_when() -> None:
    text = text_of(render_assessment(sheet_of(submit(rated()))))
    assert "Złożono" in text
    assert "nie została jeszcze złożona" not in text


def test_what_people_write_changes_only_its_own_place() -> None:
    text = text_of(render_assessment(sheet_of(rated(strengths=HOSTILE))))
    assert text.count("{{ sheet }}") == 4
    assert "B1.1" in text


def test_form_has_a_box_for_each_level_and_what_is_saved() -> None:
    assessment = rated(strengths="Plan na trzy lata.")
    filled = text_of(render_assessment_form(sheet_of(assessment)))
    blank = text_of(render_assessment_form(sheet_of(assessment, blank=True)))
    for text in (filled, blank):
        assert text.count("0 – niespełnione") == 4 + 1  # and once with its descriptor
        assert "Po czym poznać 0." in text
        assert text.count("Czego brakuje") == 4
    assert (filled.count("×"), blank.count("×")) == (4, 0)
    assert "Plan na trzy lata." in filled
    assert "Plan na trzy lata." not in blank


def test_consolidated_card_has_the_originals_without_private_notes() -> None:
    card = make_card(strengths="Zgodnie.", private_note="tylko dla mnie", second={"A1_1": 0})
    text = text_of(render_assessment(sheet_of_card(card)))
    for each in card.assessments():
        assert f"{each.assignment.assessor.full_name}: " in text
    assert "Poziom uzgodniony: nieuzgodniony" in text
    assert "Wynik standardu:" in text
    assert "tylko dla mnie" not in text


def test_correction_counts_and_the_submitted_level_stays_beside_it() -> None:
    card = make_card(strengths="Na początku.")
    rating = card.assessments().order_by("pk")[0].ratings.get(criterion__code="A1.1")
    RatingCorrection.objects.create(
        rating=rating,
        level=of_value(card.application, 1),
        weaknesses="Po namyśle.",
        reason="Pomyłka.",
        corrected_by=rating.assessment.assignment.assessor,
    )
    for sheet in (sheet_of_card(card), sheet_of(rating.assessment)):
        opinion = next(sheet.criteria()).opinions[0]
        assert opinion.level == "1 – częściowo (poprawiono; złożono: 2 – spełnione)"
        assert (opinion.strengths, opinion.weaknesses) == ("", "Po namyśle.")


def test_same_card_gives_the_same_bytes() -> None:
    sheet = sheet_of(submit(rated()))
    assert render_assessment(sheet) == render_assessment(sheet)


def test_texts_without_end_are_refused() -> None:
    sheet = sheet_of(rated(strengths="a" * 5000))
    pieces = MAX_TEXT // sheet.length() + 1
    with pytest.raises(CannotDo):
        render_assessment(type(sheet)(**{**vars(sheet), "areas": sheet.areas * pieces}))
