"""An application, its answers, what is asked to be completed, and what was frozen."""

from .answer import Answer, Citation
from .application import Application
from .completion import CompletionRequest
from .conflict import ConflictDeclaration
from .dossier import Dossier, DossierFile

__all__ = [
    "Answer",
    "Application",
    "Citation",
    "CompletionRequest",
    "ConflictDeclaration",
    "Dossier",
    "DossierFile",
]
