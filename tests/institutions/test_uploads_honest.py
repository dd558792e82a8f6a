"""No false refusals: what offices write, scan, photograph and record gets in, unharmed."""

import io
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from institutions.uploads import Checked, Kind, inspect
from tests.institutions import honest_files as honest
from tests.institutions import hostile_files as files

LONG = "Sprawozdanie z działalności Miejskiego Ośrodka Pomocy Społecznej w Świętochłowicach za rok"

DOCUMENTS = {
    "statut.pdf": honest.printed_page,
    "archiwum.pdf": honest.archived_page,
    "formularz.pdf": honest.filled_form,
    "spis z odnośnikami.pdf": honest.linked_documents,
    "linearyzowany.PDF": lambda: files.pdf(linearize=True),
    "z faktury.pdf": lambda: files.pdf(files.with_attachment("faktura.xml")),
    "obcięty na końcu.pdf": lambda: honest.printed_page() + b"\r\n\0\0",
    "pismo.docx": honest.word_letter,
    "karta godzin.xlsx": honest.workbook,
    "pokaz.pptx": honest.powerpoint_show,
    "uchwała.odt": lambda: honest.libre_office("odt"),
    "budżet.ods": lambda: honest.libre_office("ods"),
    "wykład.odp": lambda: honest.libre_office("odp"),
    "z 2006 roku.odt": honest.open_office_of_2006,
    "nagranie.mp3": files.mp3,
    "film z telefonu.mp4": lambda: files.mp4(b"mp42", b"free", b"mdat", b"moov"),
    "notatka.txt": lambda: "Zażółć gęślą jaźń\r\n\t– koniec\f".encode(),
    "z notatnika.txt": lambda: "\ufeffZażółć".encode(),
    "lista.csv": lambda: "imię;godziny\r\nŻaneta;3\r\n".encode(),
    f"{LONG} 2015 – wersja ostateczna (2) poprawiona [ż ó ł ć].pdf": honest.printed_page,
}


def let_in(content: bytes, name: str) -> Checked:
    return inspect(ContentFile(content), name, max_bytes=10**8)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_gets_in_byte_for_byte(name: str) -> None:
    content = DOCUMENTS[name]()
    checked = let_in(content, name)
    assert checked.filename == name
    assert checked.file.read() == content


def test_every_kind_of_document_is_tried() -> None:
    pictures = {Kind.JPEG, Kind.PNG, Kind.WEBP}
    tried = {name.rpartition(".")[2].lower() for name in DOCUMENTS}
    assert tried == {str(kind) for kind in set(Kind) - pictures}


@pytest.mark.parametrize("encoding", ["cp1250", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_of_an_older_program_comes_back_in_utf_8(encoding: str) -> None:
    text = "imię;godziny\r\nŻaneta;3 zł – „tak”\r\n"
    mark = "\ufeff" if encoding[-3:] in {"-le", "-be"} else ""
    with let_in((mark + text).encode(encoding), "lista.csv").file as file:
        assert file.read() == text.encode()


PICTURES: dict[str, Callable[[], bytes]] = {
    "zdjęcie.jpg": honest.photo,
    "do druku.jpg": lambda: honest.photo(mode="CMYK"),
    "szare.jpg": lambda: honest.photo(mode="L"),
    "stopniowe.jpg": lambda: honest.photo(progressive=True),
    "portret.jpg": honest.photo_with_preview,
    "plakat.png": lambda: honest.photo("PNG"),
    "czarno-białe.png": lambda: honest.photo("PNG", mode="1"),
    "plakat.webp": lambda: honest.photo("WEBP", lossless=True),
}


@pytest.mark.parametrize("name", PICTURES)
def test_picture_gets_in_as_it_looks(name: str) -> None:
    content = PICTURES[name]()
    with let_in(content, name).file as stored, Image.open(stored) as kept:
        with Image.open(io.BytesIO(content)) as given:
            assert (kept.format, kept.mode, kept.size) == (
                given.format.replace("MPO", "JPEG"),
                given.mode,
                given.size,
            )
        white, black = kept.convert("L").getpixel((9, 9)), kept.convert("L").getpixel((70, 30))
        assert white > 240
        assert black < 15


def test_scan_keeps_its_sixteen_bits() -> None:
    with let_in(honest.deep_png(), "skan.png").file as stored, Image.open(stored) as kept:
        assert (kept.mode, kept.getpixel((0, 0))) == ("I;16", 40_000)


@pytest.mark.parametrize("mode", ["P", "LA", "RGBA"])
def test_drawing_keeps_its_clear_background(mode: str) -> None:
    with let_in(honest.clear_png(mode), "logo.png").file as stored, Image.open(stored) as kept:
        assert kept.convert("RGBA").getpixel((0, 0))[3] == 0


XMP_IN_PNG = PngInfo()
XMP_IN_PNG.add_itxt("XML:com.adobe.xmp", honest.XMP.decode())
SHOT = {
    "zdjęcie.jpg": lambda exif: honest.photo(exif=exif, xmp=honest.XMP),
    "zdjęcie.png": lambda exif: honest.photo("PNG", exif=exif, pnginfo=XMP_IN_PNG),
    "zdjęcie.webp": lambda exif: honest.photo("WEBP", exif=exif, xmp=honest.XMP, lossless=True),
}
# EXIF 2.3, tag 0x0112 -> the corner in which the white quarter then stands
CORNERS = {
    1: (5, 5),
    2: (-5, 5),
    3: (-5, -5),
    4: (5, -5),
    5: (5, 5),
    6: (-5, 5),
    7: (-5, -5),
    8: (5, -5),
}


@pytest.mark.parametrize("name", SHOT)
@pytest.mark.parametrize("turned", CORNERS)
def test_photo_stands_upright_and_forgets_where_it_was_taken(name: str, turned: int) -> None:
    content = SHOT[name](honest.with_place(turned))
    with let_in(content, name).file as file:
        stored = file.read()

    assert b"Telefon Jana" in content
    for secret in (b"Telefon", b"Exif", b"GPS", b"xmp", b"adobe", b"eXIf", b"iTXt"):
        assert secret not in stored
    with Image.open(io.BytesIO(stored)) as kept:
        assert kept.size == ((40, 80) if turned >= 5 else (80, 40))
        assert not kept.getexif()
        x, y = (at % side for at, side in zip(CORNERS[turned], kept.size, strict=True))
        assert kept.convert("L").getpixel((x, y)) > 240


def test_picture_keeps_its_colour_profile() -> None:
    profile = b"a profile of a scanner" * 9
    with let_in(honest.photo(icc_profile=profile), "a.jpg").file as file, Image.open(file) as kept:
        assert kept.info["icc_profile"] == profile


def test_photo_of_many_points_is_kept_at_half_of_its_width() -> None:
    wide = io.BytesIO()
    Image.new("RGB", (8_000, 6_000)).save(wide, "JPEG")
    with let_in(wide.getvalue(), "telefon.jpg").file as file, Image.open(file) as kept:
        assert kept.size == (4_000, 3_000)
