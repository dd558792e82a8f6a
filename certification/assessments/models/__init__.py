"""Assessors rate a case, each on their own; then one consolidated card.

The database itself keeps submitted ratings and a closed card as they are.
"""

from .assessment import Assessment, Rating
from .assignment import Assignment
from .card import ConsolidatedCard, ConsolidatedRating

__all__ = ["Assessment", "Assignment", "ConsolidatedCard", "ConsolidatedRating", "Rating"]
