"""The verbs of an assessment, from the assignment to the closed card."""

from .allocating import NotAllocated, allocate
from .assigning import (
    UNDER_WAY,
    assign,
    assign_all,
    declare_impartial,
    end_assignment,
    leave_case,
)
from .consolidating import open_card, settle
from .correcting import correct_rating
from .deadlines import ask_more_time, give_more_time, refuse_more_time
from .marking import mark_evidence, remove_mark
from .profiles import change_profile
from .proposing import propose_completion
from .rating import open_criteria, save_rating, submit_assessment
from .returning import decline, hand_back
from .signing import remark, sign_card, take_back_signature
from .third import ask_third, assign_third, withdraw_third

__all__ = [
    "UNDER_WAY",
    "NotAllocated",
    "allocate",
    "ask_more_time",
    "assign",
    "ask_third",
    "assign_all",
    "assign_third",
    "change_profile",
    "correct_rating",
    "declare_impartial",
    "decline",
    "end_assignment",
    "give_more_time",
    "hand_back",
    "leave_case",
    "mark_evidence",
    "open_card",
    "open_criteria",
    "propose_completion",
    "refuse_more_time",
    "remark",
    "remove_mark",
    "save_rating",
    "settle",
    "sign_card",
    "submit_assessment",
    "take_back_signature",
    "withdraw_third",
]
