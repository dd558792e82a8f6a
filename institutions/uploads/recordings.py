"""Films and recordings: the structure of the file is walked, its content is never decoded."""

from typing import IO

from django.utils.translation import gettext as _

from institutions.uploads.errors import Refused

# Brands of MP4 that browsers play; „qt  ” (MOV) and „heic” begin the same way and are not here.
_BRANDS = {
    *(b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "),
    *(b"dash", b"MSNV", b"3gp4", b"3gp5", b"3gp6", b"mmp4", b"f4v "),
}
_MAX_BOXES = 10_000  # a film cut in fragments has thousands

# MPEG audio, layer III: kbit/s by index for MPEG 1 and MPEG 2, samples a second by version
_BITRATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_FRAMES_IN_A_ROW = 4
_SEARCHED = 64 * 1024


def check_mp4(file: IO[bytes], size: int) -> None:
    """Boxes follow each other from the first byte to the last; a film and its index are there."""
    found: set[bytes] = set()
    position = 0
    for _number in range(_MAX_BOXES):
        if position >= size:
            break
        file.seek(position)
        length, name = _box(file.read(16), size - position)
        if not position and (name != b"ftyp" or not _has_known_brand(file, length)):
            raise _not_playable("MP4")
        found.add(name)
        position += length
    if position != size or not found >= {b"moov", b"mdat"}:
        raise _not_playable("MP4")


def _box(header: bytes, left: int) -> tuple[int, bytes]:
    length, name = int.from_bytes(header[:4], "big"), header[4:8]
    if length == 1:
        length = int.from_bytes(header[8:16], "big")
    elif length == 0:
        length = left
    if not 8 <= length <= left or len(name) < 4:
        raise _not_playable("MP4")
    return length, name


def _has_known_brand(file: IO[bytes], length: int) -> bool:
    file.seek(8)
    body = file.read(min(length, 512) - 8)
    brands = [body[:4], *(body[i : i + 4] for i in range(8, len(body), 4))]
    return not _BRANDS.isdisjoint(brands) and body[:4] != b"qt  "


def check_mp3(file: IO[bytes]) -> None:
    """After an optional ID3 tag, several frames that lead from one to the next."""
    head = file.read(10)
    start = 0
    if head[:3] == b"ID3" and len(head) == 10 and max(head[6:]) < 128:
        start = 10 + sum(
            byte << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True)
        )
    file.seek(start)
    data = file.read(_SEARCHED)
    first = len(data) - len(data.lstrip(b"\0"))  # some programs pad the tag
    if not _frames_follow(data, first):
        raise _not_playable("MP3")


def _frames_follow(data: bytes, position: int) -> bool:
    for _number in range(_FRAMES_IN_A_ROW):
        length = _frame_length(data[position : position + 4])
        if not length:
            return False
        position += length
    return True


def _frame_length(header: bytes) -> int:
    """Bytes of the MPEG layer III frame that `header` begins, or 0 (ISO 11172-3, 2.4.1.3)."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    version, bitrate, rate = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or not 0 < bitrate < 15 or rate == 3:
        return 0
    samples, kbits = (144, _BITRATES[3]) if version == 3 else (72, _BITRATES[2])
    return samples * kbits[bitrate] * 1000 // _RATES[version][rate] + (header[2] >> 1 & 1)


def _not_playable(kind: str) -> Refused:
    return Refused(
        _(
            "This is not a complete %(kind)s recording. Play it on your computer; if it plays, "
            "save it anew as %(kind)s, or send a link to it instead."
        )
        % {"kind": kind}
    )
