"""What a page saved and got no answer to, told from what somebody else saved.

A browser that was cut off does not know whether its last save arrived. It sends the fingerprints of
such saves with the next one (static/js/answer-saving.js computes them in the same way).
"""

import hashlib

BETWEEN = "\x1f"  # the unit separator, which nobody types


def fingerprint(*values: object) -> str:
    """SHA-256 of the fields of a form, in the order of its data-saves; None is an empty field."""
    joined = BETWEEN.join("" if value is None else str(value) for value in values)
    return hashlib.sha256(joined.encode()).hexdigest()
