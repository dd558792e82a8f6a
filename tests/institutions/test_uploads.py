"""What may come in does, unharmed; what may not is refused with a sentence that helps."""

import gc
import hashlib
import io
import tempfile
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from institutions.uploads import ACCEPT, Kind, Refused, inspect, names, sha256_of
from institutions.uploads.kinds import BY_EXTENSION, TYPES
from tests.institutions import hostile_files as files

LIMIT = 20 * 1024 * 1024

GOOD = {
    "statut.pdf": files.pdf(),
    "skan.JPG": files.picture("JPEG"),
    "skan.jpeg": files.picture("JPEG"),
    "plakat.png": files.picture("PNG"),
    "plakat.webp": files.picture("WEBP"),
    "raport.docx": files.ooxml("docx"),
    "budżet.xlsx": files.ooxml("xlsx"),
    "prezentacja.pptx": files.ooxml("pptx"),
    "raport.odt": files.open_document("odt"),
    "budżet.ods": files.open_document("ods"),
    "prezentacja.odp": files.open_document("odp"),
    "notatka.txt": "Zażółć gęślą jaźń\r\n".encode(),
    "lista.csv": "imię;godziny\nŻaneta;3\n".encode(),
    "film.mp4": files.mp4(),
    "nagranie.mp3": files.mp3(),
}


def sent(content: bytes, name: str, limit: int = LIMIT):
    return inspect(SimpleUploadedFile("x", content), name, max_bytes=limit)


def refusal(content: bytes, name: str, limit: int = LIMIT) -> str:
    with translation.override("en"), pytest.raises(Refused) as refused:
        sent(content, name, limit)
    return str(refused.value)


@pytest.mark.parametrize("name", GOOD)
def test_listed_type_gets_in(name):
    checked = sent(GOOD[name], name)
    type_ = BY_EXTENSION[names.extension_of(name)]

    assert checked.filename == name
    assert (checked.kind, checked.content_type) == (type_.kind, type_.content_type)
    assert checked.extension in type_.extensions
    assert checked.file.tell() == 0
    if checked.kind not in {Kind.JPEG, Kind.PNG, Kind.WEBP}:
        assert checked.file.read() == GOOD[name]


def test_every_kind_has_a_good_example_and_is_offered():
    assert {BY_EXTENSION[names.extension_of(name)].kind for name in GOOD} == set(Kind)
    assert {type_.kind for type_ in TYPES} == set(Kind)
    assert ACCEPT.startswith(".pdf,.jpg,.jpeg,.png")


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("claimed", sorted(BY_EXTENSION))
def test_content_under_the_name_of_another_type_is_refused(name, claimed):
    same = BY_EXTENSION[claimed].kind == BY_EXTENSION[names.extension_of(name)].kind
    texts = {".txt", ".csv"}
    if same or (claimed in texts and names.extension_of(name) in texts):
        return

    assert refusal(GOOD[name], f"plik{claimed}")


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9])
def test_file_cut_short_is_refused(name, keep):
    content = GOOD[name]
    if names.extension_of(name) in {".txt", ".csv", ".mp3"}:
        content = content[:1] + b"\0" + content[1:]  # text has no end; a recording may be cut
    cut = content[: int(len(content) * keep)]
    if name.endswith(".pdf") and keep > 0.3:
        return  # qpdf finds the pages again, and so do readers

    assert refusal(cut, name)


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "statut.pdf", "empty"),
        (b"MZ\x90\0", "umowa.pdf.exe", ".exe are not accepted"),
        (b"<svg/>", "logo.svg", ".svg are not accepted"),
        (files.pdf(), "statut", "no ending"),
        (files.pdf(), ".pdf", "no ending"),
        (files.pdf(), "statut.pdf\0.exe", ".exe are not accepted"),
        (files.pdf(), "statut\u202efdp.exe", ".exe are not accepted"),
        (files.ooxml(), "pismo.docm", ".docm are not accepted"),
    ],
)
def test_name_or_emptiness_is_told(content, name, says):
    assert says in refusal(content, name)


def test_file_over_the_limit_is_refused_and_one_at_the_limit_is_not():
    content = GOOD["film.mp4"]

    assert "at most" in refusal(content, "film.mp4", limit=len(content) - 1)
    assert sent(content, "film.mp4", limit=len(content))


@pytest.mark.parametrize(
    ("change", "save", "says"),
    [
        (files.with_open_action(S=pikepdf.Name.JavaScript, JS="app.alert(1)"), {}, "by itself"),
        (files.with_open_action(S=pikepdf.Name.Launch, F="calc.exe"), {}, "by itself"),
        (files.with_open_action(S=pikepdf.Name.SubmitForm, F="https://e.example"), {}, "by itself"),
        (files.with_link("javascript:alert(1)"), {}, "by itself"),
        (files.with_attachment("run.exe"), {}, "attached"),
        (files.with_attachment("inne.pdf"), {}, "attached"),
        (None, {"encryption": pikepdf.Encryption(owner="o", user="u")}, "password"),
        (None, {"encryption": pikepdf.Encryption(owner="o", user="")}, "password"),
    ],
)
def test_pdf_that_is_more_than_pages_is_refused(change, save, says):
    assert says in refusal(files.pdf(change, **save), "statut.pdf")


def test_pdf_script_hidden_in_a_packed_object_is_found():
    hidden = files.with_open_action(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    content = files.pdf(hidden, object_stream_mode=pikepdf.ObjectStreamMode.generate)

    assert b"JavaScript" not in content
    assert "by itself" in refusal(content, "statut.pdf")


@pytest.mark.parametrize(
    "change",
    [
        files.with_link("https://example.org/"),
        files.with_link("mailto:biuro@example.org"),
        files.with_attachment("faktura.xml"),
    ],
)
def test_pdf_with_plain_links_or_its_own_data_gets_in(change):
    assert sent(files.pdf(change), "statut.pdf").kind == Kind.PDF


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\ngarbage" * 99, b"\n" + files.pdf()])
def test_damaged_pdf_is_refused(content):
    assert "damaged" in refusal(content, "statut.pdf")


def test_picture_loses_place_comment_and_tail_and_stands_upright():
    content = files.photo_with_place() + b"<?php echo 1; ?>"
    written = sent(content, "zdjęcie.jpg").file.read()

    assert Image.open(io.BytesIO(content)).size == (40, 20)
    with Image.open(io.BytesIO(written)) as picture:
        assert picture.size == (20, 40)
        assert not picture.getexif()
        assert "comment" not in picture.info
    for secret in (b"Jan", b"php", b"Exif"):
        assert secret in content
        assert secret not in written


def test_moving_picture_is_refused():
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "WEBP", save_all=True, append_images=frames[1:])

    assert "Moving" in refusal(written.getvalue(), "baner.webp")


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (files.ooxml(word__vbaProject_bin=b"x"), "pismo.docx", "macros"),
        (
            files.ooxml(main="application/vnd.ms-word.document.macroEnabled.main+xml"),
            "p.docx",
            "macros",
        ),
        (files.open_document(Basic__Standard__Module1_xml="<a/>"), "pismo.odt", "macros"),
        (files.encrypted(files.ooxml()), "pismo.docx", "password"),
        (files.open_document(manifest="<m:encryption-data/>"), "pismo.odt", "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "pismo.docx", "password"),
        (files.ooxml(word__embeddings__x_zip=b"x"), "pismo.docx", "Another file"),
        (files.ooxml(word__embeddings__oleObject1_bin=b"x"), "pismo.docx", "Another file"),
        (files.ooxml(media__image1_png=files.package({"a": b"b"})), "pismo.docx", "damaged"),
        (files.ooxml(media__image1_png=b"MZ\x90"), "pismo.docx", "damaged"),
        (files.ooxml("xlsx"), "pismo.docx", "damaged"),
        (files.open_document("ods"), "pismo.odt", "damaged"),
        (files.package({"a.txt": "zip"}), "pismo.docx", "damaged"),
        (b"MZ" + files.ooxml(), "pismo.docx", "damaged"),
        (files.package({"../../etc/passwd": "x"}), "pismo.docx", "damaged"),
        (
            files.ooxml(
                _rels__settings_xml_rels=files.relationship("attachedTemplate", "http://e/x")
            ),
            "pismo.docx",
            "fetches",
        ),
        (
            files.ooxml(word__document_xml='<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'),
            "pismo.docx",
            "damaged",
        ),
    ],
)
def test_office_document_that_is_more_than_a_document_is_refused(content, name, says):
    assert says in refusal(content, name)


def test_office_document_with_links_and_chart_data_gets_in():
    links = files.relationship("hyperlink", "https://example.org/")
    chart = files.ooxml("xlsx")
    content = files.ooxml("pptx", ppt___rels__p_xml_rels=links, ppt__embeddings__Sheet1_xlsx=chart)

    assert sent(content, "prezentacja.pptx").kind == Kind.PPTX


@pytest.mark.parametrize("name", ["notatka.txt", "lista.csv"])
def test_text_of_an_older_program_comes_back_as_utf8(name):
    text = "Łódź; „żółw” – 5 €\r\n"

    assert sent(text.encode("cp1250"), name).file.read() == text.encode()


@pytest.mark.parametrize(
    "content",
    [
        b"\0\0\0",
        "zażółć".encode("utf-16-le"),
        b"abc\x1b[31m",
        b"\x81\x83\x88\x90\x98",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"\xef\xbb\xbf  <html>",
        b"#!/bin/sh\nrm",
        b"<?php echo 1;",
        b"x" * (10 * 1024 * 1024 + 1),
    ],
)
def test_text_that_is_no_text_is_refused(content):
    assert refusal(content, "notatka.txt")


@pytest.mark.parametrize(
    "content",
    [
        files.mp4(b"qt  "),
        files.mp4(b"heic"),
        files.mp4(b"isom", b"mdat"),
        files.mp4() + b"tail",
        b"\0\0\0\x01ftypisom" + b"\xff" * 8,
        files.mp4() + b"\0\0\0\x02free",
    ],
)
def test_film_with_another_structure_is_refused(content):
    assert "MP4" in refusal(content, "film.mp4")


@pytest.mark.parametrize(
    "content", [files.mp3(2), b"ID3", b"\xff\xfb" * 999, files.mp3(8, b"<html>")]
)
def test_recording_with_another_structure_is_refused(content):
    assert "MP3" in refusal(content, "nagranie.mp3")


@pytest.mark.parametrize("tag", [b"", b"ID3\x03\x00\x00\x00\x00\x00\x02xy" + b"\0" * 700])
def test_recording_with_and_without_tag_gets_in(tag):
    assert sent(files.mp3(8, tag), "nagranie.mp3").kind == Kind.MP3


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Zażółć gęślą jaźń.pdf", "Zażółć gęślą jaźń.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Jan\\statut.pdf", "statut.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("faktura\u202efdp.exe", "fakturafdp.exe"),
        ("a\u200b\u2028\ufeffb.pdf", "ab.pdf"),
        ("  statut   2024 .pdf ", "statut 2024.pdf"),
        ("statut.pdf. . .", "statut.pdf"),
        ("z\u0307o\u0301łw.pdf", "żółw.pdf"),
        ('"a"<b>.pdf', "_a__b_.pdf"),
        ("🙂.pdf", "🙂.pdf"),
    ],
)
def test_display_name_is_a_plain_single_name(given, shown):
    assert names.display_name(given) == shown


@given(st.text(max_size=400))
def test_display_name_of_any_text_is_short_stable_and_no_path(given_name):
    name = names.display_name(given_name)

    assert 0 < len(name.encode()) <= names.MAX_BYTES
    assert not set(name) & set('/\\\0\r\n"<>:|?*\u202e\u2028')
    assert names.display_name(name) == name


def test_long_name_keeps_its_ending():
    name = names.display_name("ż" * 300 + ".pdf")

    assert name.endswith("ż.pdf")
    assert len(name.encode()) <= 200


def test_sha256_reads_the_whole_file_and_rewinds():
    content = b"statut" * 500_000
    file = io.BytesIO(content)
    file.seek(100)

    assert sha256_of(file) == hashlib.sha256(content).hexdigest()
    assert file.tell() == 0


def test_large_upload_is_checked_where_it_lies():
    upload = TemporaryUploadedFile("statut.pdf", "application/pdf", 0, None)
    upload.write(files.pdf())

    checked = inspect(upload, upload.name, max_bytes=LIMIT)

    assert checked.file is upload
    upload.close()


def test_rewritten_file_goes_with_its_last_holder():
    checked = sent(files.picture("PNG"), "plakat.png")
    path = Path(checked.file.name)
    assert path.exists()

    del checked
    gc.collect()

    assert not path.exists()


def test_refused_picture_leaves_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    refusal(b"no picture", "plakat.png")
    refusal(b"\xff\xfe\x00\xd8a", "notatka.txt")
    gc.collect()

    assert list(tmp_path.iterdir()) == []
