from .bank import Bank, BankParagraph, Finding
from .letter import CommendationLetter, Ground, LetterParagraph, LetterQuerySet
from .official import Official
from .signed import SignedLetter

__all__ = [
    "Bank",
    "BankParagraph",
    "CommendationLetter",
    "Finding",
    "Ground",
    "LetterParagraph",
    "LetterQuerySet",
    "Official",
    "SignedLetter",
]
