"""The verbs of an assessment, from the assignment to the closed card."""

from .assigning import (
    UNDER_WAY,
    assign,
    assign_all,
    declare_impartial,
    end_assignment,
    leave_case,
)
from .consolidating import close_card, open_card, settle
from .rating import open_criteria, save_rating, submit_assessment

__all__ = [
    "UNDER_WAY",
    "assign",
    "assign_all",
    "close_card",
    "declare_impartial",
    "end_assignment",
    "leave_case",
    "open_card",
    "open_criteria",
    "save_rating",
    "settle",
    "submit_assessment",
]
