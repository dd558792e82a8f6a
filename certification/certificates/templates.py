"""What a new certificate of an edition looks like and says, as it is tried and saved."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from certification import clock
from certification.audit.services import record
from certification.documents.models import Issuer
from certification.documents.render import render_certificate
from certification.documents.samples import sample_certificate
from certification.documents.sheets import CertificateSheet
from certification.standards.models import StandardSet
from institutions.models import User

from .defaults import signatories_of, years_later
from .label import label_for
from .models import CertificateTemplate
from .states import Verb


def sample_of(template: CertificateTemplate, day: date) -> CertificateSheet:
    """A certificate of nobody, dated `day`, as this template would have it."""
    issuer = Issuer.load()
    ends = years_later(day, template.standard_set.validity_years) - timedelta(days=1)
    return sample_certificate(
        issuer,
        day,
        reason=template.reason,
        validity_label=label_for(template.label, day, ends),
        valid_to=ends,
        place=template.place or issuer.place,
        signatories=signatories_of(template, issuer),
        design=template.design,
        orientation=template.orientation,
    )


@transaction.atomic
def change_template(standard_set: StandardSet, *, by: User, **data: Any) -> CertificateTemplate:
    """Save the given fields of the edition's template, which is made where there is none yet.

    What is issued already stays as it is. Raises CannotDo when nothing could be printed so.
    """
    StandardSet.objects.select_for_update().get(pk=standard_set.pk)
    template = CertificateTemplate.of(standard_set)
    changed = sorted(name for name, value in data.items() if getattr(template, name) != value)
    if not changed and template.pk:
        return template
    for name in changed:
        setattr(template, name, data[name])
    render_certificate(sample_of(template, clock.today()))
    template.changed_by, template.changed_at = by, clock.now()
    template.save()
    record(Verb.CHANGE_TEMPLATE, template, by=by, fields=", ".join(changed))
    return template
