from django.conf import settings
from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import open_views, public_seals, public_views, template_views, views
from .credential import views as credential_views
from .signing import views as signing_views
from .withdrawing import appeal_views
from .withdrawing import views as withdrawing_views


class Language(StringConverter):
    regex = "|".join(code for code, _name in settings.LANGUAGES)


register_converter(Language, "language")

urlpatterns = [
    path("rejestr/", public_views.register, name="register"),
    path("rejestr/mapa/", public_views.register_by_voivodeship, name="register_by_voivodeship"),
    path("rejestr.csv", public_views.register_csv, name="register_csv"),
    path("rejestr.json", public_views.register_json, name="register_json"),
    path("rejestr/api/", open_views.register_api, name="register_api"),
    path("rejestr/api/openapi.json", open_views.register_openapi, name="register_openapi"),
    path(
        "rejestr/certyfikaty/<int:serial>-<int:year>.json",
        open_views.certificate_json,
        name="certificate_json",
    ),
    path(
        "rejestr/plakietki/<int:serial>-<int:year>.<language:language>.svg",
        open_views.certificate_badge,
        name="certificate_badge",
    ),
    path(".well-known/did.json", credential_views.did_document, name="did_document"),
    path(
        "poswiadczenia/<int:serial>-<int:year>.json",
        credential_views.credential,
        name="credential",
    ),
    path(
        "poswiadczenia/status/<int:year>.json",
        credential_views.credential_status,
        name="credential_status",
    ),
    path("weryfikacja/", public_views.verification, name="verification"),
    path("weryfikacja/pliki.json", public_views.issued_files_json, name="issued_files_json"),
    path("weryfikacja/pieczecie.pem", public_seals.seal_certificates, name="seal_certificates"),
    path("weryfikacja/<str:code>/", public_views.verification_code, name="verification_code"),
    path("wnioski/<int:pk>/uchwala/", views.certificate_issue, name="certificate_issue"),
    path(
        "wnioski/<int:pk>/uchwala/podglad/", views.certificate_preview, name="certificate_preview"
    ),
    path("certyfikaty/", views.certificate_list, name="certificate_list"),
    path("certyfikaty/wzory/", template_views.certificate_templates, name="certificate_templates"),
    path(
        "certyfikaty/wzory/<slug:code>/",
        template_views.certificate_template,
        name="certificate_template",
    ),
    path(
        "certyfikaty/wzory/<slug:code>/podglad/",
        template_views.certificate_template_preview,
        name="certificate_template_preview",
    ),
    path("certyfikaty/<int:pk>/", views.certificate_detail, name="certificate_detail"),
    path("certyfikaty/<int:pk>/plakietka/", views.badge_page, name="badge_page"),
    path("certyfikaty/<int:pk>/pdf/", views.certificate_pdf, name="certificate_pdf"),
    path("certyfikaty/<int:pk>/podpisy/", signing_views.certificate_sign, name="certificate_sign"),
    path(
        "certyfikaty/<int:pk>/drukarnia/",
        views.certificate_print_shop,
        name="certificate_print_shop",
    ),
    path("certyfikaty/<int:pk>/korekta/", views.certificate_correct, name="certificate_correct"),
    path("certyfikaty/<int:pk>/zarzuty/", withdrawing_views.charges_state, name="charges_state"),
    path("zarzuty/<int:pk>/", withdrawing_views.charges_detail, name="charges_detail"),
    path("zarzuty/<int:pk>/pdf/", withdrawing_views.charges_pdf, name="charges_pdf"),
    path(
        "zarzuty/<int:pk>/odebranie/pdf/", withdrawing_views.withdrawal_pdf, name="withdrawal_pdf"
    ),
    path(
        "zarzuty/<int:pk>/odpowiedz-zarzadu/pdf/",
        withdrawing_views.appeal_answer_pdf,
        name="appeal_answer_pdf",
    ),
    path("zarzuty/<int:pk>/odpowiedz/", withdrawing_views.charges_reply, name="charges_reply"),
    path(
        "zarzuty/<int:pk>/odpowiedz-na-papierze/",
        withdrawing_views.charges_note_reply,
        name="charges_note_reply",
    ),
    path("zarzuty/<int:pk>/odstapienie/", withdrawing_views.charges_drop, name="charges_drop"),
    path(
        "zarzuty/<int:pk>/odebranie/", withdrawing_views.charges_withdraw, name="charges_withdraw"
    ),
    path("zarzuty/<int:pk>/odwolanie/", appeal_views.charges_appeal, name="charges_appeal"),
    path(
        "zarzuty/<int:pk>/odwolanie-na-papierze/",
        appeal_views.charges_note_appeal,
        name="charges_note_appeal",
    ),
    path("zarzuty/<int:pk>/uchylenie/", appeal_views.charges_reinstate, name="charges_reinstate"),
    path(
        "zarzuty/<int:pk>/oddalenie/",
        appeal_views.charges_refuse_appeal,
        name="charges_refuse_appeal",
    ),
]
