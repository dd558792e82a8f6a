"""Programs that open what strangers send: what they are told, and what they are given to read."""

import io
from contextlib import ExitStack
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from certification import sandbox
from certification.busy import Busy
from certification.sandbox import on_disk, run
from institutions.models import EvidenceRevision


@pytest.fixture
def program(tmp_path: Path) -> Any:
    def written(text: str) -> Path:
        path = tmp_path / "program.py"
        path.write_text(text)
        return path

    return written


def test_program_answers(program: Any) -> None:
    assert run(program("import sys; print(sys.argv[1:])"), "a", "ż") == "['a', 'ż']\n".encode()


def test_program_knows_nothing_of_the_environment(program: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("SECRET_KEY", "very-secret")
    assert run(program("import os; print('SECRET_KEY' in os.environ)")) == b"False\n"


@pytest.mark.parametrize(
    "breaks",
    [
        "raise SystemExit(3)",
        "import os; os.abort()",
        "import resource as r; r.setrlimit(r.RLIMIT_DATA, (9 << 20,) * 2); bytes(99 << 20)",
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass",
    ],
)
def test_program_that_breaks_says_nothing(program: Any, breaks: str) -> None:
    assert run(program(f"print('half')\n{breaks}")) is None


def test_program_that_never_ends_is_ended(program: Any) -> None:
    assert run(program("import signal; signal.pause()"), seconds=0.3) is None


def test_only_so_many_programs_run_at_once(program: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "PATIENCE", 0)
    answers = program("print('here')")
    with ExitStack() as places:
        for _place in range(sandbox.AT_ONCE):
            places.enter_context(sandbox._places)
        with pytest.raises(Busy):
            run(answers)
    assert run(answers) == b"here\n"


@pytest.mark.parametrize("ends", ["pass", "raise SystemExit(3)", "import signal; signal.pause()"])
def test_place_is_given_back_however_a_program_ends(
    program: Any, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    monkeypatch.setattr(sandbox, "_places", BoundedSemaphore(1))
    monkeypatch.setattr(sandbox, "PATIENCE", 0)
    run(program(ends), seconds=0.3)
    assert run(program("print('here')")) == b"here\n"


def test_file_of_the_disk_is_read_where_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"abc")
    with path.open("rb") as plain, on_disk(plain) as used:
        assert used == str(path)
    with path.open("rb") as plain, on_disk(File(plain)) as used:
        assert used == str(path)


def test_stored_file_is_read_where_it_lies() -> None:
    name = default_storage.save("a.pdf", ContentFile(b"abc"))
    with default_storage.open(name) as file, on_disk(file) as used:
        assert used == default_storage.path(name)
    with EvidenceRevision(file=name).file.open() as field, on_disk(field) as used:
        assert used == default_storage.path(name)


def test_large_upload_is_read_where_it_lies() -> None:
    upload = TemporaryUploadedFile("a.pdf", "application/pdf", 3, None)
    with upload, on_disk(upload) as used:
        assert used == upload.temporary_file_path()


@pytest.mark.parametrize("make", [ContentFile, io.BytesIO, lambda c: SimpleUploadedFile("a", c)])
def test_file_in_memory_is_copied_and_the_copy_goes(make: Any) -> None:
    file = make(b"abc")
    file.read(1)
    with on_disk(file, ".txt") as used:
        assert Path(used).read_bytes() == b"abc"
    assert not Path(used).exists()


def test_name_that_is_a_path_is_not_believed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"of somebody else")
    mine = tmp_path / "mine"
    mine.write_bytes(b"abc")
    with mine.open("rb") as plain:
        for file in (ContentFile(b"abc", name=str(secret)), File(plain, name=str(secret))):
            with on_disk(file) as used:
                assert Path(used).read_bytes() == b"abc"
