"""Letters as people type them: `Łódź` and `lodz` are one word. Imports nothing of Django's."""

import unicodedata

# Unicode does not take apart the letters with a stroke; the others are here for speed.
_PLAIN = str.maketrans("łŁøØđĐąĄćĆęĘńŃóÓśŚźŹżŻ", "lLoOdDaAcCeEnNoOsSzZzZ")


def fold(text: str) -> str:
    """`Łódź, ul. Świętojańska` → `lodz, ul. swietojanska`. Databases disagree about the case
    of Polish letters, so what is searched is stored in this form.
    """
    words = " ".join(text.split()).translate(_PLAIN)
    if words.isascii() and words.isprintable():
        return words.lower()
    parts = unicodedata.normalize("NFKD", words)
    return "".join(c for c in parts if not unicodedata.combining(c) and c.isprintable()).casefold()
