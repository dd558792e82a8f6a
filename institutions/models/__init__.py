"""People, institutions, their names in every case, and their evidence."""

from .evidence import Evidence, EvidenceRevision
from .institution import Institution, Membership
from .name_form import MissingNameForms, NameForm
from .user import Appointment, User

__all__ = [
    "Appointment",
    "Evidence",
    "EvidenceRevision",
    "Institution",
    "Membership",
    "MissingNameForms",
    "NameForm",
    "User",
]
