"""A card goes out as a spreadsheet and comes back; what is strange in it is said, never run."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from certification.assessments.export.columns import COLUMNS, FACTS, LEVELS, RATINGS
from certification.assessments.export.plan import Outcome, Plan, plan_of
from certification.assessments.export.reading import Reading, read_workbook
from certification.assessments.export.sheets import sheet_of_card
from certification.assessments.export.workbooks import workbook_of, workbook_of_card
from certification.assessments.models import Assessment, Rating
from institutions.import_files.rows import UnreadableFile
from institutions.uploads import Refused
from tests.assessments.factories import make_assessment, make_card, of_value

pytestmark = pytest.mark.django_db

HOSTILE = '=HYPERLINK("http://127.0.0.1/"&A1;"x")'
NAMES = [column.name for column in COLUMNS]


def rate(assessment: Assessment, code: str, **written: Any) -> Rating:
    criterion = next(each for each in assessment.criteria() if each.code == code)
    value = written.pop("value", None)
    level = of_value(assessment.application, value) if value is not None else None
    return Rating.objects.create(assessment=assessment, criterion=criterion, level=level, **written)


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def changed(content: bytes, *cells: tuple[str, str, Any], sheet: str = RATINGS) -> bytes:
    """The workbook with other values in its rows: (code of the criterion, column, value)."""
    book = opened(content)
    for code, name, value in cells:
        for row in book[sheet].iter_rows(min_row=2):
            if row[0].value == code:
                row[NAMES.index(name)].value = value
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def planned(assessment: Assessment, content: bytes) -> Plan:
    return plan_of(assessment, read_workbook(content, "karta.xlsx"))


def outcomes(plan: Plan) -> dict[str, Outcome]:
    return {row.code: row.outcome for row in plan.rows}


# --- out --------------------------------------------------------------------------------------


def test_card_holds_every_criterion_and_what_was_written() -> None:
    assessment = make_assessment()
    rate(assessment, "A1.1", value=2, strengths="Plan na trzy lata.", question="Kto koordynuje?")
    rows = list(opened(workbook_of(assessment))[RATINGS].values)
    assert [row[0] for row in rows] == ["Kod", "A1.1", "A1.2", "A2.1", "B1.1"]
    assert rows[1][2:] == ("2 – spełnione", "Plan na trzy lata.", None, "Kto koordynuje?", 1)


def test_private_notes_are_in_no_cell() -> None:
    assessment = make_assessment()
    rate(assessment, "A1.1", value=2, private_note="tylko dla mnie")
    book = opened(workbook_of(assessment))
    cells = [cell for sheet in book for row in sheet.values for cell in row]
    assert [cell for cell in cells if "tylko dla mnie" in str(cell)] == []


@pytest.mark.parametrize("text", [HOSTILE, "+1", "-1", "@SUM(A1)", "=1+1"])
def test_what_looks_like_a_formula_is_a_text(text: str) -> None:
    assessment = make_assessment()
    rate(assessment, "A1.1", value=2, strengths=text)
    cell = opened(workbook_of(assessment))[RATINGS].cell(2, 1 + NAMES.index("strengths"))
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_signs_that_a_workbook_cannot_hold_do_not_break_it() -> None:
    assessment = make_assessment()
    rate(assessment, "A1.1", value=2, strengths="a\x08b\x0bc")
    cell = opened(workbook_of(assessment))[RATINGS].cell(2, 1 + NAMES.index("strengths"))
    assert cell.value == "abc"


def test_consolidated_card_stands_beside_the_originals() -> None:
    card = make_card(strengths="Zgodnie.", second={"A1_1": 0})
    book = opened(workbook_of_card(sheet_of_card(card)))
    first, second = [each.assignment.assessor for each in card.assessments().order_by("pk")]
    rows = list(book[RATINGS].values)
    assert rows[0][4:] == tuple(
        f"{who}: {what}"
        for who in (first, second)
        for what in ("poziom", "mocne strony", "braki", "przywołane miejsca")
    )
    assert rows[1][2] == "nieuzgodniony"
    assert (rows[1][4], rows[1][8]) == ("2 – spełnione", "0 – niespełnione")


# --- back -------------------------------------------------------------------------------------


def test_untouched_file_changes_nothing() -> None:
    assessment = make_assessment()
    rate(assessment, "A1.1", value=2, strengths=f"  {HOSTILE}\nDruga linia \n", weaknesses="–")
    plan = planned(assessment, workbook_of(assessment))
    assert set(outcomes(plan).values()) == {Outcome.SAME}


def test_rows_are_new_changed_stale_or_refused() -> None:
    assessment = make_assessment()
    rate(assessment, "A1.1", value=2, strengths="Stare.")
    late = rate(assessment, "A1.2", value=1, weaknesses="Stare.")
    content = changed(
        workbook_of(assessment),
        ("A1.1", "strengths", "Nowe."),
        ("A1.2", "weaknesses", "Z pliku."),
        ("A2.1", "level", 3),
        ("B1.1", "level", "wspaniale"),
    )
    Rating.objects.filter(pk=late.pk).update(weaknesses="Ze strony.", version=2)
    plan = planned(assessment, content)
    assert outcomes(plan) == {
        "A1.1": Outcome.CHANGED,
        "A1.2": Outcome.STALE,
        "A2.1": Outcome.NEW,
        "B1.1": Outcome.REFUSED,
    }
    assert "wspaniale" in plan.rows[3].problems[0]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2 – spełnione", 2),
        ("2", 2),
        (2, 2),
        ("Spelnione", 2),
        ("n/d", None),
        ("nie dotyczy", None),
    ],
)
def test_level_is_read_as_people_type_it(typed: Any, value: int | None) -> None:
    assessment = make_assessment()
    plan = planned(assessment, changed(workbook_of(assessment), ("A1.1", "level", typed)))
    assert plan.rows[0].level == of_value(assessment.application, value)


def test_text_that_is_too_long_is_refused_and_not_cut() -> None:
    assessment = make_assessment()
    content = changed(workbook_of(assessment), ("A1.1", "strengths", "a" * 5001))
    plan = planned(assessment, content)
    assert outcomes(plan)["A1.1"] == Outcome.REFUSED
    assert plan.rows[0].problems == [
        "Mocne strony: więcej niż 5000 znaków. Proszę skrócić tekst w pliku."
    ]


def test_criterion_of_no_card_and_one_that_stands_twice_are_refused() -> None:
    assessment = make_assessment()
    content = changed(workbook_of(assessment), ("B1.1", "code", "Z9.9"))
    content = changed(content, ("A1.2", "code", "A1.1"))
    plan = planned(assessment, content)
    assert [row.outcome for row in plan.rows] == [
        Outcome.SAME,
        Outcome.REFUSED,
        Outcome.SAME,
        Outcome.REFUSED,
    ]


def test_file_says_of_which_card_it_is() -> None:
    assessment = make_assessment()
    reading = read_workbook(workbook_of(assessment), "karta.xlsx")
    assert reading.card == str(assessment.pk)
    assert Reading.unpacked(reading.packed()) == reading


def test_fingerprint_changes_with_what_would_happen() -> None:
    assessment = make_assessment()
    content = changed(workbook_of(assessment), ("A1.1", "strengths", "Z pliku."))
    before = planned(assessment, content).fingerprint
    assert planned(assessment, content).fingerprint == before
    rate(assessment, "A1.1", value=2, strengths="Ze strony.")
    assert planned(assessment, content).fingerprint != before


@pytest.mark.parametrize(
    ("content", "name"), [(b"", "karta.xlsx"), (b"Kod;Poziom", "karta.csv"), (b"a" * 10, "x.xls")]
)
def test_other_files_cannot_be_read(content: bytes, name: str) -> None:
    with pytest.raises(UnreadableFile):
        read_workbook(content, name)


def test_a_package_that_is_no_workbook_is_refused() -> None:
    with pytest.raises(Refused):
        read_workbook(b"PK\x03\x04" + b"a" * 100, "karta.xlsx")


def test_workbook_without_our_headings_says_what_to_do() -> None:
    book = openpyxl.Workbook()
    book.active.append(["cokolwiek", 1])
    kept = BytesIO()
    book.save(kept)
    with pytest.raises(UnreadableFile, match="Kod"):
        read_workbook(kept.getvalue(), "karta.xlsx")


def test_levels_stand_with_their_descriptors() -> None:
    head, first, *_more, last = opened(workbook_of(make_assessment()))[LEVELS].values
    assert head == ("Poziom", "Co znaczy")
    assert first == ("0 – niespełnione", "Po czym poznać 0.")
    assert last == ("nie dotyczy", "Nie te zadania.")


def test_facts_name_the_case_and_warn() -> None:
    assessment = make_assessment()
    facts = dict(row[:2] for row in opened(workbook_of(assessment))[FACTS].values)
    assert facts["Wniosek"] == assessment.application.number
    assert facts["Oceniający"] == assessment.assignment.assessor.full_name
