"""Files as offices really make them, with all that their programs put in beside the text."""

import io
import zipfile

import openpyxl
import pikepdf
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image as SheetPicture
from PIL import Image
from weasyprint import HTML

from tests.institutions import hostile_files as files

OFFICE_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def types(*overrides: tuple[str, str]) -> str:
    listed = "".join(f'<Override PartName="{p}" ContentType="{t}"/>' for p, t in overrides)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="jpeg" ContentType="image/jpeg"/>'
        f"{listed}</Types>"
    )


def _rels(*links: tuple[str, str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE_RELS}/{kind}" Target="{target}"{mode}/>'
        for n, (kind, target, mode) in enumerate(links, start=1)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE_RELS}">{listed}</Relationships>'


def main_part(target: str) -> str:
    return _rels(("officeDocument", target, ""))


EXTERNAL = ' TargetMode="External"'


def word_letter() -> bytes:
    """What Word saves: a theme, a footer, links, a linked picture, printer's data, own XML."""
    body = "<w:body><w:p><w:r><w:t>Zażółć</w:t></w:r></w:p></w:body>"
    text = f'<w:document xmlns:w="{WORD}">{body}</w:document>'
    old_xml = b'<?xml version="1.0" encoding="windows-1250"?><a>\xb9</a>'
    return files.package(
        {
            "[Content_Types].xml": types(("/word/document.xml", files.MAIN["docx"])),
            "_rels/.rels": main_part("word/document.xml"),
            "docProps/app.xml": "<Properties/>",
            "docProps/thumbnail.jpeg": files.picture("JPEG"),
            "word/document.xml": text,
            "word/_rels/document.xml.rels": _rels(
                ("hyperlink", "https://www.example.org/", EXTERNAL),
                ("hyperlink", "file:///C:\\Dokumenty\\plan.docx", EXTERNAL),
                ("image", "https://www.example.org/logo.png", EXTERNAL),
                ("footer", "footer1.xml", ""),
            ),
            "word/_rels/settings.xml.rels": _rels(("attachedTemplate", "Normal.dotm", "")),
            "word/footer1.xml": "<w:ftr xmlns:w='w'/>",
            "word/fonts/font1.odttf": bytes(range(256)) * 9,
            "word/printerSettings/printerSettings1.bin": bytes(range(1, 256)) * 9,
            "customXml/item1.xml": old_xml,
        }
    )


def powerpoint_show() -> bytes:
    """Slides with a chart, which carries its own little workbook, and a film."""
    return files.package(
        {
            "[Content_Types].xml": types(("/ppt/presentation.xml", files.MAIN["pptx"])),
            "_rels/.rels": main_part("ppt/presentation.xml"),
            "ppt/presentation.xml": "<p:presentation xmlns:p='p'/>",
            "ppt/media/media1.mp4": files.mp4(),
            "ppt/media/image1.emf": b"\x01\0\0\0" + bytes(100),
            "ppt/charts/chart1.xml": "<c:chart xmlns:c='c'/>",
            "ppt/embeddings/Microsoft_Excel_Worksheet.xlsx": workbook(),
            "ppt/changesInfos/changesInfo1.xml": "",
        }
    )


def workbook() -> bytes:
    """A sheet of hours with a chart, a picture and a formula."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [("Imię", "Godziny"), ("Żaneta", 3), ("Łucja", 4), ("Razem", "=SUM(B2:B3)")]:
        sheet.append(row)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "D2")
    sheet.add_image(SheetPicture(io.BytesIO(files.picture("PNG"))), "D20")
    sheet["A6"].hyperlink = "https://www.example.org/"
    written = io.BytesIO()
    book.save(written)
    book.close()
    return written.getvalue()


def libre_office(kind: str) -> bytes:
    """What LibreOffice saves: the type first and not packed, empty folders, an object, a chart."""
    written = io.BytesIO()
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    root = "office:document-content"
    content = f'<{root} xmlns:office="{office}"><office:scripts/></{root}>'
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{files.ODF[kind]}"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("mimetype", files.ODF[kind], zipfile.ZIP_STORED)
        for folder in ("accelerator", "images/Bitmaps", "menubar", "toolbar"):
            archive.writestr(f"Configurations2/{folder}/", b"")
        for name, body in {
            "content.xml": content,
            "styles.xml": content,
            "meta.xml": "<meta/>",
            "manifest.rdf": "<rdf/>",
            "Configurations2/accelerator/current.xml": "",
            "Thumbnails/thumbnail.png": files.picture("PNG"),
            "Object 1/content.xml": content,
            "ObjectReplacements/Object 1": b"\x01\0\0\0" + bytes(99),
            "layout-cache": bytes(range(1, 99)),
            "META-INF/manifest.xml": manifest,
        }.items():
            archive.writestr(name, body, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def open_office_of_2006() -> bytes:
    """OpenOffice 2 named the document type in its own manifest and formulas."""
    document_type = '<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD {1} 1.0//EN" "{1}.dtd">'
    return files.package(
        {
            "mimetype": files.ODF["odt"],
            "content.xml": "<a/>",
            "Object 1/content.xml": document_type.format("math", "math") + "<math/>",
            "META-INF/manifest.xml": '<?xml version="1.0"?>\n'
            + document_type.format("manifest", "Manifest")
            + "<manifest/>",
        }
    )


def printed_page() -> bytes:
    """A tagged PDF with fonts, a link and bookmarks."""
    text = (
        "<html lang='pl'><title>Statut</title><h1>Statut</h1>"
        "<p>Zażółć gęślą jaźń. <a href='https://example.org/'>Strona</a></p>"
    )
    written: bytes = HTML(string=text).write_pdf(pdf_variant="pdf/ua-1")
    return written


def archived_page() -> bytes:
    """The same with an XML file inside, a profile of colours and XMP, as PDF/A-3 has them."""

    def change(document: pikepdf.Pdf) -> None:
        files.with_attachment("faktura.xml")(document)
        profile = document.make_stream(b"profile", N=3)
        intent = pikepdf.Dictionary(S=pikepdf.Name.GTS_PDFA1, DestOutputProfile=profile)
        document.Root.OutputIntents = pikepdf.Array([intent])
        with document.open_metadata() as metadata:
            metadata["pdfaid:part"] = "3"

    return files.pdf(change)


def filled_form() -> bytes:
    """A PDF form with a filled field, opened at its second page."""

    def change(document: pikepdf.Pdf) -> None:
        field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="Imię", V="Żaneta", Rect=[0, 0, 90, 9])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[document.make_indirect(field)])
        document.add_blank_page()
        document.Root.OpenAction = pikepdf.Array([document.pages[1].obj, pikepdf.Name.Fit])

    return files.pdf(change)


def linked_documents() -> bytes:
    """A PDF that leads to another one which lies beside it."""
    leads = files.action("GoToR", F="załącznik.pdf", D=pikepdf.Array([0, pikepdf.Name.Fit]))
    link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=leads)
    return files.pdf(files.with_page(Annots=pikepdf.Array([link])))


def photo(format_: str = "JPEG", mode: str = "RGB", **save: object) -> bytes:
    """A picture whose upper left quarter is white, wider than it is high."""
    image = Image.new(mode, (80, 40), "black" if mode != "CMYK" else (0, 0, 0, 255))
    image.paste("white" if mode != "CMYK" else (0, 0, 0, 0), (0, 0, 40, 20))
    written = io.BytesIO()
    image.save(written, format_, **save)
    return written.getvalue()


def with_place(turned: int = 6) -> Image.Exif:
    """What a telephone notes: how it was held, whose it is, and where it was."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "Telefon Jana"
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 33.0, 10.0), 3: "E", 4: (22.0, 3.0, 1.0)})
    return exif


XMP = (
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><exif:GPSLatitude>50,33.1N</exif:GPSLatitude></x:xmpmeta>"
)


def photo_with_preview() -> bytes:
    """A JPEG of two pictures (MPO), as telephones save portraits."""
    written = io.BytesIO()
    small = Image.new("RGB", (16, 8), "gray")
    Image.open(io.BytesIO(photo())).save(written, "MPO", save_all=True, append_images=[small])
    return written.getvalue()


def deep_png() -> bytes:
    """Sixteen bits a channel, as scanners save."""
    written = io.BytesIO()
    Image.new("I;16", (40, 20), 40_000).save(written, "PNG")
    return written.getvalue()


def clear_png(mode: str) -> bytes:
    """A drawing with a background that lets through."""
    written = io.BytesIO()
    if mode == "P":
        Image.new("RGB", (40, 20), "red").convert("P", palette=Image.Palette.ADAPTIVE).save(
            written, "PNG", transparency=0
        )
    else:
        Image.new(mode, (40, 20)).save(written, "PNG")
    return written.getvalue()
