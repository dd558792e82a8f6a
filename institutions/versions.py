"""A mark of what a page showed, so that a form sent from an old tab is found out."""

import hashlib
from collections.abc import Iterable


def version_of(values: Iterable[object]) -> str:
    """Sixteen characters that change when any of the values does."""
    content = "\x1f".join(str(value) for value in values)
    return hashlib.sha256(content.encode()).hexdigest()[:16]
