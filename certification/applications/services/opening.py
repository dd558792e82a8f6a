"""An institution begins an application."""

from django.db import transaction
from django.template.defaultfilters import date as formatted
from django.utils.translation import gettext as _

from certification import clock
from certification.applications.models import Application, Call
from certification.applications.renewal.offers import holding_of
from certification.applications.states import Verb
from certification.audit.services import record
from certification.errors import CannotDo
from certification.standards.models import StandardSet
from institutions.models import Institution, User

from .calls import refuse_outside_calls
from .carrying import carry_over


@transaction.atomic
def open_application(
    institution: Institution,
    *,
    by: User,
    renews: Application | None = None,
    call: Call | None = None,
) -> Application:
    """Open a draft against the current standards. One application at a time.

    `renews` names the certified application of the same institution that this one continues
    (regulation, point 9): its answers are taken over, each to be confirmed or written anew.
    Without it, an institution that holds a certificate is refused: it renews that one. Within
    a `call` the draft is written against the standards of the call.
    """
    Institution.objects.select_for_update().get(pk=institution.pk)
    _refuse_second(institution)
    refuse_outside_calls(call, institution, renews=renews)
    standard_set = call.standard_set if call else StandardSet.objects.current()
    if standard_set is None:
        raise CannotDo(
            _("No standards are published yet, so there is nothing to apply by. Write to us.")
        )
    _refuse_wrong_renewal(institution, renews)
    application = Application.objects.create(
        institution=institution,
        kind=institution.kind,
        standard_set=standard_set,
        renews=renews,
        call=call,
        opened_by=by,
    )
    carried = carry_over(application, renewed=renews, by=by) if renews else 0
    renewed = renews.pk if renews else None
    record(
        Verb.OPEN,
        application,
        by=by,
        case=application,
        renews=renewed,
        carried=carried,
        call=call.pk if call else None,
    )
    return application


def _refuse_wrong_renewal(institution: Institution, renews: Application | None) -> None:
    holding = holding_of(institution)
    if renews and (holding is None or holding.application != renews):
        raise CannotDo(_("Only the certificate that the institution holds now can be renewed."))
    if holding and not holding.is_renewable(clock.today()):
        raise CannotDo(
            _("The certificate is valid until %(until)s. It can be renewed from %(since)s on.")
            % {
                "until": formatted(holding.valid_to, "j E Y"),
                "since": formatted(holding.renewable_from, "j E Y"),
            }
        )
    if holding and not renews:
        raise CannotDo(_("This institution holds a certificate. Renew it instead."))


def _refuse_second(institution: Institution) -> None:
    current = Application.objects.under_way().filter(institution=institution).first()
    if current:
        raise CannotDo(
            _(
                "This institution has an application under way already: %(application)s. "
                "Go on with that one, or withdraw it first."
            )
            % {"application": current}
        )
