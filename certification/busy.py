"""Said when too many documents are being opened at once (certification/sandbox.py)."""

from django.utils.translation import gettext as _

from certification.errors import Unavailable


class Busy(Unavailable):
    """All places are taken; nothing is known of the file itself (HTTP 503)."""

    def __init__(self) -> None:
        super().__init__(
            _("Many documents are being opened just now. Try again in a moment; nothing is lost.")
        )
