"""People, institutions, their names in every case, and their evidence."""

from .evidence import Evidence, EvidenceRevision, EvidenceTag
from .import_draft import ImportDraft
from .institution import FormerName, Institution, Membership
from .invitation import CustodyRequest, Invitation
from .name_form import MissingNameForms, NameForm
from .upload import Upload
from .user import Appointment, User

__all__ = [
    "Appointment",
    "CustodyRequest",
    "Evidence",
    "EvidenceRevision",
    "EvidenceTag",
    "FormerName",
    "ImportDraft",
    "Institution",
    "Invitation",
    "Membership",
    "MissingNameForms",
    "NameForm",
    "Upload",
    "User",
]
