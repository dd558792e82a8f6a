"""The verbs of a calibration, from the sample to the closed round."""

from .preparing import copy_case, create_round, discard_round, edit_round, edit_sample, replace
from .rating import save_calibration_rating, submit_card, unfinished
from .running import close_round, invite, open_round, uninvite

__all__ = [
    "close_round",
    "copy_case",
    "create_round",
    "discard_round",
    "edit_round",
    "edit_sample",
    "invite",
    "open_round",
    "replace",
    "save_calibration_rating",
    "submit_card",
    "unfinished",
    "uninvite",
]
