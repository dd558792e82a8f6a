"""The file: pages, what on them is tagged as what, fonts, metadata (PDF/A-3a with PDF/UA-1)."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from math import cos, radians, sin
from types import SimpleNamespace
from typing import Any

import pydyf
from tinycss2.color5 import D50, D65
from weasyprint import VERSION, Attachment
from weasyprint.document import DocumentMetadata
from weasyprint.pdf import VARIANTS, _use_references
from weasyprint.pdf.anchors import write_pdf_attachment
from weasyprint.pdf.stream import Stream

from certification.documents import pdfa

from .faces import Face
from .lines import Line, Style

A4 = 595.28, 841.89  # points, standing
PIXELS = 96 / 72  # of CSS in a point: pictures are drawn in them
# what WeasyPrint calls them where an SVG file names such colours (ISO 32000-1, 8.6.5.4)
COLOUR_SPACES = (
    "<</lab-d50 [/Lab <</WhitePoint [{} {} {}] /Range [-125 125 -125 125]>>] "
    "/lab-d65 [/Lab <</WhitePoint [{} {} {}] /Range [-125 125 -125 125]>>]>>"
).format(*D50, *D65)
Placed = tuple[float, float, Line]  # how far its baseline begins from the left and from the top


class Paper:
    """A document that is written from its first page to its last and then finished, once."""

    def __init__(
        self,
        *,
        title: str,
        author: str,
        language: str,
        day: date,
        size: tuple[float, float] = A4,
        bleed: float = 0,
    ) -> None:
        self.size, self.bleed = size, bleed
        self._attachments: list[Attachment] = []
        dated = day.isoformat()
        self._metadata = DocumentMetadata(
            title, [author], lang=language, created=dated, modified=dated
        )
        self.pages: list[Page] = []
        self.pdf = pydyf.PDF()
        kinds = ("ExtGState", "XObject", "Pattern", "Shading")
        self.resources = self.added(
            {kind: pydyf.Dictionary() for kind in kinds} | {"ColorSpace": COLOUR_SPACES}
        )
        self._profile = pdfa.profiles()[pdfa.PROFILE]
        colours = pydyf.Stream([self._profile.content], {"N": 3}, compress=True)
        self.pdf.add_object(colours)
        self._profile.pdf_reference = colours.reference  # gradients of an SVG file ask for it
        self.images: dict[Any, Any] = {}
        self.fonts: dict[Face, dict[int, str]] = {}  # and what their glyphs stand for
        self._root = self.added({"Type": "/StructTreeRoot"})
        self._document = self._element("Document", self._root)
        self._root["K"] = self._document.reference

    def added(self, facts: dict[str, Any]) -> Any:
        """A dictionary that others can point at."""
        thing = pydyf.Dictionary(facts)
        self.pdf.add_object(thing)
        return thing

    def turn(self) -> "Page":
        """Begin a page."""
        page = Page(self, len(self.pages))
        self.pages.append(page)
        return page

    def element(self, kind: str, **facts: Any) -> Any:
        """A part of the document, after those before it (ISO 32000-1, 14.7.2)."""
        element = self._element(kind, self._document, **facts)
        self._document["K"].append(element.reference)
        return element

    def _element(self, kind: str, parent: Any, **facts: Any) -> Any:
        start = {"Type": "/StructElem", "S": f"/{kind}", "P": parent.reference}
        return self.added(start | {"K": pydyf.Array()} | facts)

    def figure(
        self, image: Any, told: str, left: float, top: float, width: float, height: float
    ) -> None:
        """A picture on the last page, with what is told in its place."""
        bottom = self.size[1] - top - height
        box = pydyf.Array((left, bottom, left + width, bottom + height))
        layout = pydyf.Dictionary({"O": "/Layout", "BBox": box})
        page = self.pages[-1]
        with page.tagged(self.element("Figure", A=layout, Alt=pydyf.String(told))):
            page.picture(image, left, top, width, height)

    def attach(self, attachment: Attachment) -> None:
        """A file inside the file."""
        specification = write_pdf_attachment(self.pdf, attachment, compress=True)
        self._attachments.append(attachment)
        names = pydyf.Array([specification["F"], specification.reference])
        embedded = self.added({"Names": names})
        self.pdf.catalog["Names"] = pydyf.Dictionary({"EmbeddedFiles": embedded.reference})

    def finished(self) -> bytes:
        """The file's bytes: the same for the same pages."""
        pdf = self.pdf
        self.resources["Font"] = pydyf.Dictionary(
            {face.name: face.embedded(pdf, used) for face, used in self.fonts.items()}
        )
        _use_references(pdf, self.resources, self.images, pdfa.profiles())
        parents = pydyf.Array()
        for page in self.pages:
            parents += [page.number, pydyf.Array(page.parts)]
        self._root["ParentTree"] = self.added({"Nums": parents}).reference
        self._describe()
        identity = hashlib.sha256(repr(vars(self._metadata)).encode())
        for page in self.pages:
            identity.update(page.stream.data)
        pdfa.pack(None, pdf)
        file = io.BytesIO()
        pdf.write(file, b"1.7", identity.hexdigest()[:32].encode(), compress=True)
        return file.getvalue()

    def _describe(self) -> None:
        """What the file says of itself, in the words WeasyPrint has for it."""
        catalog, told = self.pdf.catalog, self._metadata
        catalog["StructTreeRoot"] = self._root.reference
        catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        catalog["Lang"] = pydyf.String(told.lang)
        day = pydyf.String(f"D:{told.created.replace('-', '')}")
        self.pdf.info.update(
            {
                "Producer": pydyf.String(f"WeasyPrint {VERSION}"),
                "Title": pydyf.String(told.title),
                "Author": pydyf.String(told.authors[0]),
                "CreationDate": day,
                "ModDate": day,
            }
        )
        profile = self._profile
        intent = {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": pydyf.String(profile.name),
            "Info": pydyf.String(profile.name),
            "DestOutputProfile": profile.pdf_reference,
        }
        catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])
        archival, _properties = VARIANTS[pdfa.NAME]
        archival(self.pdf, SimpleNamespace(metadata=told), [], self._attachments, True)


class Page:
    """One page. Places are points from its upper left corner."""

    def __init__(self, paper: Paper, number: int) -> None:
        self.number = number
        self.parts: list[bytes] = []  # the elements that its marked contents belong to
        self._paper = paper
        width, self._height = paper.size
        self.stream = Stream(
            fonts={},
            page_rectangle=(0, 0, width * PIXELS, self._height * PIXELS),
            resources=paper.resources,
            images=paper.images,
            tags=None,
            color_profiles=pdfa.profiles(),
            output_intent=pdfa.PROFILE,
            compress=True,
        )
        paper.pdf.add_object(self.stream)
        self._page = pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": paper.pdf.pages.reference,
                "MediaBox": _box(*paper.size, paper.bleed),
                "BleedBox": _box(*paper.size, paper.bleed),
                "TrimBox": _box(*paper.size),
                "Contents": self.stream.reference,
                "Resources": paper.resources.reference,
                "Tabs": "/S",
                "StructParents": number,
            }
        )
        paper.pdf.add_page(self._page)

    @contextmanager
    def tagged(self, element: Any) -> Iterator[None]:
        """What is drawn in the block belongs to the element (ISO 32000-1, 14.7.4)."""
        number = len(self.parts)
        kind = element["S"]
        self.stream.stream.append(f"{kind} <</MCID {number}>> BDC")
        yield
        self.stream.stream.append("EMC")
        self.parts.append(element.reference)
        page = self._page.reference.decode()
        element["K"].append(f"<</Type /MCR /Pg {page} /MCID {number}>>")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn in the block is not read out (ISO 32000-1, 14.8.2.2)."""
        self.stream.stream.append("/Artifact BMC")
        yield
        self.stream.stream.append("EMC")

    def write(self, lines: Sequence[Placed], style: Style, turn: str = "1 0 0 1") -> None:
        """Lines of one style; `turn` is the linear part of a matrix."""
        used = self._paper.fonts.setdefault(style.face, {})
        written = [f"BT /{style.face.name} {style.size:g} Tf {_rgb(style.colour)}"]
        written.append(f"{style.tracking:g} Tc")
        for left, top, line in lines:
            written.append(f"{turn} {left:.3f} {self._height - top:.3f} Tm [{line.shown}] TJ")
            for word in line.words:
                used.update(word.texts)
        written.append("ET")
        self.stream.stream.append("\n".join(written))

    def lean(self, line: Line, style: Style, middle: tuple[float, float], degrees: float) -> None:
        """A line turned around its middle, to the left."""
        c, s = cos(radians(degrees)), sin(radians(degrees))
        right, up = -line.width / 2, style.leading / 2 - style.baseline
        left, top = middle[0] + right * c - up * s, middle[1] - right * s - up * c
        self.write([(left, top, line)], style, f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f}")

    def rule(self, left: float, top: float, width: float, thickness: float, colour: str) -> None:
        """A horizontal line, its upper edge at `top`."""
        bottom = self._height - top - thickness
        box = f"{left:.2f} {bottom:.2f} {width:.2f} {thickness:g} re f"
        with self.artifact():
            self.stream.stream.append(f"{_rgb(colour)} {box}")

    def picture(self, image: Any, left: float, top: float, width: float, height: float) -> None:
        """A picture of WeasyPrint's kind: it draws itself in pixels, downwards."""
        stream = self.stream
        with stream.stacked():
            side = 1 / PIXELS
            stream.transform(a=side, d=-side, e=left, f=self._height - top)
            image.draw(stream, width * PIXELS, height * PIXELS, "crisp-edges")


def _box(width: float, height: float, beyond: float = 0) -> Any:
    return pydyf.Array((-beyond, -beyond, width + beyond, height + beyond))


def _rgb(colour: str) -> str:
    """The colour, `#rrggbb`, to fill with from now on."""
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.4g}" for i in (1, 3, 5)) + " rg"
