"""The verbs of an institution's own people. They come in by accepting an invitation."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.errors import CannotDo
from institutions.models import Institution, Membership, User
from institutions.states import MemberRole, Verb

STRENGTH = (MemberRole.READER, MemberRole.EDITOR, MemberRole.CUSTODIAN)


@transaction.atomic
def change_member_role(membership: Membership, *, by: User, role: MemberRole) -> Membership:
    """Give a member another role from today on; the time in the former one stays on record.

    Gives the row that is in force now. The only custodian keeps the role.
    """
    membership = _locked_and_in_force(membership)
    if membership.role == role:
        raise CannotDo(_("This person has this role already."))
    if membership.role == MemberRole.CUSTODIAN:
        _keep_a_custodian(membership)
    was = membership.role
    changed = _continue_as(membership, role, added_by=by)
    record(
        Verb.CHANGE_MEMBER_ROLE,
        changed.institution,
        by=by,
        member=changed.user_id,
        role=str(role),
        was=was,
    )
    return changed


@transaction.atomic
def end_membership(membership: Membership, *, by: User) -> None:
    """Take the person's access to the institution away at once. The only custodian stays.

    Invitations that this person sent stop working with it: see `may_still_invite`.
    """
    membership = _locked_and_in_force(membership)
    if membership.role == MemberRole.CUSTODIAN:
        _keep_a_custodian(membership)
    end_row(membership, by=by)


def begin_membership(
    institution: Institution, *, user: User, role: MemberRole, added_by: User | None
) -> Membership:
    """Let the person in from today; a member already there gets the stronger of both roles."""
    present = institution.memberships.in_force(clock.today()).filter(user=user).first()
    if present is None:
        return institution.memberships.create(
            user=user, role=role, since=clock.today(), added_by=added_by
        )
    if STRENGTH.index(role) <= STRENGTH.index(MemberRole(present.role)):
        return present
    return _continue_as(present, role, added_by=added_by)


def end_row(membership: Membership, *, by: User) -> None:
    """End a membership that the caller has locked, and journal it."""
    institution, member, role = membership.institution, membership.user_id, membership.role
    _close(membership)
    record(Verb.END_MEMBERSHIP, institution, by=by, member=member, role=role)


def lock_institution(institution: Institution) -> None:
    """Every verb of an institution's people holds this row first."""
    Institution.objects.select_for_update(of=("self",)).get(pk=institution.pk)


def _locked_and_in_force(membership: Membership) -> Membership:
    lock_institution(membership.institution)
    in_force = Membership.objects.in_force(clock.today()).select_related("institution")
    found = in_force.filter(pk=membership.pk).first()
    if found is None:
        raise CannotDo(_("This person does not belong to the institution any more."))
    return found


def _continue_as(membership: Membership, role: MemberRole, *, added_by: User | None) -> Membership:
    """Close the row and open the next; the two never overlap by a day."""
    until = membership.until
    _close(membership)
    return Membership.objects.create(
        institution=membership.institution,
        user_id=membership.user_id,
        role=role,
        since=clock.today(),
        until=until,
        added_by=added_by,
    )


def _close(membership: Membership) -> None:
    """Make yesterday the last day.

    Who came in today only was never there in the records of days, and the row goes (the
    journal keeps both events).
    """
    yesterday = clock.today() - timedelta(days=1)
    if membership.since > yesterday:
        membership.delete()
    else:
        membership.until = yesterday
        membership.save(update_fields=["until"])


def _keep_a_custodian(leaving: Membership) -> None:
    custodians = leaving.institution.memberships.in_force(clock.today()).filter(
        role=MemberRole.CUSTODIAN, user__is_active=True
    )
    if not custodians.exclude(pk=leaving.pk).exists():
        raise CannotDo(
            _(
                "This is the institution's only custodian. Invite another custodian first; once "
                "they have accepted, try again."
            )
        )
