"""Pages of the appeal against a withdrawal: the holder's, the office's and the Board's."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from institutions.requests import SignedInRequest

from .appeals import appeal_withdrawal, note_appeal, refuse_appeal, reinstate_certificate
from .forms import AppealForm, PaperAppealForm, RefusalForm, ReinstatementForm
from .verb_pages import Words, charges_page


@require_http_methods(["GET", "POST"])
def charges_appeal(request: SignedInRequest, pk: int) -> HttpResponse:
    """The holder appeals to the Board."""
    words = Words(
        _("Appeal against the withdrawal"),
        _("The Board resolves on the appeal. It can be made once, and is kept word for word."),
        _("Send the appeal"),
        _("The Board has your appeal."),
    )
    return charges_page(request, pk, appeal_withdrawal, AppealForm, words)


@require_http_methods(["GET", "POST"])
def charges_note_appeal(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office types an appeal that came on paper."""
    words = Words(
        _("Note an appeal on paper"),
        _("Type what the holder wrote, word for word. A late appeal is noted too, and marked."),
        _("Note the appeal"),
        _("The appeal is noted, and the Board is told."),
    )
    return charges_page(request, pk, note_appeal, PaperAppealForm, words)


@require_http_methods(["GET", "POST"])
def charges_reinstate(request: SignedInRequest, pk: int) -> HttpResponse:
    """A Board member records that the Board allowed the appeal."""
    words = Words(
        _("Allow the appeal"),
        _(
            "The Board allowed the appeal and annulled the withdrawal by resolution. The "
            "certificate then stands as before; the withdrawal and the resolution stay on file."
        ),
        _("Annul the withdrawal"),
        _("The withdrawal of %(number)s is annulled."),
    )
    return charges_page(request, pk, reinstate_certificate, ReinstatementForm, words)


@require_http_methods(["GET", "POST"])
def charges_refuse_appeal(request: SignedInRequest, pk: int) -> HttpResponse:
    """A Board member records that the Board refused the appeal."""
    words = Words(
        _("Refuse the appeal"),
        _("The withdrawal stands. The holder is told, and reads the reason here."),
        _("Refuse the appeal"),
        _("The appeal is refused, and the holder is told."),
    )
    return charges_page(request, pk, refuse_appeal, RefusalForm, words)
