"""The same certificate and letter by our press, by WeasyPrint used naively, and by Typst.

Typst gets the same texts, drawings and fonts and writes tagged PDF/A-3a, too; its compiler stays
warm as our press does. What is naive: fonts, styles and drawings are read anew for each document.
"""

import base64
import json
import statistics
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import typst
from django.template import Context, Engine
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration

from certification.documents import fonts, render
from certification.documents.drawing import Drawing
from certification.documents.orders import CertificateOrder, LetterOrder, Order
from certification.documents.placing import Box, Text
from certification.documents.render import render_certificate, render_letter
from certification.documents.sheets import CertificateSheet, LetterSheet
from certification.documents.typography import day_in_words

ROUNDS = 40
CERTIFICATE, LETTER = 1.3, 1.5  # times Typst, at most
AIMS = {
    "classic certificate": CERTIFICATE,
    "modern certificate": CERTIFICATE,
    "letter": LETTER,
    "letter of unheard words": LETTER,
}
TEMPLATES, AS_HTML = (Path(__file__).parent / name for name in ("typst", "weasyprint"))
Sheet = CertificateSheet | LetterSheet
Prepared = Callable[[], bytes]  # what is timed


def report(makers: dict[str, Callable[[int], Sheet]]) -> None:
    """Print a table: the engines take turns, and each document is another.

    Of ours everything is timed; of the others only what is not preparing our drawings for them.
    """
    engines: dict[str, Callable[[Sheet], Prepared]] = {
        "ours": lambda sheet: lambda: _ours(sheet),
        "WeasyPrint, naive": _naive,
        "Typst": Typst().prepared,
    }
    times: dict[tuple[str, str], list[float]] = {}
    for number in range(-2, ROUNDS):
        for kind, make in makers.items():
            for name, engine in engines.items():
                taken = _milliseconds(engine(make(number)))
                if number >= 0:
                    times.setdefault((kind, name), []).append(taken)
    print(_table(times))


def _milliseconds(document: Prepared) -> float:
    start = time.perf_counter()
    content = document()
    taken = 1000 * (time.perf_counter() - start)
    assert content.startswith(b"%PDF")
    return taken


def _table(times: dict[tuple[str, str], list[float]]) -> str:
    rows = [
        "",
        "| document | engine | median ms | p95 ms | times Typst |",
        "|---|---|---:|---:|---:|",
    ]
    for (kind, name), taken in times.items():
        median, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
        ratio = median / statistics.median(times[kind, "Typst"])
        flag = " (!)" if name == "ours" and ratio > AIMS[kind] else ""
        rows.append(f"| {kind} | {name} | {median:.1f} | {p95:.1f} | {ratio:.1f}{flag} |")
    return "\n".join(rows)


def _ours(sheet: Sheet) -> bytes:
    if isinstance(sheet, CertificateSheet):
        return render_certificate(sheet)
    return render_letter(sheet)


def _ordered(sheet: Sheet) -> LetterOrder | CertificateOrder:
    """What the press is asked for, unprinted."""
    asked: list[LetterOrder | CertificateOrder] = []

    def keep(order: LetterOrder | CertificateOrder) -> bytes:
        asked.append(order)
        return b""

    with patch.object(render, "printed", keep):
        _ours(sheet)
    return asked[0]


# --- WeasyPrint, as its tutorial has it -----------------------------------------------------


def _naive(sheet: Sheet) -> Prepared:
    order = _as_html(_ordered(sheet))
    embedded = {f"print:{name}": _embedded(image) for name, image in order.images.items()}
    html, css = order.html, (AS_HTML / f"{order.style}.css").read_text()
    for name, address in embedded.items():
        html, css = html.replace(name, address), css.replace(name, address)

    def document() -> bytes:
        configuration = FontConfiguration()
        style = CSS(string=_faces() + css, font_config=configuration)
        page = HTML(string=html)
        return bytes(
            page.write_pdf(
                stylesheets=[style],
                font_config=configuration,
                pdf_variant="pdf/a-3a",
                attachments=[Attachment(string=order.data, name=order.data_name)]
                if order.data
                else [],
            )
        )

    return document


def _as_html(ordered: LetterOrder | CertificateOrder) -> Order:
    """The same document as a page for browsers, which our letterpress does without."""
    days = {"dated": ordered.day}
    if isinstance(ordered, LetterOrder):
        *opening, last = ordered.sheet.paragraphs
        days |= {"date": ordered.dated, "opening": opening, "last": last}
        context, template = vars(ordered) | days, "letter.html"
    else:
        look, sheet = ordered.look, ordered.sheet
        people = zip(ordered.texts["signatures"], look.signatures, strict=True)
        signatures = [_styled(person) | {"style": _styled(box)["style"]} for person, box in people]
        days |= {name: day_in_words(getattr(sheet, name)) for name in ("valid_from", "valid_to")}
        context = vars(ordered) | days | _styled(ordered.texts) | {"look": _styled(vars(look))}
        context, template = context | {"signatures": signatures}, "certificate.html"
    page = Engine(dirs=[str(AS_HTML)]).get_template(template)
    html = page.render(Context(context, use_l10n=False))
    data = ("", b"") if isinstance(ordered, LetterOrder) else (ordered.data_name, ordered.data)
    return Order(html, ordered.style, ordered.day, ordered.images, data[1], data[0])


def _styled(placed: Any) -> Any:
    """Boxes and fitted texts as CSS and HTML have them."""
    if isinstance(placed, dict):
        return {name: _styled(each) for name, each in placed.items()}
    if isinstance(placed, Box):
        place = f"left:{placed.left:.2f}mm;top:{placed.top:.2f}mm;width:{placed.width:.2f}mm"
        return {"style": place}
    if isinstance(placed, Text):
        size, leading = placed.fitted.size, placed.fitted.leading
        style = f"margin-top:{placed.gap:.2f}pt;font-size:{size:.1f}pt"
        style += f";line-height:{size * leading:.2f}pt"
        lines = ((line,) for line in placed.fitted.lines)
        return {"style": style, "html": format_html_join(mark_safe("<s> </s><br>"), "{}", lines)}
    return placed


def _faces() -> str:
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f'src: url("{(fonts.FOLDER / file).as_uri()}") }}'
        for family, weight, style, file in (*fonts.FACES, *fonts.FALLBACKS)
    )


def _embedded(image: Any) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg(image).encode()).decode()}"


# --- Typst ----------------------------------------------------------------------------------


class Typst:
    """A warm compiler for each kind, as a server would keep them."""

    def __init__(self) -> None:
        found = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(fonts.FOLDER)],
        )
        self._compilers = {
            kind: typst.Compiler(str(TEMPLATES / f"{kind}.typ"), font_paths=found)
            for kind in ("certificate", "letter")
        }

    def prepared(self, sheet: Sheet) -> Prepared:
        order = _ordered(sheet)
        inputs = {name: svg(image) for name, image in order.images.items()}
        if isinstance(sheet, CertificateSheet):
            kind, texts = "certificate", _of_certificate(sheet) | {"data": order.data.decode()}
        else:
            kind, texts = "letter", _of_letter(sheet)
        inputs["sheet"] = json.dumps(texts)
        compiler = self._compilers[kind]
        return lambda: bytes(
            compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["a-3a"])
        )


def _of_certificate(sheet: CertificateSheet) -> dict[str, Any]:
    return {
        "number": sheet.number,
        "issuer": sheet.issuer.name,
        "holder": sheet.holder,
        "reason": sheet.reason,
        "label": sheet.validity_label,
        "valid_from": day_in_words(sheet.valid_from),
        "valid_to": day_in_words(sheet.valid_to),
        "resolution": sheet.resolution_number,
        "resolution_date": day_in_words(sheet.resolution_date),
        "place": sheet.place,
        "issued_on": day_in_words(sheet.issued_on),
        "first": [sheet.signatories[0].name, sheet.signatories[0].function],
        "second": [sheet.signatories[1].name, sheet.signatories[1].function],
        "address": sheet.verification_url,
        "code": sheet.verification_code,
    }


def _of_letter(sheet: LetterSheet) -> dict[str, Any]:
    issuer = sheet.issuer
    return {
        "title": sheet.title,
        "issuer": issuer.name,
        "contact": " · ".join(filter(None, (issuer.address, issuer.website, issuer.email))),
        "reference": sheet.reference,
        "place": sheet.place,
        "date": day_in_words(sheet.issued_on),
        "addressee": sheet.addressee,
        "salutation": sheet.salutation,
        "paragraphs": sheet.paragraphs,
        "closing": sheet.closing,
        "signatories": [[person.name, person.function] for person in sheet.signatories],
    }


# --- our drawings as SVG --------------------------------------------------------------------


def svg(drawing: Drawing) -> str:
    """The same lines in the language that the others read."""
    pieces = "".join(
        f'<g id="p{number}">{_shapes(zlib.decompress(packed).decode())}</g>'
        for number, packed in enumerate(drawing.pieces)
    )
    box = f"0 0 {drawing.width} {drawing.height}"
    shapes = _shapes(zlib.decompress(drawing.packed).decode())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{drawing.width}mm" '
        f'height="{drawing.height}mm" viewBox="{box}"><defs>{pieces}</defs>'
        f'<g stroke-linecap="round">{shapes}</g></svg>'
    )


def _shapes(operators: str) -> str:
    """Our few operators of PDF, one after another, as elements."""
    shapes, given = Shapes(), []
    for word in operators.split():
        if word in OPERATORS:
            shapes.take(word, given)
            given = []
        else:
            given.append(word)
    return "".join(shapes.elements)


class Shapes:
    def __init__(self) -> None:
        self.elements: list[str] = []
        self._path: list[str] = []
        self._ink, self._width = "inherit", "1"

    def take(self, operator: str, given: list[str]) -> None:
        if operator in PATHS:
            self._path.append(PATHS[operator].format(*given))
        elif operator in FINISHED:
            look = FINISHED[operator].format(ink=self._ink, width=self._width)
            self.elements.append(f'<path d="{" ".join(self._path)}" {look}/>')
            self._path = []
        elif operator in PLACED:
            self.elements.append(PLACED[operator].format(" ".join(given).strip("/"), self._ink))
        elif operator == "w":
            self._width = given[-1]
        elif operator == "RG":
            self._ink = "#" + "".join(f"{round(255 * float(part)):02x}" for part in given)


PATHS = {
    "m": "M {} {}",
    "l": "L {} {}",
    "c": "C {} {} {} {} {} {}",
    "re": "M {0} {1} h {2} v {3} h -{2} Z",
}
FINISHED = {
    "S": 'fill="none" stroke="{ink}" stroke-width="{width}"',
    "s": 'fill="none" stroke="{ink}" stroke-width="{width}"',
    "f": 'fill="{ink}"',
}
# "q … cm" opens what "Q" closes
PLACED = {
    "cm": '<g transform="matrix({})">',
    "Q": "</g>",
    "Do": '<use href="#{}" stroke="{}"/>',
}
OPERATORS = {*PATHS, *FINISHED, *PLACED, "q", "RG", "rg", "w", "J", "d"}
