from .dates import agree, cancel, counter, hold, prepare, propose, propose_again
from .kit import add_photo, remove_old_photos, remove_photo, save_note
from .protocol import amend, close, confirm, present, remark, write_protocol
from .team import assessing, leave_visits, office_to_go

__all__ = [
    "add_photo",
    "agree",
    "amend",
    "assessing",
    "cancel",
    "close",
    "confirm",
    "counter",
    "hold",
    "leave_visits",
    "office_to_go",
    "prepare",
    "present",
    "propose",
    "propose_again",
    "remark",
    "remove_old_photos",
    "remove_photo",
    "save_note",
    "write_protocol",
]
