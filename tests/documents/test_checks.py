import importlib
import subprocess
import sys
from pathlib import Path

import pytest
import weasyprint.text.ffi

from certification import confinement
from certification.documents.checks import press_can_be_shut_in, print_libraries

ROOT = Path(__file__).parents[2]


def test_this_machine_can_print() -> None:
    assert print_libraries() == []


def test_slow_machine_is_warned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint.text.ffi, "harfbuzz_subset", None)
    assert [message.id for message in print_libraries()] == ["documents.W001"]


def test_a_kernel_that_shuts_nothing_in_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "missing", lambda: ["Landlock (files)"])
    (message,) = press_can_be_shut_in()
    assert (message.id, "Landlock" in message.msg) == ("documents.W002", True)


def test_machine_without_pango_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(importlib, "import_module", missing)
    assert [message.id for message in print_libraries()] == ["documents.E001"]


def test_rendering_can_be_imported_without_pango() -> None:
    """So that `manage.py check` can say what is missing instead of a traceback."""
    code = "import sys, certification.documents.render; print('weasyprint' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
