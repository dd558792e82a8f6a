"""The verbs of letters: banks in, drafts out, edited, sent back, approved, signed."""

from .approving import approve_letter, return_letter
from .banks import import_paragraphs
from .drafting import draft_letter, draft_set, replace_letter
from .editing import HEADER, Edited, add_strength, discard_letter, edit_letter
from .officials import confirm_official
from .signing import add_signed_letter

__all__ = [
    "HEADER",
    "Edited",
    "add_signed_letter",
    "add_strength",
    "approve_letter",
    "confirm_official",
    "discard_letter",
    "draft_letter",
    "draft_set",
    "edit_letter",
    "import_paragraphs",
    "replace_letter",
    "return_letter",
]
