"""Sheets to print and ways to look at what came out."""

import io
import re
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from certification.documents.sheets import CertificateSheet, Letterhead, LetterSheet, Signatory

ISSUER = Letterhead(
    name="Centrum Wspierania Aktywności Lokalnej CAL",
    address="ul. Przykładowa 12, 00-123 Warszawa",
    website="www.example.org",
    email="biuro@example.org",
)
SIGNATORIES = (Signatory("Anna Próbna", "Prezes Zarządu"), Signatory("", "Członek Zarządu"))

PARAGRAPH = (
    "Zażółć gęślą jaźń: zespół pracowników ośrodka wspiera mieszkańców w działaniu, a oni "
    "odwdzięczają się zaangażowaniem, pomysłami i pracą na rzecz sąsiadów. Współpraca ta trwa "
    "od lat i obejmuje szkoły, biblioteki, kluby seniora oraz lokalne stowarzyszenia, które "
    "razem tworzą sieć wsparcia – dostępną, życzliwą i trwałą."
)


def certificate_sheet(**fields: Any) -> CertificateSheet:
    return CertificateSheet(
        **{
            "number": "CAL/OSL/12/2016",
            "holder": "Miejski Ośrodek Pomocy Społecznej w Stalowej Woli",
            "reason": "za wdrażanie Modelu Organizowania Społeczności Lokalnej",
            "validity_label": "na lata 2016–2021",
            "valid_from": date(2016, 5, 12),
            "valid_to": date(2021, 5, 11),
            "resolution_number": "14/2016",
            "resolution_date": date(2016, 5, 9),
            "place": "Warszawa",
            "issued_on": date(2016, 5, 12),
            "signatories": SIGNATORIES,
            "verification_url": "https://certyfikat.example.org/weryfikacja/7K3M-9QXP-2VTD/",
            "verification_code": "7K3M-9QXP-2VTD",
            "issuer": ISSUER,
            **fields,
        }
    )


def letter_sheet(**fields: Any) -> LetterSheet:
    return LetterSheet(
        **{
            "issuer": ISSUER,
            "place": "Warszawa",
            "issued_on": date(2016, 5, 12),
            "addressee": ("Miejski Ośrodek Pomocy Społecznej", "w Stalowej Woli"),
            "salutation": "Szanowni Państwo,",
            "paragraphs": (PARAGRAPH,) * 3,
            "closing": "Z wyrazami szacunku",
            "signatories": SIGNATORIES,
            "reference": "CAL/LG/12/2016",
            **fields,
        }
    )


def spaced(text: str) -> str:
    """Text with every kind of white space as one space."""
    return " ".join(text.split())


def text_of(content: bytes) -> str:
    """The text as pdftotext reads it, in the order of the document."""
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
    )
    return spaced(done.stdout.decode())


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


@dataclass(frozen=True)
class Word:
    """A word and where it stands, in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def words_of(content: bytes) -> list[list[Word]]:
    """The words of each page with their places."""
    page = re.compile(r"<page .*?</page>", re.DOTALL)
    word = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
    done = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True
    )
    return [
        [Word(text, *map(float, place)) for *place, text in word.findall(each)]
        for each in page.findall(done.stdout.decode())
    ]


def picture_of(content: bytes, folder: Path, resolution: int) -> Path:
    """The first page as a grey picture (PGM)."""
    source = folder / "page.pdf"
    source.write_bytes(content)
    subprocess.run(
        ["pdftoppm", "-gray", "-singlefile", "-r", str(resolution), str(source), folder / "page"],
        check=True,
    )
    return folder / "page.pgm"
