"""An institution begins an application."""

from django.db import transaction
from django.utils.translation import gettext as _

from certification.applications.models import Application
from certification.applications.states import State, Verb
from certification.audit.services import record
from certification.errors import CannotDo
from certification.standards.models import StandardSet
from institutions.models import Institution, User


@transaction.atomic
def open_application(
    institution: Institution, *, by: User, renews: Application | None = None
) -> Application:
    """Open a draft against the current standards. One application at a time.

    `renews` names the certified application of the same institution that this one continues
    (regulation, point 9).
    """
    Institution.objects.select_for_update().get(pk=institution.pk)
    _refuse_second(institution)
    standard_set = StandardSet.objects.current()
    if standard_set is None:
        raise CannotDo(
            _("No standards are published yet, so there is nothing to apply by. Write to us.")
        )
    if renews and (renews.institution_id, renews.state) != (institution.pk, State.CERTIFIED):
        raise CannotDo(_("Only a certified application of the same institution can be renewed."))
    application = Application.objects.create(
        institution=institution,
        kind=institution.kind,
        standard_set=standard_set,
        renews=renews,
        opened_by=by,
    )
    renewed = renews.pk if renews else None
    record(Verb.OPEN, application, by=by, case=application, renews=renewed)
    return application


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
