"""Small files that ask for a great deal: of memory, of time, of the disk."""

import io
import os
import zipfile
import zlib

from tests.institutions.hostile_files import (
    CATALOGUE,
    ooxml,
    package,
    pdf_of_one_object_stream,
    picture,
)

BILLION_LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "'
    + "ha" * 999
    + '">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 9 if n else "&a;" * 9}">' for n in range(99))
    + "]><a>&a98;</a>"
)


def nested_flate_bomb(megabytes: int = 400) -> bytes:
    """Packed twice: a few kilobytes that hold a thousand times a thousand."""
    packer = zlib.compressobj(9)
    packed = packer.compress(CATALOGUE)
    packed += b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes))
    twice = zlib.compress(packed + packer.flush(), 9)
    return pdf_of_one_object_stream(b"[/FlateDecode /FlateDecode]", twice).replace(
        b"/Filter /[", b"/Filter ["
    )


def jpeg_claiming(width: int, height: int, **save: object) -> bytes:
    """A small JPEG whose header says it is huge."""
    data = bytearray(picture("JPEG", **save))
    at = max(data.find(b"\xff\xc0"), data.find(b"\xff\xc2"))
    data[at + 5 : at + 9] = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return bytes(data)


def jpeg_of_many_scans(scans: int = 3_000) -> bytes:
    """A progressive JPEG that says its last scan again and again."""
    data = picture("JPEG", (3_000, 3_000), progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * scans + b"\xff\xd9"


def webp_claiming(width: int, height: int) -> bytes:
    """A WebP whose canvas (VP8X) is said to be as large as one can be."""
    data = bytearray(picture("WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"))
    at = data.index(b"VP8X")
    data[at + 12 : at + 18] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(data)


def overlapping_parts(number: int = 250, kernel_megabytes: int = 4) -> bytes:
    """Each part quotes the header of the next and shares its content with all the following.

    The „better zip bomb”: nothing lies about its size, nothing is nested, and the same packed
    bytes are unpacked again for every part.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(bytes(kernel_megabytes * 1_000_000)) + packer.flush()
    crc_source, size, starts = bytes(kernel_megabytes * 1_000_000), kernel_megabytes * 1_000_000, []
    whole = b""
    for index in reversed(range(number)):
        name = b"word/%d.bin" % index
        crc = zlib.crc32(crc_source)
        local = _local_header(name, crc, len(body), size)
        starts.append((name, crc, len(body), size, len(local) + len(body)))
        whole = local + body
        if index > number - 3:  # the sums of the first few are right; more would only take time
            crc_source = local + crc_source
        size += len(local)
        body = (
            b"\0" + len(local).to_bytes(2, "little") + (0xFFFF ^ len(local)).to_bytes(2, "little")
        )
        body += whole
    listing = b"".join(
        _central_entry(name, crc, packed, unpacked, len(whole) - from_end)
        for name, crc, packed, unpacked, from_end in reversed(starts)
    )
    return whole + listing + _end(number, len(listing), len(whole))


def _local_header(name: bytes, crc: int, packed: int, unpacked: int) -> bytes:
    sizes = b"".join(n.to_bytes(4, "little") for n in (crc, packed, unpacked))
    lengths = len(name).to_bytes(2, "little") + b"\0\0"
    return b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0" + sizes + lengths + name


def _central_entry(name: bytes, crc: int, packed: int, unpacked: int, at: int) -> bytes:
    sizes = b"".join(n.to_bytes(4, "little") for n in (crc, packed, unpacked))
    rest = len(name).to_bytes(2, "little") + bytes(12) + at.to_bytes(4, "little")
    return b"PK\x01\x02\x14\0\x14\0\0\0\x08\0\0\0\0\0" + sizes + rest + name


def _end(number: int, length: int, at: int) -> bytes:
    counts = min(number, 65_535).to_bytes(2, "little") * 2
    return (
        b"PK\x05\x06\0\0\0\0"
        + counts
        + length.to_bytes(4, "little")
        + at.to_bytes(4, "little")
        + b"\0\0"
    )


def endless_list_of_parts(number: int = 1_000_000) -> bytes:
    """Nothing but a list, which a reader holds in memory as a thousand megabytes."""
    first = package({"a": b""})
    start = first.index(b"PK\x01\x02")
    listing = _central_entry(b"a", 0, 0, 0, 0) * number
    return first[:start] + listing + _end(number, len(listing), start)


def long_word() -> bytes:
    """XML of one endless word, beside enough noise that it does not look packed."""
    return _noisy(b'<a b="' + b"x" * 90_000_000)


def deep_tree() -> bytes:
    return _noisy(b"<a>" * 20_000_000)


def _noisy(document: bytes) -> bytes:
    written = io.BytesIO(ooxml("docx"))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        archive.writestr("word/media/noise.bin", os.urandom(1_200_000))
    return written.getvalue()
