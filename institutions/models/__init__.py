"""People, institutions, their names in every case, and their evidence."""

from .employee_list import EmployeeList, ListedPerson
from .evidence import Evidence, EvidenceRevision, EvidenceTag
from .import_draft import ImportDraft
from .institution import FormerName, Institution, Membership
from .invitation import CustodyRequest, Invitation
from .name_form import MissingNameForms, NameForm
from .notice_choice import NoticeChoice
from .upload import Upload
from .user import Appointment, User

__all__ = [
    "Appointment",
    "CustodyRequest",
    "EmployeeList",
    "Evidence",
    "EvidenceRevision",
    "EvidenceTag",
    "FormerName",
    "ImportDraft",
    "Institution",
    "Invitation",
    "ListedPerson",
    "Membership",
    "MissingNameForms",
    "NameForm",
    "NoticeChoice",
    "Upload",
    "User",
]
