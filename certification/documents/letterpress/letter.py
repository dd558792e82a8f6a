"""How a letter stands on its pages: letterhead, paragraphs, the ending kept together."""

from typing import Any

from certification.documents.design import GOLD, INK
from certification.documents.orders import LetterOrder
from certification.documents.sheets import Signatory

from .lines import Line, Style, broken, line_of
from .paper import Page, Paper, Placed

MM = 72 / 25.4  # points
LEFT, MEASURE = 27 * MM, 158 * MM
FIRST_TOP, FIRST_BOTTOM = 18 * MM, 265 * MM
TOP, BOTTOM = 24 * MM, 271 * MM
FEW = 3  # lines of a paragraph never stand alone at the end or the start of a page

GREY, PALE = "#6d7d80", "#efe6d4"
SERIF, MEDIUM = "EBGaramond-Regular.ttf", "EBGaramond-Medium.ttf"
SANS, BOLD = "OpenSans-Regular.ttf", "OpenSans-SemiBold.ttf"
TEXT = Style(SERIF, 11.5, 16)
ISSUER = Style(MEDIUM, 14.5, 17, INK)
CONTACT = Style(SANS, 7.2, 10.5)
REFERENCE = Style(SANS, 8, 12)
ADDRESSEE = Style(MEDIUM, 12, 16)
TITLE = Style(MEDIUM, 21, 26, INK)
NAME = Style(MEDIUM, 11.5, 14)
FUNCTION = Style(SANS, 8, 11.5)
PROOF, CODE = Style(SANS, 6.6, 9), Style(BOLD, 6.6, 9, INK)
FOOT = Style(SANS, 7, 10)
PREVIEW = Style(BOLD, 74, 80, PALE, 6)

MARK_HEIGHT, MARK_WIDTH, BESIDE_MARK = 16 * MM, 80 * MM, 21 * MM
SIGNED_WIDTH, SIGNED_HEIGHT = 66 * MM, 33 * MM
# from the left of the measure, where one signs or two
SIGNED = {0: (), 1: (46 * MM,), 2: (4 * MM, 88 * MM)}

WORDS = {
    "pl": {
        "mark": "Znak: %s",
        "qr": "Kod QR prowadzący do strony %s",
        "question": "Czy ten list pochodzi od nas? Kod ",
        "page": "strona %d z %d",
        "preview": "PODGLĄD",
    },
    "en": {
        "mark": "Mark: %s",
        "qr": "QR code of the page %s",
        "question": "Is this letter from us? Code ",
        "page": "page %d of %d",
        "preview": "PREVIEW",
    },
}


def set_letter(order: LetterOrder, images: dict[str, Any]) -> bytes:
    """A letter's file; `images` are pictures as WeasyPrint wants them."""
    return _Letter(order, images).file()


class _Letter:
    """One letter while it is set: the page and how far down it is filled, in points."""

    def __init__(self, order: LetterOrder, images: dict[str, Any]) -> None:
        self._order, self._sheet, self._images = order, order.sheet, images
        sheet = self._sheet
        self._words = WORDS[sheet.language]
        self._paper = Paper(
            title=f"{sheet.title} – {', '.join(sheet.addressee)}",
            author=sheet.issuer.name,
            language=sheet.language,
            day=order.day,
        )
        self._page = self._turned()
        self._filled, self._bottom = FIRST_TOP, FIRST_BOTTOM

    def file(self) -> bytes:
        sheet = self._sheet
        self._letterhead()
        if sheet.verification_url:
            self._proof()
        self._dated()
        self._filled += 8 * MM
        for line in sheet.addressee:
            self._flow("P", line, ADDRESSEE, left=88 * MM, width=70 * MM)
        if sheet.title:
            self._filled += 11 * MM
            self._flow("H1", sheet.title, TITLE, aligned=0.5)
        self._filled += 9 * MM
        self._flow("P", sheet.salutation, TEXT)
        self._filled += 4 * MM
        *opening, last = sheet.paragraphs
        for paragraph in opening:
            self._flow("P", paragraph, TEXT)
            self._filled += 2.8 * MM
        self._ending(last)
        self._numbered()
        return self._paper.finished()

    # --- filling pages ----------------------------------------------------------------------

    def _turned(self) -> Page:
        """The next page, with what is behind the text of each."""
        page = self._page = self._paper.turn()
        self._filled, self._bottom = TOP, BOTTOM
        if self._sheet.preview:
            self._behind(page)
        return page

    def _flow(
        self,
        kind: str,
        text: str,
        style: Style,
        *,
        left: float = 0,
        width: float = MEASURE,
        aligned: float = 0,
        below: float = 0,
    ) -> None:
        """A paragraph in its column, on as many pages as it takes.

        `aligned` is 0 at the left, 1 at the right; `below` is room that its last lines need
        beneath them on their page.
        """
        lines = broken(text, style, width)
        element = self._paper.element(kind)
        while lines:
            taken = self._taken(len(lines), style.leading, below)
            if taken:
                placed = self._column(lines[:taken], style, LEFT + left, width, aligned)
                with self._page.tagged(element):
                    self._page.write(placed, style)
                del lines[:taken]
            if lines:
                self._turned()

    def _taken(self, lines: int, leading: float, below: float) -> int:
        """How many lines this page takes: all, or some that leave a few to the next, or none."""
        room = self._bottom - self._filled + 0.01
        if lines * leading + below <= room:
            return lines
        taken = min(int(room / leading), lines - FEW)
        if taken >= FEW:
            return taken
        return 0 if self._filled > TOP else max(1, int(room / leading))

    def _column(
        self, lines: list[Line], style: Style, left: float, width: float, aligned: float
    ) -> list[Placed]:
        """Where each line stands; the page is filled so much farther."""
        placed = []
        for line in lines:
            shift = aligned * (width - line.width)
            placed.append((left + shift, self._filled + style.baseline, line))
            self._filled += style.leading
        return placed

    # --- parts of a letter ------------------------------------------------------------------

    def _letterhead(self) -> None:
        """The mark, and beside it who writes."""
        issuer, mark = self._sheet.issuer, self._images["mark"]
        *_size, ratio = mark.get_intrinsic_size(1, 16)
        width = min(MARK_HEIGHT * (ratio or 1), MARK_WIDTH)
        height, top = width / (ratio or 1), self._filled
        self._paper.figure(mark, self._words["mark"] % issuer.name, LEFT, top, width, height)
        beside = max(BESIDE_MARK, width + 5 * MM)
        self._filled += 3.2 * MM
        self._flow("P", issuer.name, ISSUER, left=beside, width=MEASURE - beside)
        self._filled += 0.6 * MM
        if self._order.contact:
            self._flow("P", self._order.contact, CONTACT, left=beside, width=MEASURE - beside)
        self._filled = max(self._filled, top + MARK_HEIGHT) + 4 * MM
        self._page.rule(LEFT, self._filled, MEASURE, 0.7, GOLD)
        self._filled += 0.7 + 9 * MM

    def _proof(self) -> None:
        """How to check the letter, beside the page's number: it takes no room from the text."""
        address, top = self._order.address, FIRST_TOP + 249 * MM
        alt = self._words["qr"] % address
        self._paper.figure(self._images["qr"], alt, LEFT - 2 * MM, top, 20 * MM, 20 * MM)
        left, first = LEFT + 20.5 * MM, top + 6.2 * MM + PROOF.baseline
        question = line_of(self._words["question"], PROOF)
        code = line_of(self._sheet.verification_code, CODE)
        with self._page.tagged(self._paper.element("P")):
            self._page.write([(left, first, question)], PROOF)
            self._page.write([(left + question.width, first, code)], CODE)
        with self._page.tagged(self._paper.element("P")):
            self._page.write([(left, first + 3.4 * MM, line_of(address, PROOF))], PROOF)

    def _dated(self) -> None:
        """The reference at the left, place and day at the right: one line if both fit."""
        reference = broken(self._sheet.reference, REFERENCE, MEASURE)
        dated = broken(f"{self._sheet.place}, {self._order.dated}", TEXT, MEASURE)
        apart = len(reference) > 1 or reference[0].width + dated[0].width > MEASURE - 5 * MM
        with self._page.tagged(self._paper.element("P")):
            start = self._filled + TEXT.baseline - REFERENCE.baseline
            if self._sheet.reference:
                self._filled = start
                self._page.write(self._column(reference, REFERENCE, LEFT, MEASURE, 0), REFERENCE)
            if not apart:
                self._filled = start - TEXT.baseline + REFERENCE.baseline
            self._page.write(self._column(dated, TEXT, LEFT, MEASURE, 1), TEXT)

    def _ending(self, last: str) -> None:
        """The last paragraph, the closing and the signatures, on one page where one holds them."""
        closing = broken(self._sheet.closing, TEXT, SIGNED_WIDTH)
        below = 5 * MM + len(closing) * TEXT.leading + 2 * MM + SIGNED_HEIGHT
        height = len(broken(last, TEXT, MEASURE)) * TEXT.leading + below
        if self._filled + height > self._bottom and height <= BOTTOM - TOP:
            self._turned()
        self._flow("P", last, TEXT, below=below)
        self._filled += 5 * MM
        self._flow(
            "P",
            self._sheet.closing,
            TEXT,
            left=MEASURE - 4 * MM - SIGNED_WIDTH,
            width=SIGNED_WIDTH,
            aligned=0.5,
        )
        top = self._filled + 2 * MM + 17 * MM
        people = self._sheet.signatories
        for person, left in zip(people, SIGNED[len(people)], strict=True):
            self._signed(person, LEFT + left, top)

    def _signed(self, person: Signatory, left: float, top: float) -> None:
        """A line to sign on, and who signs; dots where nobody is named."""
        self._filled = top + 1.5 * MM
        if person.name:
            self._page.rule(left, top, SIGNED_WIDTH, 0.35, GREY)
            self._filled = top + 0.35 + 1.2 * MM
            self._below_the_line(person.name, NAME, left)
        else:
            with self._page.artifact():
                self._page.picture(self._images["dots"], left, top, SIGNED_WIDTH, 0.6 * MM)
        self._below_the_line(person.function, FUNCTION, left)

    def _below_the_line(self, text: str, style: Style, left: float) -> None:
        lines = broken(text, style, SIGNED_WIDTH)
        with self._page.tagged(self._paper.element("P")):
            self._page.write(self._column(lines, style, left, SIGNED_WIDTH, 0.5), style)

    # --- what is on each page ---------------------------------------------------------------

    def _numbered(self) -> None:
        """Numbers at the foot, where there is more than one page."""
        pages = self._paper.pages
        for page in pages if len(pages) > 1 else []:
            line = line_of(self._words["page"] % (page.number + 1, len(pages)), FOOT)
            bottom = BOTTOM if page.number else FIRST_BOTTOM
            with page.artifact():
                place = LEFT + MEASURE - line.width, bottom + 7 * MM + FOOT.baseline
                page.write([(*place, line)], FOOT)

    def _behind(self, page: Page) -> None:
        """Across the page: that this is no letter yet."""
        top = (TOP if page.number else FIRST_TOP) + 96 * MM + PREVIEW.leading / 2
        line, middle = line_of(self._words["preview"], PREVIEW), (LEFT + MEASURE / 2, top)
        with page.tagged(self._paper.element("P")):
            page.lean(line, PREVIEW, middle, 32)
