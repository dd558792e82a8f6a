"""What must be on the machine before anything can be printed, said at start-up."""

import importlib
import warnings
from typing import Any

from django.core.checks import CheckMessage, Error, Warning
from PIL import ImageFile

from certification import clock, confinement
from certification.errors import Unavailable

from .seal import in_use

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


def seal_in_use(**kwargs: Any) -> list[CheckMessage]:
    """Whether documents can be sealed, where a seal is set, and for how long yet."""
    now = clock.now()
    try:
        seal = in_use(now)
    except Unavailable as error:
        return [Error(str(error), hint="docs/operating.md, The seal", id="documents.E002")]
    if seal and seal.ends_soon(now):
        return [
            Warning(
                f"The certificate of the electronic seal ends on {seal.valid_to:%Y-%m-%d}: from "
                "then on no certificate and no letter can be issued.",
                hint="Get a new one in time, and set it: docs/operating.md, The seal.",
                id="documents.W002",
            )
        ]
    return []


def press_can_be_shut_in(**kwargs: Any) -> list[CheckMessage]:
    """The kernel's means to keep the press from files and from the network."""
    if not (missing := confinement.missing()):
        return []
    return [
        Warning(
            f"This machine lacks {', '.join(missing)}: printing works, but the press is shut in "
            "less strictly than it can be.",
            hint="Linux 5.13 or newer with Landlock, on x86-64 or ARM64.",
            id="documents.W002",
        )
    ]
