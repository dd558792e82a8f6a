"""Office documents, sheets and PDFs with known words in them, made in code for the tests."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

import pikepdf

from tests.institutions.hostile_files import package

_OFFICE = "http://schemas.openxmlformats.org"
_WORD = (
    f'xmlns:w="{_OFFICE}/wordprocessingml/2006/main" '
    f'xmlns:wp="{_OFFICE}/drawingml/2006/wordprocessingDrawing" '
    f'xmlns:mc="{_OFFICE}/markup-compatibility/2006"'
)
_SHOW = (
    f'xmlns:a="{_OFFICE}/drawingml/2006/main" xmlns:p="{_OFFICE}/presentationml/2006/main" '
    f'xmlns:r="{_OFFICE}/officeDocument/2006/relationships"'
)
_OPEN = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
    )
)
OPEN_TYPES = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}


def paragraph(text: str, *, style: str = "", level: int | None = None) -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if level is not None:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def word_table(*rows: Iterable[str]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx(body: str, **parts: str) -> bytes:
    """Style `Nagwek1` is a heading, as Word writes it in Poland."""
    return package(
        {
            "word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f'<w:styles {_WORD}><w:style w:styleId="Nagwek1">'
            '<w:name w:val="heading 1"/></w:style></w:styles>',
            **{
                f"word/{name}.xml": f"<w:part {_WORD}>{content}</w:part>"
                for name, content in parts.items()
            },
        }
    )


def relations(*targets: str) -> str:
    nodes = "".join(
        f'<Relationship Id="r{number}" Type="x" Target="{target}"/>'
        for number, target in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{nodes}</Relationships>'


def xlsx(
    *sheets: str, name: str = "Arkusz", shared: str = "", styles: str = "", **workbook: str
) -> bytes:
    """Each sheet is the inside of its sheetData; they are called Arkusz1, Arkusz2 …"""
    main = f'xmlns="{_OFFICE}/spreadsheetml/2006/main"'
    numbers = range(1, len(sheets) + 1)
    names = "".join(f'<sheet name="{name}{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    properties = " ".join(f'{entry}="{value}"' for entry, value in workbook.items())
    parts = {
        "xl/workbook.xml": f"<workbook {main} {_SHOW}>"
        f"<workbookPr {properties}/><sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            *(f"worksheets/sheet{n}.xml" for n in numbers), "sharedStrings.xml"
        ),
        "xl/sharedStrings.xml": f"<sst {main}>{shared}</sst>",
        "xl/styles.xml": f"<styleSheet {main}>{styles}</styleSheet>",
    }
    for number, rows in zip(numbers, sheets, strict=True):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>"
        )
    return package(parts)


def slide(title: str, *lines: str) -> str:
    def shape(role: str, *texts: str) -> str:
        paragraphs = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in texts)
        return (
            f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{role}"/></p:nvPr></p:nvSpPr>'
            f"<p:txBody>{paragraphs}</p:txBody></p:sp>"
        )

    return f"<p:sld {_SHOW}>{shape('title', title)}{shape('body', *lines)}</p:sld>"


def pptx(*slides: str, order: Iterable[int] = ()) -> bytes:
    numbers = list(order) or list(range(1, len(slides) + 1))
    listed = "".join(f'<p:sldId r:id="r{number}"/>' for number in numbers)
    files = {f"ppt/slides/slide{n}.xml": content for n, content in enumerate(slides, start=1)}
    names = (name.removeprefix("ppt/") for name in files)
    return package(
        {
            "ppt/presentation.xml": f"<p:presentation {_SHOW}><p:sldIdLst>{listed}</p:sldIdLst>"
            "</p:presentation>",
            "ppt/_rels/presentation.xml.rels": relations(*names),
            **files,
        }
    )


def open_document(kind: str, body: str) -> bytes:
    name = OPEN_TYPES[kind]
    return package(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{name}",
            "content.xml": f"<office:document-content {_OPEN}><office:body><office:{name}>{body}"
            f"</office:{name}></office:body></office:document-content>",
        }
    )


def pdf(*pages: str, size: tuple[float, float] = (300, 400), **page: Any) -> bytes:
    """A page for each text, ASCII only; `page` sets entries of every page, e.g. Rotate=90."""
    document = pikepdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for text in pages:
        added = document.add_blank_page(page_size=size)
        if text:
            added.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            added.Contents = document.make_stream(f"BT /F1 12 Tf 30 300 Td ({text}) Tj ET".encode())
        for name, value in page.items():
            added[f"/{name}"] = value
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def many(part: str, opening: str, piece: str, count: int, closing: str, **others: str) -> bytes:
    """A package with one part of `count` equal pieces, written as a stream."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in others.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
        with archive.open(part, "w") as stream:
            stream.write(opening.encode())
            thousand = piece.encode() * 1000
            for _number in range(count // 1000):
                stream.write(thousand)
            stream.write(closing.encode())
    return written.getvalue()
