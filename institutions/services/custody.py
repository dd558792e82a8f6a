"""An institution that lost its custodian is given to another by a written request."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.errors import CannotDo
from institutions.models import CustodyRequest, Institution, Membership, User
from institutions.states import MemberRole, Verb
from institutions.uploads import Kind, inspect, sha256_of

from .invitations import send_by_request
from .members import lock_institution

MAX_BYTES = 20 * 1024 * 1024
PAPER = {Kind.PDF, Kind.JPEG, Kind.PNG, Kind.WEBP}


def request_custody(
    institution: Institution,
    *,
    by: User,
    signatories: str,
    received_on: date,
    file: File,
    email: str,
    full_name: str,
    leaving: Iterable[Membership] = (),
    note: str = "",
) -> CustodyRequest:
    """Put the request on file and invite the new custodian whom it names.

    Those of `leaving` who are custodians stop being so when the invitation is accepted. The
    scan is checked and stored before the transaction begins, and goes again when it fails.
    Raises Refused for a file we do not take.
    """
    checked = inspect(file, file.name or "", max_bytes=MAX_BYTES)
    if checked.kind not in PAPER:
        raise CannotDo(_("Send the request as a PDF or as a picture of the paper."))
    filed = CustodyRequest(
        institution=institution,
        signatories=" ".join(signatories.split()),
        received_on=received_on,
        filename=checked.filename,
        content_type=checked.content_type,
        sha256=sha256_of(checked.file),
        size=checked.file.size,
        note=note.strip(),
        recorded_by=by,
    )
    filed.file.save(f"{uuid.uuid4()}{checked.extension}", checked.file, save=False)
    try:
        with transaction.atomic():
            return _file(
                filed, by=by, email=email.strip().lower(), full_name=full_name, leaving=leaving
            )
    except BaseException:
        filed.file.delete(save=False)
        raise


def _file(
    filed: CustodyRequest, *, by: User, email: str, full_name: str, leaving: Iterable[Membership]
) -> CustodyRequest:
    institution = filed.institution
    lock_institution(institution)
    custodians = institution.memberships.in_force(clock.today()).filter(role=MemberRole.CUSTODIAN)
    if custodians.filter(user__email__iexact=email, user__is_active=True).exists():
        raise CannotDo(_("This person is the institution's custodian already."))
    filed.invitation = send_by_request(institution, by=by, email=email, full_name=full_name)
    filed.save(force_insert=True)
    filed.leaving.set(custodians.filter(pk__in=[one.pk for one in leaving]))
    record(
        Verb.REQUEST_CUSTODY,
        institution,
        by=by,
        request=filed.pk,
        invitation=filed.invitation_id,
        sha256=filed.sha256,
    )
    return filed
