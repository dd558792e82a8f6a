"""What letters travel in: envelopes and labels. Addresses in, PDF bytes out.

The addressee stands in the nominative, the name first, then the street, then postcode and town in
the last line; at the lower right, clear of the lower 20 mm, where sorting machines print.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from certification.errors import CannotDo

from .fitting import NAME, fit_or_none
from .printing import print_html
from .report import legible
from .sheets import Letterhead

POINTS = 72 / 25.4  # in a millimetre
PADDING = 4.5  # millimetres around the address on a label
RIGHT, LOWER = 15, 22  # millimetres of an envelope that the address leaves free


@dataclass(frozen=True)
class Address:
    """To whom and where: `name` in the nominative, in a line or more; `lines` are the street and
    the town.
    """

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class EnvelopeFormat:
    """An envelope lying down; `left` and `top` are where the addressee begins. Millimetres."""

    name: str
    width: float
    height: float
    left: float
    top: float


@dataclass(frozen=True)
class LabelFormat:
    """A sheet of labels on A4, in millimetres: `across` columns, `step` from one to the next."""

    name: Any
    across: int
    down: int
    width: float
    height: float
    left: float
    top: float
    step: float

    @property
    def count(self) -> int:
        return self.across * self.down


ENVELOPES = {
    "dl": EnvelopeFormat("DL", 220, 110, 112, 48),
    "c5": EnvelopeFormat("C5", 229, 162, 118, 82),
    "c4": EnvelopeFormat("C4", 324, 229, 182, 128),
}
# as sold in Poland under many brands; measures of the makers' own sheets
LABELS = {
    "3x8": LabelFormat(_("3 × 8, label 70 × 37 mm"), 3, 8, 70, 37, 0, 0.5, 70),
    "3x7": LabelFormat(_("3 × 7, label 63.5 × 38.1 mm"), 3, 7, 63.5, 38.1, 7.25, 15.15, 66.0),
    "2x8": LabelFormat(_("2 × 8, label 105 × 37 mm"), 2, 8, 105, 37, 0, 0.5, 105),
    "2x7": LabelFormat(_("2 × 7, label 99.1 × 38.1 mm"), 2, 7, 99.1, 38.1, 4.65, 15.15, 101.6),
    "2x4": LabelFormat(_("2 × 4, label 99.1 × 67.7 mm"), 2, 4, 99.1, 67.7, 4.65, 13.1, 101.6),
}
SIZES = (14, 13, 12.5, 12, 11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7)


def render_envelope(address: Address, sender: Letterhead, *, form: str, day: date) -> bytes:
    """Print one envelope of the format `form` (a key of ENVELOPES).

    Raises CannotDo for a name that does not fit.
    """
    envelope = ENVELOPES[form]
    context = {
        "form": form,
        "sender": [legible(line) for line in (sender.name, sender.address) if line],
        **_addressee(envelope, address),
        "dated": day.isoformat(),
    }
    return print_html("envelope", context, day=day, images={})


def render_label_sheet(
    addresses: list[Address], *, form: str, first: int, issuer: str, day: date
) -> bytes:
    """Print one sheet of labels, beginning with the place `first` (1 is at the upper left).

    `form` is a key of LABELS. Raises CannotDo for a name that does not fit on a label.
    """
    label = LABELS[form]
    if first - 1 + len(addresses) > label.count:
        raise ValueError("more addresses than labels on the sheet")
    context = {
        "labels": [_label(label, first - 1 + n, each) for n, each in enumerate(addresses)],
        "issuer": legible(issuer),
        "dated": day.isoformat(),
    }
    return print_html("labels", context, day=day, images={})


def label_that_fits(address: Address, *, form: str) -> None:
    """Raises CannotDo where the address does not fit on a label of this format."""
    _label(LABELS[form], 0, address)


def envelope_that_fits(address: Address, *, form: str) -> None:
    """Raises CannotDo where the address does not fit on an envelope of this format."""
    _addressee(ENVELOPES[form], address)


def _addressee(envelope: EnvelopeFormat, address: Address) -> dict[str, Any]:
    width, height = envelope.width - envelope.left - RIGHT, envelope.height - envelope.top - LOWER
    return {
        "left": _mm(envelope.left),
        "top": _mm(envelope.top),
        "width": _mm(width),
        **_set(address, width, height, SIZES[:8]),
    }


def _label(label: LabelFormat, place: int, address: Address) -> dict[str, Any]:
    row, column = divmod(place, label.across)
    width, height = label.width - 2 * PADDING, label.height - 2 * PADDING
    return {
        "left": _mm(label.left + column * label.step + PADDING),
        "top": _mm(label.top + row * label.height + PADDING),
        "width": _mm(width),
        "height": _mm(height),
        **_set(address, width, height, SIZES[2:]),
    }


def _set(address: Address, width: float, height: float, sizes: tuple[float, ...]) -> dict[str, Any]:
    """The lines and their size; the name takes what street and town leave of the height."""
    lines = [legible(line) for line in address.lines]
    typed = "\n".join(legible(line) for line in address.name.splitlines())
    wide, line_of = width * POINTS, NAME.leading
    for size in sizes:
        left = height * POINTS - (len(lines) + 0.2) * size * line_of
        name = fit_or_none(typed, width=wide, height=left, sizes=(size,))
        fitting = [
            fit_or_none(line, width=wide, height=size * line_of, sizes=(size,)) for line in lines
        ]
        if name and all(fitting):
            return {"name": name.lines, "lines": lines, "size": f"{size:g}pt"}
    raise CannotDo(
        _("The address of “%(name)s” does not fit. Shorten the name or the street.")
        % {"name": address.name[:60]}
    )


def _mm(length: float) -> str:
    """Whatever the language says of decimal commas."""
    return f"{length:.2f}mm"
