"""From a template and its context to the bytes of a PDF: what every document passes through."""

import importlib
import os
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from . import design
from .sheets import Letterhead

if TYPE_CHECKING:
    from .press import Press


def print_html(
    kind: str,
    context: dict[str, Any],
    *,
    day: date,
    images: dict[str, Any],
    data: tuple[str, bytes] = ("", b""),
) -> bytes:
    """Print templates/documents/`kind`.html in its own style; `data` is attached under a name."""
    html = render_to_string(f"documents/{kind}.html", context)
    name, content = data
    return _press(os.getpid()).print(html, kind, day, images, content, name)


@cache
def _press(process: int) -> "Press":
    """The press of this process, set up at the first document it prints."""
    return importlib.import_module("certification.documents.press").Press()


def letterhead_images(issuer: Letterhead) -> dict[str, Any]:
    """What documents of the issuer show: its mark, and dots to sign on."""
    if issuer.mark is None:
        mark: Any = design.mark()
    else:
        mark = importlib.import_module("certification.documents.press").picture(issuer.mark)
    return {"mark": mark, "dots": design.dots()}
