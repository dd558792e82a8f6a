"""Draws one picture anew and prints one word; run as a program of its own, with little to spend.

Only the picture itself is written: the place where it was taken (GPS), comments, thumbnails and
whatever else was put into the file or behind it stay out. A picture made to swell, or to break
the decoder, ends this process alone. Imports nothing of ours, so that it starts at once.
"""

import mmap
import resource
import sys
from typing import Any

from PIL import Image, ImageOps

MEMORY = 280 * 1024 * 1024
CPU_SECONDS = 20  # a large PNG is packed for that long on a slow machine
# What MEMORY is enough for. 30 million points take 120 MB decoded, twice that while being turned
# upright; WebP is decoded twice over.
MAX_PIXELS = {"JPEG": 30_000_000, "PNG": 30_000_000, "WEBP": 14_000_000}
# A telephone takes up to 200 million, as JPEG, which can be decoded at half of its width and
# height. A progressive one is first unpacked whole.
MAX_HALVED = 120_000_000
MAX_PROGRESSIVE = (20_000_000, 30_000_000)
# A progressive JPEG comes in ten scans or so; each of thousands would be walked in full.
MAX_SCANS = 60

_KEPT = ("icc_profile", "transparency")
_SETTINGS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 92},
    "PNG": {},
    "WEBP": {"quality": 90},
}
_TOO_LARGE = (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning)
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError)


def rewrite(path: str, format_: str, to: str) -> str:
    """One of: ok (and the picture, upright, with its colour profile, is at `to`), moving,
    large, damaged."""
    try:
        if problem := _problem(path, format_):
            return problem
        upright, kept = _picture(path, format_)
        upright.save(to, format=format_, **_SETTINGS[format_], **kept)
    except _TOO_LARGE:
        return "large"
    except _BROKEN:
        return "damaged"
    return "ok"


def _problem(path: str, format_: str) -> str:
    with Image.open(path, formats=[format_]) as opened:
        if opened.width * opened.height > _limits(opened, format_)[1]:
            return "large"
        if format_ == "JPEG" and _has_many_scans(path):
            return "large"
        # a JPEG of several pictures (MPO) is a photo with a preview of itself
        if format_ != "JPEG" and getattr(opened, "is_animated", False):
            return "moving"
        opened.verify()
    return ""


def _limits(opened: Image.Image, format_: str) -> tuple[int, int]:
    """Up to how many points a picture is kept whole, and up to how many it is taken at all."""
    if "progressive" in opened.info:
        return MAX_PROGRESSIVE
    whole = MAX_PIXELS[format_]
    return whole, MAX_HALVED if format_ == "JPEG" else whole


def _has_many_scans(path: str) -> bool:
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = 0
        for _number in range(MAX_SCANS):
            at = data.find(b"\xff\xda", at) + 2
            if at < 2:
                return False
    return True


def _picture(path: str, format_: str) -> tuple[Image.Image, dict[str, Any]]:
    """The picture upright, and how it is to be seen; the decoder has given its memory back."""
    with Image.open(path, formats=[format_]) as opened:
        kept = {key: opened.info[key] for key in _KEPT if key in opened.info}
        if opened.width * opened.height > _limits(opened, format_)[0]:
            opened.draft(None, (opened.width // 2, opened.height // 2))
        upright = ImageOps.exif_transpose(opened)
    upright.info = {}
    return upright, kept


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Image.MAX_IMAGE_PIXELS = MAX_HALVED  # twice that is not even opened
    print(rewrite(*sys.argv[1:4]))
