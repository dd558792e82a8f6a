"""The evidence of the demonstration: papers, a table, a picture, notes, a link, all made here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from certification import clock
from certification.documents.render import render_letter
from certification.documents.sheets import Letterhead, LetterSheet, Signatory
from certification.standards.models import EvidenceType
from institutions.models import Evidence, Institution, User
from institutions.services.evidence import add_evidence

INK, OCHRE, PAPER = "#10343b", "#b9822b", "#f6f1e6"


@dataclass(frozen=True)
class Paper:
    """A document to be made: the kind of evidence it is, its title and its text."""

    type: str
    title: str
    paragraphs: tuple[str, ...]


PAPERS = (
    Paper(
        "statut",
        "Statut – wyciąg",
        (
            "§ 4. Do zadań jednostki należy organizowanie społeczności lokalnej, w szczególności "
            "wspieranie grup mieszkańców, budowanie partnerstw i prowadzenie miejsca spotkań.",
            "§ 5. Zadania, o których mowa w § 4, jednostka wykonuje we współpracy z mieszkańcami.",
        ),
    ),
    Paper(
        "mapa",
        "Mapa zasobów i potrzeb",
        (
            "Osiedle wybraliśmy po rozmowach z jego radą. Granice wyznaczają tory, rzeka i park.",
            "Zasoby instytucjonalne: szkoła, biblioteka, parafia, przychodnia, klub sportowy.",
            "Zasoby materialne: świetlica, boisko, skwer z altaną, dwie sale do użyczenia.",
            "Zasoby ludzkie: liderki klubu seniora, trener, ogrodnicy, młodzieżowa grupa filmowa.",
            "Potrzeby: miejsce dla młodzieży, pomoc sąsiedzka, lepsza informacja.",
            "Wnioski: zaczynamy od miejsca spotkań i sieci pomocy sąsiedzkiej.",
        ),
    ),
    Paper(
        "plan_osl",
        "Plan organizowania społeczności lokalnej",
        (
            "Zadanie 1. Otwarcie świetlicy. Adresaci: wszyscy mieszkańcy. Termin: marzec.",
            "Zadanie 2. Pomoc sąsiedzka. Adresaci: osoby starsze i ich opiekunowie. Termin: maj.",
            "Zadanie 3. Klub młodzieżowy. Adresaci: osoby w wieku 13–19 lat. Termin: wrzesień.",
            "Mierniki: liczba grup działających samodzielnie, liczba nowych wolontariuszy.",
        ),
    ),
    Paper(
        "umowa_partnerstwa",
        "Porozumienie partnerskie",
        (
            "Strony zawiązują partnerstwo lokalne na rzecz społeczności osiedla.",
            "Każda ze stron ma jeden głos; przewodniczenie zmienia się co pół roku.",
        ),
    ),
    Paper(
        "ewaluacja",
        "Sprawozdanie z ewaluacji",
        (
            "Zapytano 120 osób. Współpracę oceniono na 4,1, zaangażowanie na 3,8 (skala 1–5).",
            "Dwie grupy działają już samodzielnie. Zalecenie: więcej spotkań w sobotę.",
        ),
    ),
)
NOTES = {
    "raport": (
        "Raport z realizacji standardów – skrót",
        "W minionym okresie wspieraliśmy sześć grup mieszkańców i kilkanaście wydarzeń. Zespół "
        "spotykał się z partnerami co dwa miesiące; ustalenia zapisywano i sprawdzano.",
    ),
    "zaswiadczenie": (
        "Wykaz szkoleń zespołu",
        "Organizowanie społeczności lokalnej, facylitacja, praca z konfliktem, dostępność.",
    ),
    "regulamin_org": (
        "Regulamin organizacyjny – wyciąg",
        "§ 12. Tworzy się zespół do spraw społeczności lokalnej, złożony z trzech osób. "
        "§ 13. Zespół prowadzi diagnozę, planuje działania i wspiera inicjatywy mieszkańców.",
    ),
    "notatka_spotkania": (
        "Notatka ze spotkania mieszkańców",
        "W spotkaniu uczestniczyły 34 osoby. Ustalono program świetlicy na kolejny kwartał, "
        "wybrano radę użytkowników i zgłoszono trzy nowe inicjatywy sąsiedzkie.",
    ),
    "opis_grupy": (
        "Karta grupy samopomocowej",
        "Klub seniora: 18 osób, spotkania w środy, liderki dyżurują na zmianę. Od roku klub sam "
        "planuje wyjścia i prowadzi kronikę.",
    ),
    "badanie": (
        "Wyniki ankiety o potrzebach",
        "Wypełniono 212 ankiet. Najczęściej wskazywano: miejsce dla młodzieży (61%), pomoc "
        "sąsiedzką (54%), zieleń (37%).",
    ),
    "umowa_wolontariat": (
        "Regulamin klubu wolontariatu",
        "Klub liczy 43 osoby. Każda ma porozumienie, opiekuna i ubezpieczenie.",
    ),
    "opinia_partnera": (
        "Opinia rady osiedla",
        "Rada osiedla potwierdza, że współpraca jest stała, partnerska i przynosi owoce.",
    ),
}


TAGS = {
    "statut": ("prawo wewnętrzne",),
    "regulamin_org": ("prawo wewnętrzne",),
    "notatka_spotkania": ("mieszkańcy", "świetlica"),
    "opis_grupy": ("seniorzy",),
    "badanie": ("mieszkańcy",),
    "opis_miejsca": ("świetlica",),
    "opinia_partnera": ("partnerzy",),
}


# papers that hold since a day, and those about a time that has passed
IN_FORCE = {"statut", "regulamin_org", "umowa_partnerstwa", "umowa_wolontariat", "plan_osl"}
OF_A_TIME = {"badanie", "ewaluacja", "raport", "notatka_spotkania"}


def _time_of(kind: str) -> dict[str, date]:
    """What time such a paper is about, seen from the day it is added."""
    today = clock.today()
    if kind in IN_FORCE:
        return {"occurred_from": today - timedelta(days=500)}
    if kind in OF_A_TIME:
        return {
            "occurred_from": today - timedelta(days=300),
            "occurred_to": today - timedelta(days=40),
        }
    return {}


def stock_library(institution: Institution, *, by: User) -> dict[str, Evidence]:
    """Fill the institution's library; gives the evidence by the code of its kind."""
    types = {each.code: each for each in EvidenceType.objects.all()}
    library = {}
    for code, title, form, content in _contents(institution):
        if code in types:
            library[code] = add_evidence(
                institution,
                by=by,
                title=title,
                type=types[code],
                form=form,
                tags=TAGS.get(code, ()),
                **_time_of(code) | content,
            )
    return library


def _contents(institution: Institution) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for paper in PAPERS:
        pdf = ContentFile(_document(institution, paper), name=f"{paper.title}.pdf")
        yield paper.type, paper.title, "file", {"file": pdf}
    for code, (title, text) in NOTES.items():
        yield code, title, "note", {"text": text}
    yield "kalendarz", "Kalendarz wydarzeń", "file", {"file": _calendar()}
    yield "opis_miejsca", "Plan świetlicy sąsiedzkiej", "file", {"file": _picture(institution)}
    yield (
        "media",
        "Strona o naszych działaniach",
        "link",
        {"url": "https://example.org/aktualnosci"},
    )


def _document(institution: Institution, paper: Paper) -> bytes:
    """A paper under the institution's own name; the print room sets it like a letter."""
    return render_letter(
        LetterSheet(
            issuer=Letterhead(name=institution.name),
            place=institution.town,
            issued_on=clock.today() - timedelta(days=60),
            addressee=(),
            salutation=paper.title,
            paragraphs=paper.paragraphs,
            closing="Za zgodność",
            signatories=(Signatory("", "Dyrekcja"),),
            title=paper.title,
        )
    )


def _calendar() -> ContentFile:
    start = date(clock.today().year - 1, 3, 1)
    events = ("Dzień sąsiada", "Wymiana roślin", "Kino pod gołym niebem", "Kawiarenka naprawcza")
    rows = ["data;wydarzenie;uczestnicy"]
    for index, event in enumerate(events * 3):
        rows.append(f"{start + timedelta(days=25 * index)};{event};{40 + 7 * index}")
    return ContentFile("\r\n".join(rows).encode("utf-8-sig"), name="Kalendarz wydarzeń.csv")


def _picture(institution: Institution) -> ContentFile:
    """A drawn plan of the common room, a little different for each institution."""
    random = Random(institution.pk)  # noqa: S311 - decides where chairs stand
    picture = Image.new("RGB", (960, 600), PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((60, 60, 900, 540), outline=INK, width=8)
    draw.rectangle((60, 60, 330, 250), outline=INK, width=5)
    draw.arc((800, 440, 1000, 640), 180, 270, fill=OCHRE, width=5)
    for x, y in _tables(random):
        draw.ellipse((x, y, x + 70, y + 70), fill=OCHRE)
        for chair_x, chair_y in ((-28, 22), (76, 22), (24, -28), (24, 76)):
            left, top = x + chair_x, y + chair_y
            draw.ellipse((left, top, left + 22, top + 22), fill=INK)
    out = BytesIO()
    picture.save(out, "PNG")
    return ContentFile(out.getvalue(), name="Plan świetlicy.png")


def _tables(random: Random) -> Iterator[tuple[int, int]]:
    """Where four tables stand: each moved a little within its own quarter of the room."""
    for left in (385, 610):
        for top in (120, 325):
            yield left + random.randint(0, 80), top + random.randint(0, 60)
