"""The hostile corpus: each file is refused with a sentence that helps, and nothing of it stays."""

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import translation
from PIL import Image

from certification.audit.models import Event
from certification.standards.models import EvidenceType
from institutions.models import Evidence, EvidenceRevision, Institution, User
from institutions.models.evidence import Form
from institutions.services.evidence import add_evidence
from institutions.uploads import Refused, inspect
from tests.factories import make_institution
from tests.institutions import hostile_bombs as bombs
from tests.institutions import hostile_files as files

ZIP = files.package({"run.bat": "del *"})
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
JAR_IN_GIF = (
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;" + ZIP
)
XXE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
OUTSIDE_DTD = '<!DOCTYPE a SYSTEM "http://e.example/a.dtd"><a/>'
MALFORMED_XML = '<w:document xmlns:w="w"><w:p>'
SCRIPT = {"S": pikepdf.Name.JavaScript, "JS": "app.alert(1)"}
IN_OBJECT_STREAM = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}


def pdf_action(kind: str, **entries: Any) -> bytes:
    return files.pdf(files.with_root(OpenAction=lambda _pdf: files.action(kind, **entries)))


def pdf_page(**entries: Any) -> bytes:
    return files.pdf(files.with_page(**entries))


def pdf_root(**entries: Callable[[pikepdf.Pdf], Any]) -> bytes:
    return files.pdf(files.with_root(**entries))


def annotation(kind: str, **entries: Any) -> pikepdf.Array:
    given = {f"/{key}": value for key, value in entries.items()}
    return pikepdf.Array([pikepdf.Dictionary({"/Subtype": pikepdf.Name(f"/{kind}")} | given)])


def moving(format_: str) -> bytes:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, format_, save_all=True, append_images=frames[1:])
    return written.getvalue()


# name -> (its content, what the sentence says)
POLYGLOTS = {
    "pdf-and-zip.pdf": (lambda: files.pdf() + ZIP, "archive of other files"),
    "pdf-and-zip-and-tail.pdf": (lambda: files.pdf() + ZIP + b"\0" * 5000, "archive of other"),
    "mp3-and-zip.mp3": (lambda: files.mp3() + ZIP, "archive of other files"),
    "mp4-and-zip.mp4": (
        lambda: files.mp4() + (8 + len(ZIP)).to_bytes(4, "big") + b"free" + ZIP,
        "archive of other files",
    ),
    "zip-then-docx.docx": (lambda: ZIP + files.ooxml(), "damaged"),
    "docx-then-html.docx": (lambda: files.ooxml() + HTML, "damaged"),
    "program-then-docx.docx": (lambda: b"MZ" + files.ooxml(), "damaged"),
    "gifar.png": (lambda: JAR_IN_GIF, "damaged"),
    "gifar.jpg": (lambda: JAR_IN_GIF, "damaged"),
    "html-then-pdf.pdf": (lambda: HTML + files.pdf(), "damaged"),
    "jpeg-then-pdf.pdf": (lambda: files.picture("JPEG") + files.pdf(), "damaged"),
    "html-then-mp3.mp3": (lambda: HTML + files.mp3(tag=b""), "MP3"),
    "rtf.txt": (lambda: b"{\\rtf1 {\\object}}", "not a plain text"),
    "html-in-utf-16.txt": (lambda: HTML.decode().encode("utf-16"), "cannot be read"),
    "comment-then-html.txt": (lambda: b"<!-- a -->" + HTML, "not a plain text"),
}
LIES = {
    "html.png": (lambda: HTML, "damaged"),
    "html.jpg": (lambda: HTML, "damaged"),
    "html.pdf": (lambda: HTML, "damaged"),
    "html.txt": (lambda: HTML, "not a plain text"),
    "svg.png": (lambda: SVG, "damaged"),
    "svg.webp": (lambda: SVG, "damaged"),
    "svg.txt": (lambda: SVG, "not a plain text"),
    "svg-with-declaration.csv": (lambda: b'<?xml version="1.0"?>' + SVG, "not a plain text"),
    "gif.png": (lambda: files.picture("GIF"), "damaged"),
    "bmp.jpg": (lambda: files.picture("BMP"), "damaged"),
    "tiff.jpg": (lambda: files.picture("TIFF"), "damaged"),
    "png.jpg": (lambda: files.picture("PNG"), "damaged"),
    "program.docx": (lambda: b"MZ\x90\0" + bytes(500), "damaged"),
    "program.pdf": (lambda: b"MZ\x90\0" + bytes(500), "damaged"),
    "zip.docx": (lambda: ZIP, "Another file"),
    "docx.xlsx": (lambda: files.ooxml("docx"), "damaged"),
    "docx.odt": (lambda: files.ooxml("docx"), "damaged"),
    "odt.ods": (lambda: files.open_document("odt"), "damaged"),
    "old-word.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old format"),
    "mov.mp4": (lambda: files.mp4(b"qt  "), "MP4"),
    "mp3.mp4": (lambda: files.mp3(), "MP4"),
    "mp4.mp3": (lambda: files.mp4(), "MP3"),
    "magic-only.pdf": (lambda: b"%PDF-1.7\n", "damaged"),
    "magic-only.png": (lambda: b"\x89PNG\r\n\x1a\n", "damaged"),
    "magic-only.jpg": (lambda: b"\xff\xd8\xff\xe0", "damaged"),
    "magic-only.webp": (lambda: b"RIFF\x10\0\0\0WEBPVP8 ", "damaged"),
    "magic-only.docx": (lambda: b"PK\x03\x04", "damaged"),
    "magic-only.mp4": (lambda: b"\0\0\0\x10ftypisom\0\0\0\0", "MP4"),
    "magic-only.mp3": (lambda: b"ID3\x04\0\0\0\0\0\0", "MP3"),
    "picture.svg": (lambda: SVG, ".svg are not accepted"),
    "page.html": (lambda: HTML, ".html are not accepted"),
    "archive.zip": (lambda: ZIP, ".zip are not accepted"),
    "letter.docm": (lambda: files.ooxml(), ".docm are not accepted"),
    "letter.pdf.exe": (lambda: b"MZ", ".exe are not accepted"),
    "letter.pdf\0.exe": (lambda: b"MZ", ".exe are not accepted"),
    "letter\u202efdp.scr": (lambda: b"MZ", ".scr are not accepted"),
    "eicar.com": (lambda: files.EICAR.encode(), ".com are not accepted"),
}
EMPTY = {f"empty.{extension}": (lambda: b"", "empty") for extension in ("pdf", "png", "txt", "mp4")}
PDFS = {
    "script.pdf": (lambda: pdf_action("JavaScript", JS="app.alert(1)"), "by itself"),
    "hidden-script.pdf": (
        lambda: files.pdf(files.with_open_action(**SCRIPT), **IN_OBJECT_STREAM),
        "by itself",
    ),
    "named-scripts.pdf": (
        lambda: pdf_root(
            Names=lambda _pdf: pikepdf.Dictionary(
                JavaScript=pikepdf.Dictionary(Names=["a", pikepdf.Dictionary(**SCRIPT)])
            )
        ),
        "by itself",
    ),
    "page-opened.pdf": (
        lambda: pdf_page(AA=pikepdf.Dictionary(O=files.action("JavaScript", JS="x()"))),
        "by itself",
    ),
    "document-closed.pdf": (
        lambda: pdf_root(AA=lambda _pdf: pikepdf.Dictionary(WC=files.action("Launch", F="a"))),
        "by itself",
    ),
    "after-another.pdf": (
        lambda: pdf_action(
            "Named", N=pikepdf.Name.Print, Next=files.action("Launch", F="calc.exe")
        ),
        "by itself",
    ),
    "launch.pdf": (lambda: pdf_action("Launch", F="calc.exe"), "by itself"),
    "submit.pdf": (lambda: pdf_action("SubmitForm", F="https://e.example"), "by itself"),
    "import.pdf": (lambda: pdf_action("ImportData", F="a.fdf"), "by itself"),
    "go-to-embedded.pdf": (lambda: pdf_action("GoToE", F="a"), "by itself"),
    "go-to-share.pdf": (lambda: pdf_action("GoToR", F=r"\\e.example\a.pdf"), "by itself"),
    "link-to-script.pdf": (lambda: files.pdf(files.with_link(" JavaScript:x()")), "by itself"),
    "link-to-file.pdf": (lambda: files.pdf(files.with_link("file:///etc/passwd")), "by itself"),
    "form-xfa.pdf": (
        lambda: pdf_root(AcroForm=lambda pdf: pikepdf.Dictionary(XFA=pdf.make_stream(b"<xdp/>"))),
        "by itself",
    ),
    "content-elsewhere.pdf": (
        lambda: pdf_root(Extra=lambda pdf: pikepdf.Stream(pdf, b"", F="http://e.example/x")),
        "by itself",
    ),
    "rich-media.pdf": (lambda: pdf_page(Annots=annotation("RichMedia")), "by itself"),
    "three-d.pdf": (lambda: pdf_page(Annots=annotation("3D")), "by itself"),
    "attached-program.pdf": (lambda: files.pdf(files.with_attachment("run.exe")), "attached"),
    "attached-pdf.pdf": (lambda: files.pdf(files.with_attachment("inne.pdf")), "attached"),
    "eicar-attached.pdf": (lambda: files.pdf(files.with_attachment("eicar.com")), "attached"),
    "locked.pdf": (
        lambda: files.pdf(encryption=pikepdf.Encryption(owner="o", user="u")),
        "password",
    ),
    "not-to-be-copied.pdf": (
        lambda: files.pdf(encryption=pikepdf.Encryption(owner="o", user="")),
        "password",
    ),
    "without-pages.pdf": (lambda: files.pdf(lambda pdf: pdf.pages.__delitem__(0)), "damaged"),
}
OFFICE = {
    "macros.docx": (lambda: files.ooxml(word__vbaProject_bin=b"x"), "macros"),
    "macros.xlsx": (lambda: files.ooxml("xlsx", xl__macrosheets__sheet1_xml="<a/>"), "macros"),
    "declared-macros.docx": (
        lambda: files.ooxml(main="application/vnd.ms-word.document.macroEnabled.main+xml"),
        "macros",
    ),
    "active-x.docx": (lambda: files.ooxml(word__activeX__activeX1_xml="<a/>"), "macros"),
    "basic.odt": (lambda: files.open_document(Basic__Standard__Module1_xml="<a/>"), "macros"),
    "listens.odt": (
        lambda: files.open_document(content_xml='<a xmlns:s="s"><s:event-listener/></a>'),
        "macros",
    ),
    "locked.docx": (lambda: files.encrypted(files.ooxml()), "password"),
    "locked.odt": (lambda: files.open_document(manifest="<m:encryption-data/>"), "password"),
    "archive-inside.docx": (lambda: files.ooxml(word__embeddings__x_zip=ZIP), "Another file"),
    "object.docx": (lambda: files.ooxml(word__embeddings__oleObject1_bin=b"x"), "Another file"),
    "old-object.docx": (
        lambda: files.ooxml(word__media__image1_png=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "Another file",
    ),
    "eicar-inside.docx": (lambda: files.ooxml(word__media__eicar_com=files.EICAR), "Another file"),
    "disguised-archive.docx": (lambda: files.ooxml(word__media__image1_png=ZIP), "damaged"),
    "disguised-program.docx": (lambda: files.ooxml(word__media__image1_png=b"MZ\x90"), "damaged"),
    "template-elsewhere.docx": (
        lambda: files.ooxml(
            word___rels__settings_xml_rels=files.relationship("attachedTemplate", "http://e/x")
        ),
        "fetches",
    ),
    "object-elsewhere.xlsx": (
        lambda: files.ooxml("xlsx", xl___rels__a_rels=files.relationship("oleObject", "\\\\e\\x")),
        "fetches",
    ),
    "xxe.docx": (lambda: files.ooxml(word__document_xml=XXE), "damaged"),
    "xxe.xlsx": (lambda: files.ooxml("xlsx", xl__sharedStrings_xml=XXE), "damaged"),
    "xxe.pptx": (lambda: files.ooxml("pptx", _rels___rels=XXE), "damaged"),
    "xxe.odt": (lambda: files.open_document(meta_xml=XXE), "damaged"),
    "xxe-in-utf-16.docx": (lambda: files.ooxml(a_xml=XXE.encode("utf-16")), "damaged"),
    "outside-dtd.docx": (lambda: files.ooxml(word__document_xml=OUTSIDE_DTD), "damaged"),
    "outside-dtd.ods": (lambda: files.open_document("ods", content_xml=OUTSIDE_DTD), "damaged"),
    "laughs.odt": (lambda: files.open_document(content_xml=bombs.BILLION_LAUGHS), "damaged"),
    "broken-xml.docx": (lambda: files.ooxml(word__document_xml=MALFORMED_XML), "damaged"),
    "path-up.docx": (lambda: files.named_parts({"../../etc/cron.d/a": "x"}), "damaged"),
    "path-up-windows.docx": (lambda: files.named_parts({"word\\..\\..\\a": "x"}), "damaged"),
    "path-absolute.docx": (lambda: files.named_parts({"/etc/passwd": "x"}), "damaged"),
    "path-drive.docx": (lambda: files.named_parts({"C:/Windows/a": "x"}), "damaged"),
    "path-lines.docx": (lambda: files.named_parts({"word/a\r\nb": "x"}), "damaged"),
    "two-of-a-name.docx": (lambda: files.with_part_twice("main.xml"), "damaged"),
    "overlapping.docx": (bombs.overlapping_parts, "far more room"),
    "lying.docx": (
        lambda: files.lying_about_size(files.swollen_document(2), "word/document.xml"),
        "damaged",
    ),
}
PICTURES = {
    "flood.png": (files.pixel_flood, "too many points"),
    "flood.jpg": (lambda: bombs.jpeg_claiming(60_000, 60_000), "too many points"),
    "flood-progressive.jpg": (
        lambda: bombs.jpeg_claiming(60_000, 60_000, progressive=True),
        "too many points",
    ),
    "swelling-text.png": (files.png_with_swelling_text, "damaged"),
    "moving.png": (lambda: moving("PNG"), "Moving"),
    "moving.webp": (lambda: moving("WEBP"), "Moving"),
    "no-pixels.png": (lambda: files.picture("PNG")[:60], "damaged"),
    "wrong-sum.png": (lambda: files.picture("PNG").replace(b"IDAT", b"IDAX"), "damaged"),
}
CORPUS = POLYGLOTS | LIES | EMPTY | PDFS | OFFICE | PICTURES


@pytest.fixture
def institution(db: None) -> Institution:
    return make_institution()


@pytest.mark.parametrize("name", CORPUS)
def test_hostile_file_is_refused_with_a_sentence_and_nothing_of_it_stays(
    name: str, institution: Institution, by: User, statute: EvidenceType
) -> None:
    make, says = CORPUS[name]
    file = ContentFile(make(), name=name)

    with translation.override("en"), pytest.raises(Refused) as refused:
        add_evidence(institution, by=by, title="Statut", type=statute, form=Form.FILE, file=file)

    assert says in str(refused.value)
    assert not Evidence.objects.exists()
    assert not EvidenceRevision.objects.exists()
    assert not Event.objects.exists()
    assert list(Path(settings.MEDIA_ROOT).rglob("*")) == []


# What cannot hurt once it is in: the picture is drawn anew, and nothing behind it comes along.
HARMLESS_AFTER = {
    "jpeg-and-html.jpg": lambda: files.picture("JPEG") + HTML,
    "jpeg-and-zip.jpg": lambda: files.picture("JPEG") + ZIP,
    "jpeg-comment.jpg": lambda: files.picture("JPEG", comment=HTML + ZIP),
    "jpeg-exif.jpg": lambda: files.picture("JPEG", exif=b"Exif\0\0" + HTML + ZIP),
    "jpeg-xmp.jpg": lambda: files.picture("JPEG", xmp=HTML + ZIP),
    "png-and-zip.png": lambda: files.picture("PNG") + ZIP,
    "png-text.png": lambda: files.png_with((b"tEXt", b"Comment\0" + HTML + ZIP)),
    "png-own-chunk.png": lambda: files.png_with((b"prVt", HTML + ZIP)),
    "png-packed-text.png": lambda: files.png_with((b"zTXt", b"C\0\0" + zlib.compress(HTML + ZIP))),
    "webp-xmp.webp": lambda: files.picture("WEBP", xmp=HTML + ZIP),
    "webp-and-zip.webp": lambda: files.picture("WEBP") + ZIP,
}


@pytest.mark.parametrize("name", HARMLESS_AFTER)
def test_picture_comes_in_without_what_it_carried(name: str) -> None:
    checked = inspect(ContentFile(HARMLESS_AFTER[name]()), name, max_bytes=10**8)
    stored = checked.file.read()
    checked.file.close()

    with Image.open(io.BytesIO(stored)) as kept:
        assert kept.size == (40, 20)
    for carried in (b"script", b"PK\x03\x04", b"run.bat"):
        assert carried not in stored


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx", "odt", "ods", "odp"])
def test_package_cut_anywhere_is_refused(kind: str) -> None:
    make = files.ooxml if kind in files.MAIN else files.open_document
    whole = make(kind)
    for keep in range(1, len(whole), max(1, len(whole) // 25)):
        with pytest.raises(Refused):
            inspect(ContentFile(whole[:keep]), f"a.{kind}", max_bytes=10**8)


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_picture_cut_anywhere_is_refused(format_: str) -> None:
    whole = files.picture(format_, (300, 200))
    for keep in range(1, len(whole) - 12, max(1, len(whole) // 12)):
        with pytest.raises(Refused):
            inspect(ContentFile(whole[:keep]), f"a.{format_.lower()}", max_bytes=10**8)


@pytest.mark.parametrize(
    "content", [files.mp4(b"isom", *[b"free"] * 3, b"moov", b"mdat"), files.mp4(b"mp42")]
)
def test_film_cut_anywhere_is_refused(content: bytes) -> None:
    for keep in range(1, len(content)):
        with pytest.raises(Refused):
            inspect(ContentFile(content[:keep]), "a.mp4", max_bytes=10**8)
