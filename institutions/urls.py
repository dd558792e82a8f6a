"""Addresses of institutions, their names and people, and of accounts."""

from django.urls import include, path

from institutions.views import (
    account,
    custody,
    employees,
    institution,
    invitations,
    members,
    names,
    notices,
    people,
    renaming,
    units,
)

urlpatterns = [
    path("instytucje/", institution.institution_list, name="institution_list"),
    path("instytucje/dodaj/", institution.institution_create, name="institution_create"),
    path("instytucje/import/", include("institutions.import_urls")),
    path("instytucje/<int:pk>/", institution.institution_detail, name="institution_detail"),
    path("instytucje/<int:pk>/dane/", institution.institution_edit, name="institution_edit"),
    path(
        "instytucje/<int:pk>/kontakt/",
        institution.institution_contact,
        name="institution_contact",
    ),
    path("instytucje/<int:pk>/nazwa/", renaming.institution_rename, name="institution_rename"),
    path("instytucje/<int:pk>/jednostka/", units.institution_parent, name="institution_parent"),
    path("instytucje/<int:pk>/pracownicy/", employees.employee_lists, name="employee_lists"),
    path(
        "instytucje/<int:pk>/pracownicy/<int:list_pk>/usun/",
        employees.employee_list_remove,
        name="employee_list_remove",
    ),
    path("instytucje/<int:pk>/odmiana/", names.name_forms, name="name_forms"),
    path(
        "instytucje/<int:pk>/odmiana/zatwierdz/",
        names.name_forms_confirm,
        name="name_forms_confirm",
    ),
    path(
        "instytucje/<int:pk>/odmiana/podpowiedz/",
        names.name_forms_suggest,
        name="name_forms_suggest",
    ),
    path("instytucje/<int:pk>/osoby/zapros/", invitations.member_invite, name="member_invite"),
    path(
        "instytucje/<int:pk>/osoby/<int:membership_pk>/rola/",
        members.membership_role,
        name="membership_role",
    ),
    path(
        "instytucje/<int:pk>/osoby/<int:membership_pk>/zakoncz/",
        members.membership_end,
        name="membership_end",
    ),
    path(
        "instytucje/<int:pk>/zaproszenia/<int:invitation_pk>/wyslij/",
        invitations.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "instytucje/<int:pk>/zaproszenia/<int:invitation_pk>/anuluj/",
        invitations.invitation_cancel,
        name="invitation_cancel",
    ),
    path("zaproszenie/<str:token>/", invitations.invitation, name="invitation"),
    path("instytucje/<int:pk>/opieka/", custody.custody_request, name="custody_request"),
    path(
        "instytucje/<int:pk>/opieka/<int:request_pk>/plik/",
        custody.custody_file,
        name="custody_file",
    ),
    path("osoby/", people.person_list, name="person_list"),
    path("osoby/dodaj/", people.person_create, name="person_create"),
    path("osoby/<int:pk>/", people.person_detail, name="person_detail"),
    path("osoby/<int:pk>/dane/", people.person_edit, name="person_edit"),
    path("osoby/<int:pk>/rola/", people.appointment_create, name="appointment_create"),
    path(
        "osoby/<int:pk>/rola/<int:appointment_pk>/zakoncz/",
        people.appointment_end,
        name="appointment_end",
    ),
    path("osoby/<int:pk>/wylacz/", people.person_deactivate, name="person_deactivate"),
    path("osoby/<int:pk>/wlacz/", people.person_reactivate, name="person_reactivate"),
    path("osoby/<int:pk>/zaproszenie/", people.person_invite, name="person_invite"),
    path("konto/", account.my_account, name="my_account"),
    path("konto/dane/", account.my_data, name="my_data"),
    path("konto/jezyk/", account.my_language, name="my_language"),
    # in place of allauth's pages of these addresses, which keep a second list of addresses
    path("konto/email/", account.my_email, name="my_email"),
    path("konto/email/<str:key>/", account.my_email_confirm, name="my_email_confirm"),
    path("konto/powiadomienia/", notices.my_notices, name="my_notices"),
    path("powiadomienia/<str:token>/", notices.unsubscribe, name="unsubscribe"),
    path("konto/sesje/", account.my_sessions, name="my_sessions"),
    path("konto/sesje/inne/", account.other_sessions_end, name="other_sessions_end"),
    path("konto/sesje/<int:pk>/", account.session_end, name="session_end"),
    path("dowody/", include("institutions.evidence_urls")),
]
