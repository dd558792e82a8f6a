"""Where the words of a certificate stand: every line is broken and measured before it prints.

A `Look` is the grid of one design on one orientation of the sheet. Texts are fitted into boxes
that do not meet: what is long is set smaller or in more lines, and what fits nowhere is refused.
Places are millimetres from the upper left corner of the trimmed sheet, sizes of type points.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from certification.errors import CannotDo

from .fitting import NAME, Face, Fitted, down, fit, fit_or_none
from .sheets import CertificateSheet, Signatory
from .typography import NBSP, day_in_words, typeset

POINTS = 72 / 25.4  # in a millimetre
MOST_LINES = 7  # that may be typed in a reason

ISSUER = Face("EBGaramond-Medium.ttf", 1.2, 0.03)
REASON = Face("EBGaramond-Regular.ttf", 1.26)
LABEL = Face("EBGaramond-Medium.ttf", 1.2)
BOLD = Face("OpenSans-SemiBold.ttf", 1.42, 0.03)
SMALL = Face("OpenSans-Regular.ttf", 1.42)

LABEL_SIZES = (19, 17, 15, 13, 11, 9)
ISSUER_SIZES = (13, 12, 11, 10, 9, 8)
SMALL_SIZES = (8, 7.5, 7, 6.5, 6, 5.5, 5)
# Size and line of what is always the same: „otrzymuje”, the days, the question beside the code.
RECEIVES, DATES, QUESTION = (14.5, 18.0), (8.2, 12.0), (7.0, 10.0)


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    width: float
    height: float

    @property
    def points(self) -> dict[str, float]:
        """Its size, as `fit` asks for it."""
        return {"width": self.width * POINTS, "height": self.height * POINTS}


@dataclass(frozen=True)
class Look:
    """The grid of one design on one orientation.

    The stack holds issuer, title and subtitle, „otrzymuje”, holder, reason, label and days, one
    below the other. `gaps` stand between them (points), `give` is what each may grow by where
    there is room to spare; what remains then goes above in the proportion `sink`.
    """

    page: tuple[float, float]
    mark: Box
    stack: Box
    title: tuple[float, float]
    subtitle: tuple[float, float]
    holder: tuple[float, float]  # the largest type, the most room in points
    reason: tuple[float, float]  # the largest type, the width of its lines in points
    # room for the reason in points and the smallest type in it, tried in this order
    rooms: tuple[tuple[float, float], ...]
    gaps: tuple[float, ...]
    give: tuple[float, ...]
    sink: float
    facts: Box
    signatures: tuple[Box, Box]  # below the lines to sign on
    qr: Box  # with its quiet zone
    proof: Box
    foot: float  # 0 where facts and proof hang from the top of their boxes, 1 where they stand
    seal: tuple[float, float] | None = None


@dataclass(frozen=True)
class Text:
    """A fitted text and the space before it."""

    fitted: Fitted
    gap: float = 0.0


def place(sheet: CertificateSheet, look: Look) -> dict[str, Any]:
    """All texts of the sheet, fitted, by their names."""
    people = zip(sheet.signatories, look.signatures, strict=True)
    return {
        **_stack(sheet, look),
        **_facts(sheet, look),
        "signatures": [_signature(person, box) for person, box in people],
        **_proof(sheet, look),
    }


def _stack(sheet: CertificateSheet, look: Look) -> dict[str, Any]:
    width, room = look.stack.points["width"], look.stack.points["height"]
    issuer = fit(
        typeset(sheet.issuer.name), width=width, height=32, face=ISSUER, sizes=ISSUER_SIZES
    )
    label = fit(
        typeset(sheet.validity_label), width=width, height=24, face=LABEL, sizes=LABEL_SIZES
    )
    reason = _reason(sheet.reason, look)
    fixed = (look.title, look.subtitle, RECEIVES, DATES)
    taken = sum(line for _size, line in fixed) + sum(look.gaps)
    taken += issuer.height + label.height + reason.height
    largest, most = look.holder
    holder = fit(
        typeset(sheet.holder),
        width=width,
        height=min(most, room - taken),
        face=NAME,
        sizes=down(largest, 9),
    )
    spare = room - taken - holder.height
    stretch = min(1.0, spare / sum(look.give))
    gaps = [gap + stretch * give for gap, give in zip(look.gaps, look.give, strict=True)]
    gaps[0] += (spare - stretch * sum(look.give)) * look.sink
    texts = (issuer, _fixed(look.title), _fixed(RECEIVES), holder, reason, label, _fixed(DATES))
    names = ("issuer", "title", "receives", "holder", "reason", "label", "dates")
    placed = zip(names, texts, gaps, strict=True)
    return {name: Text(text, gap) for name, text, gap in placed} | {
        "subtitle": Text(_fixed(look.subtitle))
    }


def _reason(text: str, look: Look) -> Fitted:
    """In large type and little room rather; in more lines, and at last in small type."""
    typed = [typeset(line) for line in text.splitlines() if line.strip()]
    if len(typed) > MOST_LINES:
        raise CannotDo(_("The reason has more than seven lines. Shorten it."))
    lines, (largest, width) = "\n".join(typed), look.reason
    for height, smallest in look.rooms[:-1]:
        sizes = down(largest, smallest)
        fitted = fit_or_none(lines, width=width, height=height, face=REASON, sizes=sizes)
        if fitted:
            return fitted
    height, smallest = look.rooms[-1]
    return fit(lines, width=width, height=height, face=REASON, sizes=down(largest, smallest))


def _facts(sheet: CertificateSheet, look: Look) -> dict[str, Text]:
    """The number, what it replaces, place and day, the resolution."""
    width, height = look.facts.points["width"], look.facts.points["height"]
    number = fit(
        f"Nr{NBSP}{typeset(sheet.number)}", width=width, height=14, face=BOLD, sizes=down(9.5, 5)
    )
    lines = [
        f"{typeset(sheet.place)}, {day_in_words(sheet.issued_on)}",
        typeset(
            f"uchwała Zarządu nr {sheet.resolution_number} "
            f"z dnia {day_in_words(sheet.resolution_date)}"
        ),
    ]
    if sheet.replaces:
        lines.insert(0, typeset(f"zastępuje certyfikat nr {sheet.replaces}"))
    room = height - number.height - 2
    rest = fit("\n".join(lines), width=width, height=room, face=SMALL, sizes=SMALL_SIZES)
    return {"number": Text(number, look.foot * (room - rest.height)), "facts": Text(rest, 2)}


def _signature(person: Signatory, box: Box) -> dict[str, Any]:
    """Name and function below the line to sign on; the function alone where nobody is named."""
    width, room = box.points["width"], box.points["height"]
    name = None
    if person.name:
        sizes = down(11.5, 6)
        name = fit(typeset(person.name), width=width, height=room * 0.45, face=LABEL, sizes=sizes)
        room -= name.height
    function = fit(
        typeset(person.function), width=width, height=room, face=SMALL, sizes=SMALL_SIZES
    )
    return {"name": name and Text(name), "function": Text(function)}


def _proof(sheet: CertificateSheet, look: Look) -> dict[str, Text]:
    """How to check it. The address may break behind a slash and nowhere else."""
    address = sheet.verification_url.partition("://")[2].replace("/", "/ ").strip()
    width, room = look.proof.points["width"], look.proof.points["height"] - QUESTION[1]
    text = f"Kod {sheet.verification_code}\n{address}"
    if sheet.preview or not address:
        text = "Dokument próbny – certyfikat nie został wydany"
    fitted = fit(text, width=width, height=room, face=BOLD, sizes=SMALL_SIZES[2:])
    lines = tuple(line.replace("/ ", "/") for line in fitted.lines)
    return {
        "question": Text(_fixed(QUESTION), look.foot * (room - fitted.height)),
        "proof": Text(replace(fitted, lines=lines)),
    }


def _fixed(size_and_line: tuple[float, float]) -> Fitted:
    """A text of one line that is always the same."""
    size, line = size_and_line
    return Fitted(("",), size, line / size)
