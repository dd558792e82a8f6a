"""Importing institutions from a file: planned row by row, shown, and only then written."""

from .drafts import discard_old_drafts, keep_draft, old_drafts
from .plan import make_plan
from .planned import Change, Outcome, Plan, PlannedRow
from .standing import Standing
from .verb import PlanChanged, import_institutions, preview

__all__ = [
    "Change",
    "Outcome",
    "Plan",
    "PlanChanged",
    "PlannedRow",
    "Standing",
    "discard_old_drafts",
    "import_institutions",
    "keep_draft",
    "make_plan",
    "old_drafts",
    "preview",
]
