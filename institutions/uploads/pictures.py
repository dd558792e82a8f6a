"""Pictures are decoded and written anew: only the picture itself is kept.

So the place where it was taken (GPS), comments, thumbnails and anything appended are gone.
"""

from io import BytesIO
from typing import IO, Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from institutions.uploads.errors import Refused
from institutions.uploads.kinds import Kind

# 30 million points take at most 120 MB decoded, twice that while being turned upright.
MAX_PIXELS = 30_000_000

_TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError)
_SETTINGS: dict[Kind, dict[str, Any]] = {
    Kind.JPEG: {"quality": 92},
    Kind.PNG: {"optimize": False},
    Kind.WEBP: {"quality": 90},
}


def rewrite(file: IO[bytes], kind: Kind) -> bytes:
    """The picture in the same format, upright, with its colour profile and nothing else."""
    try:
        _check(file, kind)
        with Image.open(file, formats=[kind.upper()]) as opened:
            return _encode(opened, kind)
    except _TOO_LARGE as error:
        raise _too_large() from error
    except _BROKEN as error:
        raise Refused(
            _(
                "This picture is damaged or is no %(kind)s inside. Open it on your computer, save "
                "it anew as JPG or PNG and send that."
            )
            % {"kind": kind.upper()}
        ) from error


def _check(file: IO[bytes], kind: Kind) -> None:
    with Image.open(file, formats=[kind.upper()]) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise _too_large()
        if kind is not Kind.JPEG and getattr(opened, "is_animated", False):
            raise Refused(_("Moving pictures are not accepted. Save it as a film (MP4)."))
        opened.verify()
    file.seek(0)


def _encode(opened: Image.Image, kind: Kind) -> bytes:
    upright = ImageOps.exif_transpose(opened)
    kept = {"icc_profile", "transparency"}
    upright.info = {key: value for key, value in opened.info.items() if key in kept}
    written = BytesIO()
    upright.save(written, format=kind.upper(), **_SETTINGS[kind])
    return written.getvalue()


def _too_large() -> Refused:
    return Refused(
        _(
            "This picture has too many points (more than %(millions)s million). Make it smaller, "
            "for instance to 3000 points in width, and send it again."
        )
        % {"millions": MAX_PIXELS // 1_000_000}
    )
