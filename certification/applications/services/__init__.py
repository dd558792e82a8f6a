"""The verbs of an application. `move` is the only function that writes its state."""

from .answering import bring_back, save_answer
from .calls import close_call, edit_call, extend_call, leave_call, open_call
from .changing_edition import change_edition
from .checking import accept, request_completion, take_up
from .citing import change_place, cite, cite_newest, uncite
from .commenting import (
    comment,
    delete_comment,
    edit_comment,
    reopen_comment,
    settle_comment,
)
from .completing import ask_extension, complete, extend, lapse, refuse_extension
from .conflicts import declare_conflict, note_found_conflict, review_conflict
from .formal_check import Finding, save_point, save_points
from .moving import move
from .opening import open_application
from .renewing import confirm_answers
from .submitting import freeze, submit, withdraw

__all__ = [
    "Finding",
    "accept",
    "ask_extension",
    "bring_back",
    "change_edition",
    "change_place",
    "cite",
    "cite_newest",
    "close_call",
    "comment",
    "complete",
    "confirm_answers",
    "declare_conflict",
    "delete_comment",
    "edit_call",
    "edit_comment",
    "extend",
    "extend_call",
    "freeze",
    "lapse",
    "leave_call",
    "move",
    "note_found_conflict",
    "open_application",
    "open_call",
    "refuse_extension",
    "reopen_comment",
    "request_completion",
    "save_answer",
    "save_point",
    "save_points",
    "settle_comment",
    "review_conflict",
    "submit",
    "take_up",
    "uncite",
    "withdraw",
]
