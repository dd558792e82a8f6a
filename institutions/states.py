"""Roles of people, and the verbs that leave an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.audit.verbs import AuditVerb


class Role(models.TextChoices):
    """What a person does for the certification body (design: who acts)."""

    OFFICE = "office", _("CAL office")
    ASSESSOR = "assessor", _("Assessor")
    COMMITTEE_MEMBER = "committee_member", _("Committee member")
    COMMITTEE_CHAIR = "committee_chair", _("Committee chair")
    BOARD_MEMBER = "board_member", _("Board member")
    RESPONSIBLE_BOARD_MEMBER = "responsible_board_member", _("Responsible Board member")
    ADMINISTRATOR = "administrator", _("Administrator")


class MemberRole(models.TextChoices):
    """What a person does for an institution."""

    CUSTODIAN = "custodian", _("Custodian")
    EDITOR = "editor", _("Editor")
    READER = "reader", _("Reader")


# what each may do, said before somebody gives or takes the role
MEMBER_MAY = {
    MemberRole.CUSTODIAN: _(
        "writes and submits applications, adds evidence, keeps the institution's data, invites "
        "and removes people"
    ),
    MemberRole.EDITOR: _("writes applications and adds evidence; the custodian submits"),
    MemberRole.READER: _("reads everything and changes nothing"),
}


class Pace(models.TextChoices):
    """How soon a notice goes by e-mail."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    NEVER = "never", _("not at all")


class Origin(models.TextChoices):
    """Where the form of a name came from."""

    SUGGESTED = "suggested", _("suggested")
    TYPED = "typed", _("typed in")
    IMPORTED = "imported", _("imported")


class Verb(AuditVerb):
    CREATE_ACCOUNT = "institutions.create_account", _("Account created")
    CHANGE_ACCOUNT = "institutions.change_account", _("Person's data changed")
    INVITE = "institutions.invite", _("Invitation sent again")
    CHANGE_EMAIL = "institutions.change_email", _("E-mail address changed")
    ASK_FOR_EMAIL = "institutions.ask_for_email", _("Change of the e-mail address asked for")
    CHANGE_PASSWORD = "institutions.change_password", _("Password set")  # noqa: S105
    CHANGE_LANGUAGE = "institutions.change_language", _("Language chosen")
    CHOOSE_NOTICES = "institutions.choose_notices", _("Notices by e-mail chosen")
    END_SESSIONS = "institutions.end_sessions", _("Signed out on other devices")
    DEACTIVATE_ACCOUNT = "institutions.deactivate_account", _("Account switched off")
    REACTIVATE_ACCOUNT = "institutions.reactivate_account", _("Account switched on again")
    APPOINT = "institutions.appoint", _("Role given")
    END_APPOINTMENT = "institutions.end_appointment", _("Role ended")
    CREATE_INSTITUTION = "institutions.create_institution", _("Institution added")
    CHANGE_INSTITUTION = "institutions.change_institution", _("Institution's data changed")
    RENAME_INSTITUTION = "institutions.rename_institution", _("Name of the institution changed")
    CHANGE_PARENT = "institutions.change_parent", _("Place among institutions and units changed")
    IMPORT_INSTITUTIONS = "institutions.import_institutions", _("Institutions imported")
    CHANGE_NAME_FORMS = "institutions.change_name_forms", _("Forms of the name changed")
    CONFIRM_NAME_FORMS = "institutions.confirm_name_forms", _("Forms of the name confirmed")
    INVITE_MEMBER = "institutions.invite_member", _("Person invited to the institution")
    RESEND_INVITATION = (
        "institutions.resend_invitation",
        _("Invitation to the institution sent again"),
    )
    CANCEL_INVITATION = (
        "institutions.cancel_invitation",
        _("Invitation to the institution cancelled"),
    )
    ADD_MEMBER = "institutions.add_member", _("Person joined the institution")
    CHANGE_MEMBER_ROLE = "institutions.change_member_role", _("Role in the institution changed")
    END_MEMBERSHIP = "institutions.end_membership", _("Person removed from the institution")
    KEEP_EMPLOYEES = "institutions.keep_employees", _("List of employees put in force")
    REMOVE_EMPLOYEES = "institutions.remove_employees", _("List of employees removed")
    REQUEST_CUSTODY = "institutions.request_custody", _("Written request for custody put on file")
    ADD_EVIDENCE = "institutions.add_evidence", _("Evidence added")
    REVISE_EVIDENCE = "institutions.revise_evidence", _("New version of evidence added")
    CHANGE_EVIDENCE = "institutions.change_evidence", _("Description of evidence changed")
    DELETE_EVIDENCE = "institutions.delete_evidence", _("Evidence deleted")
    DELETE_VERSION = "institutions.delete_version", _("Version of evidence deleted")
