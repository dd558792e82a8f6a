"""Whether a place is where it is said to be, before it is kept."""

from django.utils.translation import gettext as _

from institutions import viewing
from institutions.models import EvidenceRevision
from institutions.reading.passages import span_of
from institutions.viewing.asked import Asked
from institutions.viewing.looking import Addresses
from institutions.viewing.spots import Spot


def what_is_wrong(revision: EvidenceRevision, spot: Spot, addresses: Addresses) -> str:
    """What keeps the place from being found again, in words; nothing where it would be found.

    A page without text (a scan), and a file that cannot be read just now, are believed.
    """
    if spot.passage and revision.text:
        return "" if span_of(revision.text, spot.passage) else _not_there()
    if not revision.has_pages:
        return ""
    look = viewing.look_at(revision, addresses, Asked(page=spot.page or 1), spot)
    if look.page is None:
        return ""
    if look.number != (spot.page or 1):
        return _("The document has no page %(page)s; the last one is %(last)s.") % {
            "page": spot.page,
            "last": look.count,
        }
    has_text = bool(look.text.strip()) if look.is_pdf else bool(look.blocks)
    return _not_there() if spot.passage and has_text and not look.is_found else ""


def _not_there() -> str:
    return _(
        "These words are not there. Copy them from the page, or leave this field empty to cite "
        "the whole page."
    )
