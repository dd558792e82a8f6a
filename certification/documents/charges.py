"""Charges against the holder of a certificate as PDF (regulation, point 10)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from certification.errors import CannotDo

from .printing import letterhead_images, print_html
from .report import STAND_IN, legible
from .sheets import Letterhead
from .typography import day_in_words, typeset_lines

MAX_TEXT = 10_000  # characters; bounds the time it takes to print


@dataclass(frozen=True)
class ChargesSheet:
    """Everything the paper prints. An empty line in `text` begins a paragraph."""

    issuer: Letterhead
    number: str
    place: str
    day: date
    holder: str
    certificate: str
    issued_on: date
    text: str
    reply_until: date
    signatory: str


def render_charges(sheet: ChargesSheet) -> bytes:
    """Print the paper: A4 standing, as many pages as it needs.

    A sign that the print fonts lack becomes a box. Raises CannotDo for a text that is too long.
    """
    if len(sheet.text) > MAX_TEXT:
        raise CannotDo(_("The text is too long to print. Shorten it."))
    lines = legible(sheet.text, typeset_lines).split("\n")
    context = {
        "issuer": legible(sheet.issuer.name),
        "contact": legible(
            " · ".join(
                part
                for part in (sheet.issuer.address, sheet.issuer.website, sheet.issuer.email)
                if part
            )
        ),
        "number": sheet.number,
        "place": legible(sheet.place),
        "day": day_in_words(sheet.day),
        "dated": sheet.day.isoformat(),
        "holder": legible(sheet.holder),
        "certificate": sheet.certificate,
        "issued": day_in_words(sheet.issued_on),
        "paragraphs": [line.strip() for line in lines if line.strip()],
        "until": day_in_words(sheet.reply_until),
        "signatory": legible(sheet.signatory),
        "has_stand_ins": any(STAND_IN in line for line in lines),
    }
    return print_html("charges", context, day=sheet.day, images=letterhead_images(sheet.issuer))
