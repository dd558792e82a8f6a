"""The verbs of an application. `move` is the only function that writes its state."""

from .answering import cite, save_answer, uncite
from .checking import accept, request_completion, take_up
from .conflicts import declare_conflict
from .moving import move
from .opening import open_application
from .submitting import complete, freeze, submit, withdraw

__all__ = [
    "accept",
    "cite",
    "complete",
    "declare_conflict",
    "freeze",
    "move",
    "open_application",
    "request_completion",
    "save_answer",
    "submit",
    "take_up",
    "uncite",
    "withdraw",
]
