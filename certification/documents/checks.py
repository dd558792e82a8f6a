"""What must be on the machine before anything can be printed, said at start-up."""

import importlib
import warnings
from typing import Any

from django.core.checks import CheckMessage, Error, Warning
from PIL import ImageFile

PACKAGES = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def print_libraries(**kwargs: Any) -> list[CheckMessage]:
    """Pango, without which nothing prints; harfbuzz-subset, without which it takes ten times
    as long (measured: 22 -> 475 ms a certificate)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            libraries = importlib.import_module("weasyprint.text.ffi")
    except OSError as error:
        return [Error(f"Pango is missing: {error}", hint=PACKAGES, id="documents.E001")]
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # importing it switched this on, see press.py
    if libraries.harfbuzz_subset is None:
        return [
            Warning(
                "libharfbuzz-subset is missing: printing works, but about ten times slower.",
                hint=PACKAGES,
                id="documents.W001",
            )
        ]
    return []
