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


class Origin(models.TextChoices):
    """Where the form of a name came from."""

    SUGGESTED = "suggested", _("suggested")
    TYPED = "typed", _("typed in")
    IMPORTED = "imported", _("imported")


class Verb(AuditVerb):
    CREATE_ACCOUNT = "institutions.create_account", _("Account created")
    CHANGE_ACCOUNT = "institutions.change_account", _("Person's data changed")
    INVITE = "institutions.invite", _("Invitation sent again")
    DEACTIVATE_ACCOUNT = "institutions.deactivate_account", _("Account switched off")
    REACTIVATE_ACCOUNT = "institutions.reactivate_account", _("Account switched on again")
    APPOINT = "institutions.appoint", _("Role given")
    END_APPOINTMENT = "institutions.end_appointment", _("Role ended")
    CREATE_INSTITUTION = "institutions.create_institution", _("Institution added")
    CHANGE_INSTITUTION = "institutions.change_institution", _("Institution's data changed")
    IMPORT_INSTITUTIONS = "institutions.import_institutions", _("Institutions imported")
    CHANGE_NAME_FORMS = "institutions.change_name_forms", _("Forms of the name changed")
    CONFIRM_NAME_FORMS = "institutions.confirm_name_forms", _("Forms of the name confirmed")
    ADD_MEMBER = "institutions.add_member", _("Person added to the institution")
    END_MEMBERSHIP = "institutions.end_membership", _("Person removed from the institution")
    ADD_EVIDENCE = "institutions.add_evidence", _("Evidence added")
    REVISE_EVIDENCE = "institutions.revise_evidence", _("New version of evidence added")
    CHANGE_EVIDENCE = "institutions.change_evidence", _("Description of evidence changed")
