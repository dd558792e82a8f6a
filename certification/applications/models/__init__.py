"""An application, its answers, what is asked to be completed, and what was frozen."""

from .answer import Answer, Citation
from .application import Application
from .call import Call, CallExtension, CallState
from .carrying import Carried, EditionChange
from .comment import Comment
from .completion import CompletionItem, CompletionRequest, Extension
from .conflict import ConflictDeclaration
from .dossier import Dossier, DossierFile
from .formal_check import CheckedPoint, FormalCheck
from .paper import Paper, PaperReview, PrintedPaper, SignedPaper
from .version import AnswerVersion

__all__ = [
    "Answer",
    "AnswerVersion",
    "Application",
    "Call",
    "CallExtension",
    "CallState",
    "Carried",
    "CheckedPoint",
    "Citation",
    "Comment",
    "CompletionItem",
    "CompletionRequest",
    "ConflictDeclaration",
    "Dossier",
    "DossierFile",
    "EditionChange",
    "Extension",
    "FormalCheck",
    "Paper",
    "PaperReview",
    "PrintedPaper",
    "SignedPaper",
]
