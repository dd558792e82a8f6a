"""The verbs of the catalogue. A published set is never changed: a new edition is."""

from .drafting import (
    discard_draft,
    edit_head,
    edit_rule,
    edit_scale,
    edit_sources,
    renumber,
    start_edition,
)
from .importing import import_standards
from .origins import derive, drop, merge_criteria, split_criterion, take_back
from .parts import add_part, edit_part, move_part, remove_part
from .publishing import publish, retire
from .words import add_evidence_type, reword_evidence_type

__all__ = [
    "add_evidence_type",
    "add_part",
    "derive",
    "discard_draft",
    "drop",
    "edit_head",
    "edit_part",
    "edit_rule",
    "edit_scale",
    "edit_sources",
    "import_standards",
    "merge_criteria",
    "move_part",
    "publish",
    "remove_part",
    "renumber",
    "retire",
    "reword_evidence_type",
    "split_criterion",
    "start_edition",
    "take_back",
]
