"""What the page of an institution shows of its people: who acts for it, who was invited."""

from typing import Any

from certification import clock
from institutions.models import CustodyRequest, Institution, Invitation, User
from institutions.services.invitations import inviters_of, may_still_invite
from institutions.states import MemberRole


def people_of(institution: Institution, user: User) -> dict[str, Any]:
    """Context of `_people_of_institution.html`. Open invitations are for who may send them."""
    in_force = institution.memberships.in_force(clock.today()).select_related("user")
    members = list(in_force.order_by("role", "user__full_name"))
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
    inviters = inviters_of(institution)
    may: dict[bool, bool] = {}  # who may change one of a kind may change every one of it
    rows = []
    for one in sent:
        if one.is_by_request not in may:
            may[one.is_by_request] = user.has_perm("institutions.resend_invitation", one)
        state = _state_of(one, inviters)
        rows.append({"row": one, "state": state, "may_change": may[one.is_by_request]})
    return rows


def _state_of(invitation: Invitation, inviters: frozenset[int]) -> str:
    if invitation.is_expired:
        return "expired"
    return "waiting" if may_still_invite(invitation, inviters) else "orphaned"


def _requests(institution: Institution) -> list[CustodyRequest]:
    return list(institution.custody_requests.select_related("recorded_by", "invitation"))
