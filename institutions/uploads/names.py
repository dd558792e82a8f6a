"""The name a person gave a file. It is data to show, and never a path."""

import re
import unicodedata

from django.utils.translation import gettext as _

# Room for the name in a header and in any file system, which count bytes and not letters.
MAX_BYTES = 200

# What Windows takes for a device, whatever the extension.
_DEVICE = re.compile(r"^((con|prn|aux|nul|com\d|lpt\d)(\..*)?)$", re.I)
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def display_name(given: str) -> str:
    """The last part of `given`, without control and direction characters, at most 200 bytes."""
    flat = given.replace("\\", "/").rpartition("/")[2]
    visible = "".join(
        c for c in flat if unicodedata.category(c)[0] != "C" and c not in "\u2028\u2029"
    )
    one_line = " ".join(unicodedata.normalize("NFC", visible).split())
    name = _FORBIDDEN.sub("_", one_line).strip(". ")
    return _shortened(_DEVICE.sub(r"_\1", name)) or _("file")


def extension_of(name: str) -> str:
    """The last extension, in lower case, with its dot; '' if there is none."""
    stem, dot, extension = name.rpartition(".")
    return f".{extension.lower()}" if dot and stem else ""


def _shortened(name: str) -> str:
    extension = extension_of(name)
    room = MAX_BYTES - len(extension.encode())
    if room <= 0:
        return name.encode()[:MAX_BYTES].decode(errors="ignore")
    stem = name[: len(name) - len(extension)].encode()[:room].decode(errors="ignore")
    return stem.strip() + name[len(name) - len(extension) :]
