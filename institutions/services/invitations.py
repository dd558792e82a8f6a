"""The verbs of invitations: how a person comes to act for an institution."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from certification import clock
from certification.audit.services import record
from certification.errors import CannotDo
from institutions.accounts import emails
from institutions.models import Institution, Invitation, Membership, User
from institutions.models.invitation import hash_of
from institutions.states import MemberRole, Role, Verb

from .members import begin_membership, end_row, lock_institution
from .people import open_account

DAYS_VALID = 7


@transaction.atomic
def invite_member(
    institution: Institution, *, by: User | None, email: str, role: MemberRole, full_name: str = ""
) -> Invitation:
    """Offer a person to act for the institution; they belong to it once they accept.

    The mail with the link leaves after the commit. An open invitation to the same address is
    taken back. Nothing here depends on whether the address has an account.
    """
    email = email.strip().lower()
    lock_institution(institution)
    _check_may_be_invited(institution, email)
    for earlier in institution.invitations.awaiting().filter(email__iexact=email):
        _take_back(earlier, by=by)
    return _send_new(institution, by=by, email=email, role=role, full_name=full_name)


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Send a new link, for seven days more, in the name of `by`; the old link stops working."""
    invitation = _lock(invitation)
    _check_is_open(invitation)
    secret = _renew(invitation, by=by)
    invitation.save(update_fields=["token_sha256", "invited_by", "invited_at", "expires_at"])
    record(Verb.RESEND_INVITATION, invitation.institution, by=by, invitation=invitation.pk)
    emails.send_member_invitation(invitation, secret)
    return invitation


@transaction.atomic
def cancel_invitation(invitation: Invitation, *, by: User) -> None:
    """Take the offer back; its link stops working at once."""
    invitation = _lock(invitation)
    _check_is_open(invitation)
    _take_back(invitation, by=by)


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User) -> Membership:
    """Let the invited person act for the institution from now on.

    Raises CannotDo when the link was used, is too old or was taken back, when whoever invited
    may not invite any more, and when `by` is not whom it was sent to. Where a written request
    stands behind it, the custodians named there leave in the same transaction.
    """
    invitation = _lock(invitation)
    check_can_be_accepted(invitation)
    person = User.objects.select_for_update().get(pk=by.pk)
    if not invitation.is_for(person):
        raise CannotDo(_("This invitation was sent to another address. Sign in with that one."))
    if not person.is_active:
        raise CannotDo(_("This account is switched off. Write to the CAL office."))
    membership = _join(invitation, person)
    invitation.accepted_by, invitation.accepted_at = person, clock.now()
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    for leaving in _leaving(invitation).exclude(user=person):
        end_row(leaving, by=person)
    return membership


@transaction.atomic
def accept_with_new_account(invitation: Invitation, *, full_name: str, password: str) -> Membership:
    """Open the account of the invited address and accept: the link proves whose mailbox it is."""
    invitation = _lock(invitation)
    check_can_be_accepted(invitation)
    if account_of(invitation):
        raise CannotDo(_("There is an account with this e-mail address already. Sign in to it."))
    person = open_account(email=invitation.email, full_name=full_name, password=password)
    return accept_invitation(invitation, by=person)


def account_of(invitation: Invitation) -> User | None:
    """The account that this invitation is for, switched off or not."""
    return invitation.meant_for or User.objects.filter(email__iexact=invitation.email).first()


def check_can_be_accepted(invitation: Invitation) -> None:
    """Raise CannotDo, with what to do instead, unless the link still works."""
    if invitation.accepted_at:
        raise CannotDo(_("This invitation was used already. Sign in to see the institution."))
    if invitation.cancelled_at or not may_still_invite(invitation):
        raise CannotDo(_("This invitation was taken back. Ask the institution for a new one."))
    if invitation.is_expired:
        raise CannotDo(_("This invitation is too old. Ask the institution to send it again."))


def may_still_invite(invitation: Invitation, inviters: frozenset[int] | None = None) -> bool:
    """Whether the inviter could invite today: who lost that power lets nobody in by it.

    A list of invitations of one institution asks for its `inviters_of` once.
    """
    if invitation.invited_by_id is None:
        return True
    found = inviters_of(invitation.institution) if inviters is None else inviters
    return invitation.invited_by_id in found


def inviters_of(institution: Institution) -> frozenset[int]:
    """Everybody who has `institutions.invite_member` here today (a test keeps the two alike)."""
    custodians = institution.memberships.in_force(clock.today()).filter(
        role=MemberRole.CUSTODIAN, user__is_active=True
    )
    office = User.objects.acting_as(Role.OFFICE)
    return frozenset(custodians.values_list("user", flat=True)) | frozenset(
        office.values_list("pk", flat=True)
    )


def send_by_request(
    institution: Institution, *, by: User, email: str, full_name: str
) -> Invitation:
    """Invite a custodian whom a written request names (called by the verb that files it)."""
    for earlier in institution.invitations.awaiting().filter(email__iexact=email):
        _take_back(earlier, by=by)
    return _send_new(
        institution, by=by, email=email, role=MemberRole.CUSTODIAN, full_name=full_name
    )


def _send_new(
    institution: Institution, *, by: User | None, email: str, role: MemberRole, full_name: str
) -> Invitation:
    invitation = Invitation(
        institution=institution, email=email, role=role, full_name=" ".join(full_name.split())
    )
    secret = _renew(invitation, by=by)
    invitation.save(force_insert=True)
    record(
        Verb.INVITE_MEMBER, institution, by=by, invitation=invitation.pk, role=str(invitation.role)
    )
    emails.send_member_invitation(invitation, secret)
    return invitation


def _renew(invitation: Invitation, *, by: User | None) -> str:
    """Give it a new secret, known to the letter alone, and a new week."""
    secret = secrets.token_urlsafe(32)
    invitation.token_sha256 = hash_of(secret)
    invitation.invited_by, invitation.invited_at = by, clock.now()
    invitation.expires_at = invitation.invited_at + timedelta(days=DAYS_VALID)
    return secret


def _take_back(invitation: Invitation, *, by: User | None) -> None:
    invitation.cancelled_by, invitation.cancelled_at = by, clock.now()
    invitation.save(update_fields=["cancelled_by", "cancelled_at"])
    record(Verb.CANCEL_INVITATION, invitation.institution, by=by, invitation=invitation.pk)


def _join(invitation: Invitation, person: User) -> Membership:
    institution, role = invitation.institution, MemberRole(invitation.role)
    membership = begin_membership(
        institution, user=person, role=role, added_by=invitation.invited_by
    )
    record(
        Verb.ADD_MEMBER,
        institution,
        by=person,
        member=person.pk,
        role=membership.role,
        invitation=invitation.pk,
    )
    return membership


def _leaving(invitation: Invitation) -> QuerySet[Membership]:
    """Those who stop acting for the institution by the written request, if there is one."""
    if not invitation.is_by_request:
        return Membership.objects.none()
    leaving: QuerySet[Membership] = invitation.custody_request.leaving.all()
    return leaving.in_force(clock.today())  # type: ignore[attr-defined]


def _lock(invitation: Invitation) -> Invitation:
    """The row as it stands, held; the institution first, as in every verb of its people."""
    lock_institution(invitation.institution)
    return Invitation.objects.select_for_update().get(pk=invitation.pk)


def _check_is_open(invitation: Invitation) -> None:
    if not invitation.is_awaiting:
        raise CannotDo(_("This invitation was accepted or cancelled in the meantime."))


def _check_may_be_invited(institution: Institution, email: str) -> None:
    """Members are listed to whoever invites, so this tells them nothing new."""
    members = institution.memberships.in_force(clock.today())
    if members.filter(user__email__iexact=email).exists():
        raise CannotDo(
            _("This person belongs to the institution already. Change their role on its page.")
        )
    if institution.invitations.awaiting().filter(
        email__iexact=email, custody_request__isnull=False
    ):
        raise CannotDo(
            _("This person was invited by a written request already. The CAL office can resend it.")
        )
