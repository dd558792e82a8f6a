"""PESEL numbers are counted in what people send, and kept nowhere."""

import io
import logging
import random
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
import time_machine
from django.core.files.base import ContentFile
from weasyprint import HTML

from institutions.uploads import inspect
from institutions.uploads.personal_data import count_pesels
from tests.institutions import honest_files as honest
from tests.institutions import hostile_files as files

# Made up: right check digits, days of birth in 1944, 1990 and 2002.
ANNA, JAN, OLA = "44051401359", "90090515836", "02270803624"
WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)


def pesel(born: date, serial: int) -> str:
    """A number of the act on population records for anyone born from 1800 to 2299."""
    shift = {18: 80, 19: 0, 20: 20, 21: 40, 22: 60}[born.year // 100]
    digits = f"{born.year % 100:02}{born.month + shift:02}{born.day:02}{serial:04}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return f"{digits}{-total % 10}"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"PESEL: {ANNA}", 1),
        (f"PESEL{ANNA}", 1),
        (f"Jan Nowak ({JAN}), Anna Nowak, {ANNA}.", 2),
        (f"{ANNA};{JAN};{OLA}", 3),
        (f"1 {ANNA} 12 2016-05-01", 1),
        (f"{ANNA},{ANNA}\n{ANNA}", 1),
        ("440514 01359", 1),
        ("440514-01359", 1),
        ("44 05 14 01359", 1),
        ("440514\u00a001359", 1),
        (f"{ANNA} i 440514-01359", 1),
        ("", 0),
        ("44051401358", 0),  # another check digit
        ("44151401359", 0),  # no such month
        (f"9{ANNA}", 0),
        (f"{ANNA}9", 0),
        (f"X{ANNA}", 0),
        (f"{ANNA}/2016", 0),
        (f"2016/{ANNA}", 0),
        (f"3.{ANNA}", 0),
        (f"+{ANNA}", 0),
        (f"12 {ANNA[:6]} {ANNA[6:]} 1234", 0),
        ("PL61 1090 1014 0000 0712 1981 2874", 0),
        ("61109010140000071219812874", 0),
        ("KRS 0000123456, REGON 12345678512347, NIP 1234563218", 0),
        ("+48600100200, 48600100200", 0),
    ],
)
def test_pesels_are_counted(text: str, count: int) -> None:
    assert count_pesels(text) == count


@pytest.mark.parametrize("born", [date(1910, 12, 31), date(1999, 1, 1), date(2016, 2, 29)])
def test_every_check_digit_is_known(born: date) -> None:
    numbers = [pesel(born, serial) for serial in range(500)]
    assert count_pesels("\n".join(numbers)) == 500


@time_machine.travel("2026-11-22")
@pytest.mark.parametrize(
    ("born", "count"),
    [
        (date(1850, 1, 1), 0),
        (date(1900, 1, 1), 0),
        (date(1901, 1, 1), 1),
        (date(2026, 11, 22), 1),
        (date(2026, 11, 23), 0),
        (date(2150, 1, 1), 0),
    ],
)
def test_only_people_who_may_be_alive_are_counted(born: date, count: int) -> None:
    assert count_pesels(pesel(born, 123)) == count


def test_random_numbers_seldom_look_like_one() -> None:
    """Measured: 0.46 % of numbers of eleven digits, made of any digits at all."""
    chance = random.Random(11)  # noqa: S311
    text = "\n".join(f"{chance.randrange(10**11):011}" for _number in range(20_000))
    assert count_pesels(text) < 20_000 * 0.007


@pytest.mark.parametrize(
    "telling", ["Rok 2016, godz. 12:30, tel. 22 123 45 67.", "0,123456789012; 3.14159265358"]
)
def test_report_full_of_numbers_raises_no_alarm(telling: str) -> None:
    assert count_pesels(telling * 1000) == 0


def sheet(*values: object) -> bytes:
    book = openpyxl.Workbook()
    for value in values:
        book.active.append(["mieszkaniec", value])
    written = io.BytesIO()
    book.save(written)
    book.close()
    return written.getvalue()


def letter() -> bytes:
    body = f"<w:p><w:r><w:t>{ANNA[:5]}</w:t></w:r><w:r><w:t>{ANNA[5:]}</w:t></w:r></w:p>"
    text = f'<w:document xmlns:w="{honest.WORD}"><w:body>{body}</w:body></w:document>'
    rels = honest.main_part("word/document.xml")
    return files.named_parts(
        {
            "[Content_Types].xml": honest.types(("/word/document.xml", files.MAIN["docx"])),
            "_rels/.rels": rels,
            "word/document.xml": text,
        }
    )


def printed() -> bytes:
    written: bytes = HTML(string=f"<p>Anna {ANNA}<p>Jan {JAN}").write_pdf()
    return written


HOLDING: dict[str, tuple[Callable[[], bytes], int]] = {
    "lista.txt": (lambda: f"{ANNA}\n{JAN}".encode(), 2),
    "lista.csv": (lambda: f"imię;PESEL\nŻaneta;{ANNA}\n".encode("cp1250"), 1),
    "lista.xlsx": (lambda: sheet(ANNA, int(JAN)), 2),
    "lista.docx": (letter, 1),
    "lista.pdf": (printed, 2),
    "statut.pdf": (honest.printed_page, 0),
    "film.mp4": (lambda: files.mp4() + b"\0\0\0\x13free" + ANNA.encode(), 0),
    "zdjęcie.jpg": (lambda: files.picture("JPEG", comment=ANNA.encode()), 0),
}


@pytest.mark.parametrize("name", HOLDING)
def test_file_is_let_in_with_the_count(name: str, caplog: pytest.LogCaptureFixture) -> None:
    make, count = HOLDING[name]
    with caplog.at_level(logging.DEBUG):
        checked = inspect(ContentFile(make()), name, max_bytes=10**7)
    assert checked.personal_numbers == count
    assert checked.file.tell() == 0
    assert not any(number in caplog.text + repr(checked) for number in (ANNA, JAN))
