"""What files say is data: no entity is fetched, no cell becomes a formula."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.functional import lazystr

from certification.csv_files import csv_lines
from certification.documents.marks import validate_mark
from certification.errors import CannotDo
from institutions import reading
from institutions.import_files import read_table
from institutions.uploads import inspect
from tests.institutions import hostile_files as files

SECRET = "of-the-server-alone"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def entity(tmp_path: Path) -> str:
    """XML that asks for a file of the server."""
    path = tmp_path / "secret"
    path.write_text(SECRET)
    return f'<!DOCTYPE a [<!ENTITY b SYSTEM "{path.as_uri()}">]>'


def word(entity: str) -> bytes:
    body = '<w:document xmlns:w="w"><w:p><w:t>&b;</w:t></w:p></w:document>'
    return files.ooxml("docx", word__document_xml=entity + body)


def sheet(entity: str) -> bytes:
    return files.ooxml("xlsx", xl__sharedStrings_xml=entity + "<sst><si><t>&b;</t></si></sst>")


def text(entity: str) -> bytes:
    return files.open_document("odt", content_xml=entity + "<a>&b;</a>")


def mark(entity: str) -> bytes:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><title>&b;</title></svg>'
    return (entity + svg).encode()


# Every door through which XML of strangers comes in, and what is asked there.
DOORS: dict[str, tuple[Callable[[str], bytes], Callable[[bytes], Any]]] = {
    "evidence, docx": (word, lambda made: inspect(ContentFile(made), "a.docx", max_bytes=10**6)),
    "evidence, xlsx": (sheet, lambda made: inspect(ContentFile(made), "a.xlsx", max_bytes=10**6)),
    "evidence, odt": (text, lambda made: inspect(ContentFile(made), "a.odt", max_bytes=10**6)),
    "import": (sheet, lambda made: read_table(made, "a.xlsx")),
    "mark": (mark, lambda made: validate_mark(ContentFile(made, name="a.svg"))),
}


@pytest.mark.parametrize("door", DOORS)
def test_entity_is_refused_at_every_door(door: str, entity: str) -> None:
    make, ask = DOORS[door]
    with pytest.raises((CannotDo, ValidationError)) as refused:
        ask(make(entity))
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(("kind", "make"), [("docx", word), ("xlsx", sheet), ("odt", text)])
def test_viewer_fetches_no_entity(kind: str, make: Callable[[str], bytes], entity: str) -> None:
    """Even for a file that got into the storage by another way."""
    assert SECRET not in reading.text_of(io.BytesIO(make(entity)), kind)
    assert SECRET not in str(reading.page_of(io.BytesIO(make(entity)), kind, 1))


# The first escapes formulas, the second writes texts only, the last our own words.
WRITERS = {
    "certification/csv_files.py",
    "certification/assessments/export/workbook_writer.py",
    "institutions/import_files/workbook_writer.py",
}


@pytest.mark.parametrize("sign", "=+-@\t\r")
def test_no_cell_of_a_csv_file_becomes_a_formula(sign: str) -> None:
    assert list(csv_lines([[f"{sign}1+1", lazystr(f"{sign}SUM(A1)")]])) == [
        f"\ufeff{cell(f'{sign}1+1')};{cell(f'{sign}SUM(A1)')}\r\n"
    ]


def cell(text: str) -> str:
    return f'"\'{text}"' if "\r" in text else f"'{text}"


def test_numbers_and_nothing_stay_what_they_are_in_a_csv_file() -> None:
    assert list(csv_lines([[-5, None, 0.5], ["ż"]])) == ["\ufeff-5;;0.5\r\n", "ż\r\n"]


def test_every_maker_of_tables_is_known() -> None:
    writes = re.compile(r"csv\.(writer|DictWriter)|\bWorkbook\(|\.to_csv\(")
    sources = [*(ROOT / "certification").rglob("*.py"), *(ROOT / "institutions").rglob("*.py")]
    writers = {str(path.relative_to(ROOT)) for path in sources if writes.search(path.read_text())}
    assert writers == WRITERS
