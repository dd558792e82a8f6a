"""Tags as people type them: „rada osiedla, Piknik, #2016”."""

import re
import unicodedata

MAX_TAGS = 10
MAX_LENGTH = 50


def read_tags(typed: str) -> list[str]:
    """The tags in what was typed, in its order; what differs in capitals alone stands once."""
    tags: dict[str, str] = {}
    for part in re.split(r"[,;\n]", typed):
        if tag := _tidied(part):
            tags.setdefault(tag.casefold(), tag)
    return list(tags.values())


def _tidied(part: str) -> str:
    """One tag: letters composed, nothing invisible, single spaces, no # in front."""
    shown = "".join(
        letter if letter.isprintable() else " " for letter in unicodedata.normalize("NFC", part)
    )
    return " ".join(shown.split()).lstrip("#").strip()
