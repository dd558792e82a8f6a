"""Files made in code: good ones of every kind, and hostile ones. No file is kept in the project."""

import io
import warnings
import zipfile
import zlib
from typing import Any

import pikepdf
from PIL import Image

CONTENT_TYPES = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "docx": f"{CONTENT_TYPES}wordprocessingml.document.main+xml",
    "xlsx": f"{CONTENT_TYPES}spreadsheetml.sheet.main+xml",
    "pptx": f"{CONTENT_TYPES}presentationml.presentation.main+xml",
}
ODF = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}


def pdf(change: Any = None, **save: Any) -> bytes:
    """One empty page; `change(document)` adds what the test is about."""
    document = pikepdf.new()
    document.add_blank_page()
    if change:
        change(document)
    written = io.BytesIO()
    document.save(written, **save)
    return written.getvalue()


def with_open_action(**action: Any) -> Any:
    def change(document: pikepdf.Pdf) -> None:
        entries = {f"/{key}": value for key, value in action.items()}
        document.Root.OpenAction = pikepdf.Dictionary(entries)

    return change


def with_link(address: str) -> Any:
    def change(document: pikepdf.Pdf) -> None:
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(address))
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action
        )
        document.pages[0].Annots = pikepdf.Array([link])

    return change


def with_attachment(name: str, content: bytes = b"MZ" + b"\0" * 60) -> Any:
    def change(document: pikepdf.Pdf) -> None:
        document.attachments[name] = content

    return change


def pdf_of_one_object_stream(filter_name: bytes, packed: bytes) -> bytes:
    """A PDF whose catalogue lies in an object stream: whoever opens the file unpacks `packed`."""
    out, offsets = io.BytesIO(b"%PDF-1.5\n"), {}
    out.seek(0, 2)
    bodies = {
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>",
        4: b"<< /Type /ObjStm /N 1 /First 4 /Filter /%b /Length %d >>\nstream\n%b\nendstream"
        % (filter_name, len(packed), packed),
    }
    for number, body in bodies.items():
        offsets[number] = out.tell()
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    rows = [(0, 0, 65535), (2, 4, 0), *((1, offsets[n], 0) for n in (2, 3, 4)), (1, start, 0)]
    table = b"".join(
        kind.to_bytes(1, "big") + where.to_bytes(4, "big") + index.to_bytes(2, "big")
        for kind, where, index in rows
    )
    out.write(
        b"5 0 obj\n<< /Type /XRef /Size 6 /W [1 4 2] /Root 1 0 R /Length %d >>\n"
        b"stream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (len(table), table, start)
    )
    return out.getvalue()


CATALOGUE = b"1 0 << /Type /Catalog /Pages 2 0 R >>"


def flate_bomb(megabytes: int = 400) -> bytes:
    """About a thousandth of what it unpacks to."""
    packer = zlib.compressobj(9)
    packed = packer.compress(CATALOGUE)
    packed += b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes))
    return pdf_of_one_object_stream(b"FlateDecode", packed + packer.flush())


def lzw_bomb(megabytes: int = 400) -> bytes:
    """LZW of a catalogue and of spaces without end; qpdf has no limit for this filter."""
    codes = [f"{256:09b}", *(f"{byte:09b}" for byte in CATALOGUE)]
    following, width, run, unpacked = 258 + len(CATALOGUE), 9, 0, 0
    while unpacked < megabytes * 1_000_000:
        codes.append(f"{following - 1 if run else 32:0{width}b}")
        run, following = run + 1, following + 1
        unpacked += run
        width = 9 + (following > 511) + (following > 1023) + (following > 2047)
        if following >= 4094:
            codes.append(f"{256:0{width}b}")
            width, following, run = 9, 258, 0
    bits = "".join([*codes, f"{257:0{width}b}"])
    whole = bits.ljust(-(-len(bits) // 8) * 8, "0")
    packed = bytes(int(whole[at : at + 8], 2) for at in range(0, len(whole), 8))
    return pdf_of_one_object_stream(b"LZWDecode", packed)


def picture(format_: str, size: tuple[int, int] = (40, 20), **save: Any) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "navy").save(written, format_, **save)
    return written.getvalue()


def photo_with_place() -> bytes:
    """A sideways JPEG that tells where it was taken, with a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "Camera of Jan"
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 33.0, 10.0), 3: "E", 4: (22.0, 3.0, 1.0)})
    return picture("JPEG", exif=exif, comment=b"Jan's kitchen")


def pixel_flood() -> bytes:
    """A PNG of 50,000 × 50,000 points in a few kilobytes."""
    header = (50_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")
        )

    pixels = zlib.compress(b"\0" * 1_000_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def package(parts: dict[str, bytes | str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def ooxml(kind: str = "docx", *, main: str = "", **parts: bytes | str) -> bytes:
    """A minimal Office document; `parts` are added, „__” standing for a slash and „_” for a dot."""
    declared = f'<Override PartName="/main.xml" ContentType="{main or MAIN[kind]}"/>'
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    more = {name.replace("__", "/").replace("_", "."): text for name, text in parts.items()}
    return package(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}">{declared}</Types>',
            "main.xml": "<a/>",
            **more,
        }
    )


def swollen_document(megabytes: int) -> bytes:
    """A document with one part of nothing but spaces."""
    written = io.BytesIO(ooxml("docx"))
    archive = zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED)
    with archive, archive.open("word/document.xml", "w") as part:
        for _number in range(megabytes):
            part.write(b" " * 1_000_000)
    return written.getvalue()


def relationship(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    )


def open_document(kind: str = "odt", *, manifest: str = "", **parts: bytes | str) -> bytes:
    namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    listing = f'<m:manifest xmlns:m="{namespace}">{manifest}</m:manifest>'
    more = {name.replace("__", "/").replace("_", "."): text for name, text in parts.items()}
    return package(
        {"mimetype": ODF[kind], "META-INF/manifest.xml": listing, "content.xml": "<a/>", **more}
    )


def encrypted(packed: bytes) -> bytes:
    """The same package with the „encrypted” bit set on every part."""
    data = bytearray(packed)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def lying_about_size(packed: bytes, part: str) -> bytes:
    """The list of parts says that `part` unpacks to ten bytes."""
    data = bytearray(packed)
    at = data.rfind(part.encode()) - 46
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def mp4(brand: bytes = b"isom", *boxes: bytes) -> bytes:
    def box(name: bytes, body: bytes = b"") -> bytes:
        return (8 + len(body)).to_bytes(4, "big") + name + body

    start = box(b"ftyp", brand + b"\0\0\2\0" + brand)
    return start + b"".join(box(name, b"x" * 20) for name in boxes or (b"moov", b"mdat"))


def mp3(frames: int = 8, tag: bytes = b"ID3\x04\x00\x00\x00\x00\x00\x05hello") -> bytes:
    """MPEG 1 layer III, 128 kbit/s, 44.1 kHz: frames of 417 bytes."""
    return tag + (b"\xff\xfb\x90\x00" + b"\0" * 413) * frames


def named_parts(parts: dict[str, bytes | str], kind: str = "docx") -> bytes:
    """An Office document with parts whose names `ooxml()` cannot spell."""
    with zipfile.ZipFile(io.BytesIO(ooxml(kind))) as good:
        own: dict[str, bytes | str] = {name: good.read(name) for name in good.namelist()}
    return package(own | parts)


def with_root(**entries: Any) -> Any:
    """Entries of a PDF's catalogue, made in the document."""

    def change(document: pikepdf.Pdf) -> None:
        for name, make in entries.items():
            document.Root[f"/{name}"] = make(document)

    return change


def action(kind: str, **entries: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        {"/S": pikepdf.Name(f"/{kind}")} | {f"/{k}": v for k, v in entries.items()}
    )


def with_page(**entries: Any) -> Any:
    def change(document: pikepdf.Pdf) -> None:
        for name, value in entries.items():
            document.pages[0].obj[f"/{name}"] = value

    return change


def _chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def png_with(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG with further chunks before its pixels."""
    plain = picture("PNG")
    at = plain.index(b"IDAT") - 4
    return plain[:at] + b"".join(_chunk(name, data) for name, data in chunks) + plain[at:]


def png_with_swelling_text() -> bytes:
    return png_with((b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 200_000_000, 9)))


EICAR = r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def with_part_twice(name: str) -> bytes:
    """Two parts of one name: programs differ in which of them they show."""
    with zipfile.ZipFile(io.BytesIO(ooxml())) as good:
        parts = [(part, good.read(part)) for part in [*good.namelist(), name]]
    written = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w") as archive:
        warnings.simplefilter("ignore")
        for part, content in parts:
            archive.writestr(part, content)
    return written.getvalue()
