"""Assessors rate a case, each on their own; then one consolidated card.

The database itself keeps submitted ratings and a closed card as they are.
"""

from .agreeing import CardRemark, CardSignature
from .assessment import Assessment, Rating
from .assignment import Assignment
from .calibration import CalibrationCard, CalibrationRating, CalibrationRound, SampleAnswer
from .card import ConsolidatedCard, ConsolidatedRating
from .correction import RatingCorrection
from .draft import RatingsDraft
from .mark import EvidenceMark
from .more_time import MoreTime
from .profile import MOST, AssessorProfile, AssessorRegion
from .proposal import CompletionProposal
from .returned import ReturnedPart
from .third import ThirdOpinion

__all__ = [
    "MOST",
    "Assessment",
    "Assignment",
    "AssessorProfile",
    "AssessorRegion",
    "CardRemark",
    "CardSignature",
    "CalibrationCard",
    "CalibrationRating",
    "CalibrationRound",
    "CompletionProposal",
    "ConsolidatedCard",
    "ConsolidatedRating",
    "EvidenceMark",
    "MoreTime",
    "Rating",
    "RatingCorrection",
    "RatingsDraft",
    "ReturnedPart",
    "ThirdOpinion",
    "SampleAnswer",
]
