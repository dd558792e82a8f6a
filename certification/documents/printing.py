"""From a template and its context to the bytes of a PDF: what every document passes through."""

from datetime import date
from typing import Any

from django.template.loader import render_to_string

from . import design
from .orders import Order, printed
from .sheets import Letterhead


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
    return printed(Order(html, kind, day, images, content, name))


def letterhead_images(issuer: Letterhead) -> dict[str, Any]:
    """What documents of the issuer show: its mark, and dots to sign on."""
    mark = design.mark() if issuer.mark is None else issuer.mark
    return {"mark": mark, "dots": design.dots()}
