"""Files that people send: let in by content and name together, or refused with a reason."""

from institutions.uploads.checking import Checked, check_name, inspect, sha256_of
from institutions.uploads.errors import Refused
from institutions.uploads.kinds import ACCEPT, Kind

__all__ = ["ACCEPT", "Checked", "Kind", "Refused", "check_name", "inspect", "sha256_of"]
