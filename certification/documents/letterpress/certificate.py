"""A certificate on its one page: every text stands where `placing` has measured it."""

from collections.abc import Sequence
from typing import Any

from weasyprint import Attachment

from certification.documents.design import INK
from certification.documents.orders import CertificateOrder
from certification.documents.placing import POINTS, Box, Text
from certification.documents.states import Design, Orientation
from certification.documents.typography import day_in_words

from .lines import Style, line_of, lines_of
from .paper import Paper

REGULAR, MEDIUM, ITALIC = (f"EBGaramond-{cut}.ttf" for cut in ("Regular", "Medium", "Italic"))
SANS, BOLD = "OpenSans-Regular.ttf", "OpenSans-SemiBold.ttf"
BRONZE, WARNING, PALE = "#85601f", "#8a3b1c", "#efe6d4"
SPREAD = 0.03  # ems between letters of the issuer's name and of the number
LEFT, CENTRE, RIGHT = 0.0, 0.5, 1.0


def set_certificate(
    order: CertificateOrder, images: dict[str, Any], attachment: Attachment | None
) -> bytes:
    """A certificate's file; `images` are pictures as WeasyPrint wants them."""
    return _Certificate(order, images).file(attachment)


class _Certificate:
    def __init__(self, order: CertificateOrder, images: dict[str, Any]) -> None:
        sheet = order.sheet
        self._order, self._sheet, self._images = order, sheet, images
        self._look, self._texts = order.look, order.texts
        self._classic = sheet.design == Design.CLASSIC
        self._aligned = CENTRE if self._classic else LEFT
        self._filled = 0.0
        width, height = self._look.page
        self._paper = Paper(
            title=f"{'Plik dla drukarni: ' if order.bleed else ''}Certyfikat Jakości Centrum "
            f"Aktywności Lokalnej nr {sheet.number} – {sheet.holder}",
            author=sheet.issuer.name,
            language="pl",
            day=order.day,
            size=(width * POINTS, height * POINTS),
            bleed=order.bleed * POINTS,
        )
        self._page = self._paper.turn()

    def file(self, attachment: Attachment | None) -> bytes:
        self._ground()
        if self._sheet.preview:
            self._behind()
        self._mark()
        self._stack()
        self._facts()
        for person, box in zip(self._texts["signatures"], self._look.signatures, strict=True):
            self._filled = box.top * POINTS
            if person["name"]:
                self._set(person["name"], MEDIUM, box)
            self._set(person["function"], SANS, box)
        self._proof()
        if attachment:
            self._paper.attach(attachment)
        return self._paper.finished()

    def _ground(self) -> None:
        """What lies under the texts, over the trim where it bleeds."""
        bleed = self._order.bleed * POINTS
        width, height = (side * POINTS + 2 * bleed for side in self._look.page)
        with self._page.artifact():
            self._page.picture(self._images["ground"], -bleed, -bleed, width, height)

    def _behind(self) -> None:
        """Across the page: that it was not issued."""
        style = Style(BOLD, 84, 92, PALE, 8)
        lying = self._sheet.orientation == Orientation.LANDSCAPE
        angle, top = (26, 72) if lying else (40, 110)
        middle = self._look.page[0] / 2 * POINTS, top * POINTS + style.leading / 2
        with self._page.tagged(self._paper.element("P")):
            self._page.lean(line_of("PODGLĄD", style), style, middle, angle)

    def _mark(self) -> None:
        box, mark = self._look.mark, self._images["mark"]
        *_size, ratio = mark.get_intrinsic_size(1, 16)
        width = min(box.height * (ratio or 1), box.width)
        left = box.left + self._aligned * (box.width - width)
        place = Box(left, box.top, width, width / (ratio or 1))
        self._figure(mark, f"Znak: {self._sheet.issuer.name}", place)

    def _figure(self, image: Any, told: str, box: Box) -> None:
        sides = (side * POINTS for side in (box.left, box.top, box.width, box.height))
        self._paper.figure(image, told, *sides)

    def _stack(self) -> None:
        """From the issuer's name to the days."""
        texts, box = self._texts, self._look.stack
        sheet = self._sheet
        self._filled = box.top * POINTS
        days = f"ważny od {day_in_words(sheet.valid_from)} do {day_in_words(sheet.valid_to)}"
        self._set(texts["issuer"], MEDIUM, box, tracking=SPREAD)
        self._title(box)
        self._set(texts["receives"], ITALIC, box, ("otrzymuje",))
        self._set(texts["holder"], MEDIUM, box)
        self._set(texts["reason"], REGULAR, box)
        self._set(texts["label"], MEDIUM, box)
        self._set(texts["dates"], SANS, box, (days,))

    def _title(self, box: Box) -> None:
        """Title and subtitle are one heading."""
        title = self._style(self._texts["title"], REGULAR, INK)
        subtitle = self._style(
            self._texts["subtitle"], MEDIUM if self._classic else REGULAR, BRONZE
        )
        if self._classic:
            subtitle = Style(
                subtitle.file, subtitle.size, subtitle.leading, BRONZE, 1.4, small_caps=True
            )
        self._filled += self._texts["title"].gap
        outdent = 0 if self._classic else 0.5  # so that the round letter seems to begin there
        with self._page.tagged(self._paper.element("H1")):
            self._write(("Certyfikat Jakości",), title, Box(box.left - outdent, 0, box.width, 0))
            self._write(("Centrum Aktywności Lokalnej",), subtitle, box)

    def _facts(self) -> None:
        aligned = RIGHT if self._classic else LEFT
        self._filled = self._look.facts.top * POINTS
        number, facts = self._texts["number"], self._texts["facts"]
        self._set(number, BOLD, self._look.facts, tracking=SPREAD, aligned=aligned)
        self._set(facts, SANS, self._look.facts, aligned=aligned)

    def _proof(self) -> None:
        """How to check it; of what was not issued, that it was not."""
        box, texts = self._look.proof, self._texts
        self._filled = box.top * POINTS
        if not self._order.genuine:
            self._set(texts["proof"], BOLD, box, aligned=LEFT, colour=WARNING)
            return
        told = f"Kod QR prowadzący do strony {self._order.address}"
        self._figure(self._images["qr"], told, self._look.qr)
        self._set(texts["question"], BOLD, box, ("Czy certyfikat jest ważny?",), aligned=LEFT)
        self._set(texts["proof"], SANS, box, aligned=LEFT)

    def _style(self, text: Text, file: str, colour: str = "#000000", tracking: float = 0) -> Style:
        size = text.fitted.size
        return Style(file, size, size * text.fitted.leading, colour, tracking * size)

    def _set(
        self,
        text: Text,
        file: str,
        box: Box,
        lines: Sequence[str] = (),
        *,
        aligned: float | None = None,
        colour: str = "#000000",
        tracking: float = 0,
    ) -> None:
        """A fitted text, or in its place the words that are always the same."""
        self._filled += text.gap
        with self._page.tagged(self._paper.element("P")):
            style = self._style(text, file, colour, tracking)
            self._write(lines or text.fitted.lines, style, box, aligned)

    def _write(
        self, texts: Sequence[str], style: Style, box: Box, aligned: float | None = None
    ) -> None:
        share = self._aligned if aligned is None else aligned
        placed = []
        for line in lines_of(texts, style):
            left = box.left * POINTS + share * (box.width * POINTS - line.width)
            placed.append((left, self._filled + style.baseline, line))
            self._filled += style.leading
        self._page.write(placed, style)
