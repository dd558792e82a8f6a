"""The verbs of an institution's own people."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.errors import CannotDo
from institutions.models import Institution, Membership, User
from institutions.states import MemberRole, Role, Verb

from .people import create_account


@transaction.atomic
def add_member(
    institution: Institution,
    *,
    by: User | None,
    email: str,
    role: MemberRole,
    full_name: str = "",
    since: date | None = None,
) -> Membership:
    """Let a person act for an institution; without an account yet, one is opened for them.

    An account that exists keeps its own name. Only the office may add somebody who works for
    the certification body: membership is a conflict of interest, and closes that institution's
    cases to them.
    """
    _lock(institution)
    person = User.objects.filter(email__iexact=email.strip()).first()
    if person is None:
        person = create_account(by=by, email=email, full_name=full_name)
    else:
        _check_may_join(person, institution, by=by)
    membership = institution.memberships.create(
        user=person, role=role, since=since or clock.today(), added_by=by
    )
    record(Verb.ADD_MEMBER, institution, by=by, member=person.pk, role=str(role))
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: User) -> None:
    """Take the person's access to the institution away at once.

    The last day is yesterday; who was added today only was never there in the records of days,
    and the row goes (the journal keeps both events). The only custodian stays.
    """
    institution = membership.institution
    _lock(institution)
    membership.refresh_from_db()
    yesterday = clock.today() - timedelta(days=1)
    if membership.until and membership.until <= yesterday:
        raise CannotDo(_("This person does not belong to the institution any more."))
    if membership.role == MemberRole.CUSTODIAN:
        _keep_a_custodian(institution, without=membership)
    member = membership.user_id
    if membership.since > yesterday:
        membership.delete()
    else:
        membership.until = yesterday
        membership.save(update_fields=["until"])
    record(Verb.END_MEMBERSHIP, institution, by=by, member=member, role=membership.role)


def _check_may_join(person: User, institution: Institution, *, by: User | None) -> None:
    if not person.is_active:
        raise CannotDo(_("This person's account is switched off. Write to the CAL office."))
    if institution.memberships.in_force(clock.today()).filter(user=person).exists():
        raise CannotDo(
            _("This person belongs to the institution already. To change the role, end it first.")
        )
    if by and person.roles and not by.has_role(Role.OFFICE):
        raise CannotDo(
            _(
                "This address belongs to somebody who works for the certification body. Only "
                "the CAL office can add them, because it closes your institution's cases to them."
            )
        )


def _keep_a_custodian(institution: Institution, *, without: Membership) -> None:
    custodians = institution.memberships.in_force(clock.today()).filter(
        role=MemberRole.CUSTODIAN, user__is_active=True
    )
    if not custodians.exclude(pk=without.pk).exists():
        raise CannotDo(
            _(
                "This is the institution's only custodian. Add another custodian first, then "
                "remove this person."
            )
        )


def _lock(institution: Institution) -> None:
    Institution.objects.select_for_update(of=("self",)).get(pk=institution.pk)
