"""What the page of an institution shows of its people: who acts for it, who was invited."""

from typing import Any

from certification import clock
from institutions.models import Institution, User
from institutions.services.invitations import may_still_invite
from institutions.states import MemberRole


def people_of(institution: Institution, user: User) -> dict[str, Any]:
    """Context of `_people_of_institution.html`. Open invitations are for who may send them."""
    members = institution.memberships.in_force(clock.today()).select_related("user")
    members = list(members.order_by("role", "user__full_name"))
    may_invite = user.has_perm("institutions.invite_member", institution)
    may_see_requests = user.has_perm("institutions.view_custody_requests", institution)
    return {
        "members": members,
        "has_custodian": any(
            one.role == MemberRole.CUSTODIAN and one.user.is_active for one in members
        ),
        "may_invite": may_invite,
        "may_file_request": user.has_perm("institutions.request_custody", institution),
        "invitations": _open_invitations(institution, user) if may_invite else [],
        "requests": _requests(institution) if may_see_requests else [],
    }


def _open_invitations(institution: Institution, user: User) -> list[dict[str, Any]]:
    sent = institution.invitations.awaiting().select_related(
        "invited_by", "custody_request", "institution"
    )
    return [
        {
            "row": one,
            "state": _state_of(one),
            "may_change": user.has_perm("institutions.resend_invitation", one),
        }
        for one in sent
    ]


def _state_of(invitation: Any) -> str:
    if invitation.is_expired:
        return "expired"
    return "waiting" if may_still_invite(invitation) else "orphaned"


def _requests(institution: Institution) -> list[Any]:
    return list(institution.custody_requests.select_related("recorded_by", "invitation"))
