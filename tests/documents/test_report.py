"""The report: what it says, where it says it, and that nothing people write can change more."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from certification.documents.report import MAX_TEXT, legible, render_report
from certification.errors import CannotDo

from .application_sheets import DRAFT, SHA256, criterion, piece, report_sheet
from .sheets import reader, spaced, text_of

ROOT = Path(__file__).parents[2]
HOSTILE = (
    '<img src="http://127.0.0.1/x"><script>x</script><link rel=attachment href="file:///etc/passwd">'
    "</div></body> {{ sheet }} {% load x %} <style>p{display:none}</style>"
)


def pages_of(content: bytes) -> list[str]:
    return [spaced(page.extract_text()) for page in reader(content).pages]


def test_report_says_what_the_sheet_says() -> None:
    text = text_of(render_report(report_sheet()))
    for words in (
        "Raport ilustrujący realizację standardów",
        "Miejski Ośrodek Pomocy Społecznej w Stalowej Woli",
        "NIP 865-10-20-304",
        "A1.2 Treść kryterium A1.2.",
        "Samoocena: spełnione",
        "plan na trzy lata",
        "[D2] Statut nr 2, s. 4",
        f"plik · statut-2.pdf · wersja 2 · 12,3 KB · kryteria: A2.1 {2:064x}",
    ):
        assert words in text
    assert "REGON" not in text
    assert "**" not in text


def test_every_page_names_case_hash_and_place_in_the_report() -> None:
    pages = pages_of(render_report(report_sheet()))
    assert len(pages) == 7
    for number, text in enumerate(pages, start=1):
        assert f"SHA-256 akt: {SHA256}" in text
        assert "Wniosek CAL/W/12/2026 · akta nr 1" in text
        assert f"strona {number} z {len(pages)}" in text


def test_contents_name_the_pages() -> None:
    contents = pages_of(render_report(report_sheet()))[1].replace(" .", "")
    assert "A1 Misja 4" in contents
    assert "B1 Potrzeby 6" in contents
    assert "Wykaz dowodów 7" in contents


def test_summary_counts_by_standard() -> None:
    summary = text_of(render_report(report_sheet()))
    assert "A1 Misja – – 2 2" in summary
    assert "Razem 0 0 4 4" in summary


def test_evidence_cited_twice_has_one_number() -> None:
    text = text_of(render_report(report_sheet()))
    assert "kryteria: A1.1, A1.2, B1.1" in text
    assert "[D3]" not in text


def test_draft_says_so_on_every_page_and_claims_no_hash() -> None:
    content = render_report(report_sheet(source=DRAFT))
    for text in pages_of(content):
        assert "SZKIC" in text
        assert "Wniosek w przygotowaniu" in text
        assert "SHA-256 akt" not in text


def test_empty_draft_still_prints() -> None:
    bare = criterion("A1.1", rating="", answer="", evidence=())
    text = text_of(render_report(report_sheet(bare, source=DRAFT)))
    assert "Bez samooceny Brak odpowiedzi." in text
    assert "Wykaz dowodów" not in text


def test_hostile_text_in_any_field_is_only_text() -> None:
    """Promise 17: nothing is fetched, nothing attached, the pages stay what they were."""
    hostile = criterion(
        HOSTILE[:10],
        text=HOSTILE,
        rating=HOSTILE,
        answer=HOSTILE,
        evidence=(piece(1, title=HOSTILE, name=HOSTILE, place=HOSTILE, form=HOSTILE),),
    )
    sheet = report_sheet(hostile, ratings=(HOSTILE,))
    sheet = replace(sheet, applicant=replace(sheet.applicant, name=HOSTILE, town=HOSTILE))
    content = render_report(sheet)
    assert "{{ sheet }} {% load x %}" in text_of(content)
    assert reader(content).attachments == {}
    assert all("strona" in page for page in pages_of(content))


def test_signs_without_a_letter_become_boxes_and_the_report_says_so() -> None:
    content = render_report(report_sheet(criterion("A1.1", answer="Ірина 😀 Ωμέγα →")))
    text = text_of(content)
    assert "Ірина □ Ωμέγα →" in text
    assert "zastąpiono znakiem „□”" in text
    assert "zastąpiono" not in text_of(render_report(report_sheet()))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("w lesie", "w\u00a0lesie"), ("a\u202eb", "ab"), ("漢", "□"), ("zażółć", "zażółć")],
)
def test_legible(typed: str, printed: str) -> None:
    assert legible(typed) == printed


def test_same_sheet_same_bytes_in_another_process() -> None:
    program = (
        "import django; django.setup(); from hashlib import sha256; "
        "from certification.documents.report import render_report; "
        "from tests.documents.application_sheets import report_sheet; "
        "print(sha256(render_report(report_sheet())).hexdigest())"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "certification.settings",
                "PYTHONHASHSEED": seed,
                "TZ": zone,
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(printed) == 1


def test_too_long_a_report_is_refused() -> None:
    with pytest.raises(CannotDo):
        render_report(report_sheet(criterion("A1.1", answer="x" * (MAX_TEXT + 1))))
