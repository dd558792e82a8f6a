"""The files of all documents, for a browser that checks one by itself.

Nothing here is secret: what stands beside a fingerprint is public, and a fingerprint
tells nothing to who does not hold the file.
"""

from datetime import date

from .verdicts import document_kinds


def issued_files(day: date) -> dict[str, dict[str, str]]:
    """By the SHA-256 of the PDF: the number and how the document stands on that day."""
    return {sha256: facts for kind in document_kinds() for sha256, facts in kind.files(day)}


def state_of_files(day: date) -> str:
    """Another text whenever `issued_files` would say something else: an ETag (RFC 9110, 8.8.3)."""
    return f'"{"-".join([day.isoformat(), *(kind.state_of_files() for kind in document_kinds())])}"'
