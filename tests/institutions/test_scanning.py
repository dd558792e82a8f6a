"""Files are scanned before anything opens them; without an answer they are withheld."""

import io
import logging
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import translation

from certification.errors import CannotDo
from certification.standards.models import EvidenceType
from institutions import uploads
from institutions.checks import virus_scanner
from institutions.models import Evidence
from institutions.models.evidence import Form
from institutions.services.evidence import add_evidence
from institutions.uploads import Refused, inspect, scanning
from institutions.uploads.scanning import ScannerAway, TooLargeForScanner, find_in
from tests.factories import make_institution, make_member
from tests.institutions import hostile_files as files
from tests.institutions.clamd import Answering, Heard, real_clamd, says, stand_in

PDF = files.pdf()
CLEAN, FOUND = b"stream: OK\0", b"stream: Win.Test.EICAR_HDB-1 FOUND\0"


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> Iterator[None]:
    settings.CLAMD_TIMEOUT = 20
    with translation.override("en"):
        yield


def silent(connection: socket.socket, heard: Heard) -> None:
    heard.listen(connection)
    connection.recv(1)  # until the other side has had enough


def half_an_answer(connection: socket.socket, heard: Heard) -> None:
    heard.listen(connection)
    connection.sendall(b"stream: ")
    connection.recv(1)


def in_two_pieces(connection: socket.socket, heard: Heard) -> None:
    heard.listen(connection)
    connection.sendall(b"stream")
    connection.sendall(b": OK\0")


def closes_at_once(connection: socket.socket, heard: Heard) -> None:
    connection.recv(1)


def closes_before_answering(connection: socket.socket, heard: Heard) -> None:
    heard.listen(connection)


def full_after_the_first_piece(connection: socket.socket, heard: Heard) -> None:
    connection.recv(70_000)
    connection.sendall(b"INSTREAM size limit exceeded. ERROR\0")


@pytest.mark.parametrize("over", ["unix", "tcp"])
def test_clean_file_is_sent_whole_and_in_pieces(settings: Any, over: str) -> None:
    content = bytes(range(256)) * 800
    file = io.BytesIO(content)
    file.seek(9)
    with stand_in(says(CLEAN), over=over) as (settings.CLAMD_ADDRESS, heard):
        assert find_in(file) == ""
    assert (heard.command, heard.file) == (b"zINSTREAM\0", content)
    assert max(heard.pieces) == 64 * 1024
    assert file.tell() == 0


def test_answer_in_two_pieces_is_understood(settings: Any) -> None:
    with stand_in(in_two_pieces) as (settings.CLAMD_ADDRESS, _heard):
        assert find_in(io.BytesIO(PDF)) == ""


def test_find_is_named(settings: Any) -> None:
    with stand_in(says(FOUND)) as (settings.CLAMD_ADDRESS, _heard):
        assert find_in(io.BytesIO(PDF)) == "Win.Test.EICAR_HDB-1"


@pytest.mark.parametrize("name", [b"<b>x</b>\r\n", b"", b"a" * 999])
def test_name_of_a_find_is_a_plain_one(settings: Any, name: bytes) -> None:
    with stand_in(says(b"stream: " + name + b" FOUND\0")) as (settings.CLAMD_ADDRESS, _heard):
        found = find_in(io.BytesIO(PDF))
    assert 0 < len(found) <= 100
    assert not set(found) & set("<>\r\n")


@pytest.mark.parametrize(
    "answering",
    [
        says(b"INSTREAM: Can't allocate memory ERROR\0"),
        says(b"stream: OK"),
        says(b"OK\0"),
        says(b"\0"),
        says(b"HTTP/1.1 200 OK\r\n\r\n\0"),
        says(b"\xff" * 9000 + b"\0"),
        says(b"UNKNOWN COMMAND\0"),
        silent,
        half_an_answer,
        closes_at_once,
        closes_before_answering,
    ],
)
def test_without_a_plain_answer_the_file_is_withheld(settings: Any, answering: Answering) -> None:
    settings.CLAMD_TIMEOUT = 0.3
    with (
        stand_in(answering) as (settings.CLAMD_ADDRESS, _heard),
        pytest.raises(ScannerAway, match="Try again in a few minutes"),
    ):
        find_in(io.BytesIO(PDF * 200))


@pytest.mark.parametrize(
    "answering",
    [
        full_after_the_first_piece,
        says(b"INSTREAM size limit exceeded. ERROR\0"),
        says(b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0"),
    ],
)
@pytest.mark.parametrize("over", ["unix", "tcp"])
def test_file_too_large_for_the_scanner_is_withheld(
    settings: Any, answering: Answering, over: str
) -> None:
    with (
        stand_in(answering, over=over) as (settings.CLAMD_ADDRESS, _heard),
        pytest.raises(TooLargeForScanner, match="too large for the virus scanner"),
    ):
        find_in(io.BytesIO(bytes(3_000_000)))


@pytest.mark.parametrize(
    "address", ["unix:/nowhere/ctl", "tcp://127.0.0.1:1", "127.0.0.1:3310", "tcp://", "tcp://a:b"]
)
def test_wrong_address_withholds(settings: Any, address: str) -> None:
    settings.CLAMD_ADDRESS = address
    with pytest.raises(ScannerAway):
        find_in(io.BytesIO(PDF))


def test_log_says_what_clamd_answered_and_names_no_file(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        stand_in(says(b"bad\r\nERROR injected\0")) as (settings.CLAMD_ADDRESS, _heard),
        caplog.at_level(logging.ERROR),
        pytest.raises(ScannerAway),
    ):
        inspect(ContentFile(PDF), "Lista mieszkańców.pdf", max_bytes=10**6)
    (record,) = caplog.records
    assert record.getMessage() == r"clamd answers: 'bad\r\nERROR injected'"


def test_without_an_address_nothing_is_asked(settings: Any) -> None:
    settings.CLAMD_ADDRESS = ""
    assert find_in(io.BytesIO(PDF)) == ""


def test_infected_file_is_refused_before_it_is_opened(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads.checking, "_check_content", None)  # would fail when called
    with (
        stand_in(says(FOUND)) as (settings.CLAMD_ADDRESS, heard),
        pytest.raises(Refused, match="Win.Test.EICAR_HDB-1"),
    ):
        inspect(ContentFile(PDF), "statut.pdf", max_bytes=10**6)
    assert heard.file == PDF


def test_wrong_name_or_size_is_refused_without_asking(settings: Any) -> None:
    settings.CLAMD_ADDRESS = "unix:/nowhere"
    with pytest.raises(Refused):
        inspect(ContentFile(b"MZ"), "a.exe", max_bytes=10**6)
    with pytest.raises(Refused):
        inspect(ContentFile(PDF), "a.pdf", max_bytes=10)


@pytest.mark.django_db
@pytest.mark.parametrize("answering", [says(FOUND), closes_at_once])
def test_nothing_is_kept_of_what_was_not_passed(settings: Any, answering: Answering) -> None:
    institution = make_institution()
    statute = EvidenceType.objects.create(code="statut", name_pl="Statut")
    with stand_in(answering) as (settings.CLAMD_ADDRESS, _heard), pytest.raises(CannotDo):
        add_evidence(
            institution,
            by=make_member(institution),
            title="Statut",
            type=statute,
            form=Form.FILE,
            file=ContentFile(PDF, name="a.pdf"),
        )
    assert not Evidence.objects.exists()
    assert list(Path(settings.MEDIA_ROOT).rglob("*")) == []


def test_check_is_content_without_a_scanner(settings: Any) -> None:
    settings.CLAMD_ADDRESS = ""
    assert virus_scanner() == []


def test_check_tells_that_the_scanner_is_away(settings: Any) -> None:
    settings.CLAMD_ADDRESS = "unix:/nowhere/ctl"
    assert [message.id for message in virus_scanner()] == ["institutions.E001"]


def test_scanner_answers_a_greeting(settings: Any) -> None:
    with stand_in(says(b"PONG\0")) as (settings.CLAMD_ADDRESS, heard):
        assert scanning.is_answering()
    assert heard.command == b"zPING\0"


@pytest.fixture(scope="module")
def clamd() -> Iterator[str]:
    if not shutil.which("clamd", path="/usr/sbin:/usr/bin"):
        pytest.skip("clamd is not installed: apt-get install clamav-daemon")
    with real_clamd() as address:
        yield address


INFECTED = {
    "notatka.txt": lambda: files.EICAR.encode(),
    "pismo.docx": lambda: files.ooxml(word__media__notes_txt=files.EICAR),
    "pismo.odt": lambda: files.open_document(Pictures__notes_txt=files.EICAR),
    "faktura.pdf": lambda: files.pdf(
        files.with_attachment("faktura.txt", files.EICAR.encode()), compress_streams=False
    ),
}


@pytest.mark.parametrize("name", INFECTED)
def test_clamd_finds_what_the_rules_let_in(settings: Any, clamd: str, name: str) -> None:
    content = INFECTED[name]()
    settings.CLAMD_ADDRESS = ""
    assert inspect(ContentFile(content), name, max_bytes=10**6)

    settings.CLAMD_ADDRESS = clamd
    with pytest.raises(Refused, match="Eicar-Test"):
        inspect(ContentFile(content), name, max_bytes=10**6)


def test_clamd_passes_a_clean_file(settings: Any, clamd: str) -> None:
    settings.CLAMD_ADDRESS = clamd
    assert inspect(ContentFile(PDF), "statut.pdf", max_bytes=10**6)


def test_clamd_says_when_a_file_is_too_large_for_it(settings: Any, clamd: str) -> None:
    settings.CLAMD_ADDRESS = clamd
    with pytest.raises(TooLargeForScanner):
        find_in(io.BytesIO(bytes(31 * 1024 * 1024)))


def test_check_asks_clamd_for_the_largest_file(settings: Any, clamd: str) -> None:
    settings.CLAMD_ADDRESS = clamd
    settings.EVIDENCE_MAX_BYTES = 29 * 1024 * 1024
    assert virus_scanner() == []

    settings.EVIDENCE_MAX_BYTES = 31 * 1024 * 1024
    assert [message.id for message in virus_scanner()] == ["institutions.W001"]
