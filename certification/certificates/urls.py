from django.urls import path

from . import public_views, views

urlpatterns = [
    path("rejestr/", public_views.register, name="register"),
    path("rejestr/mapa/", public_views.register_by_voivodeship, name="register_by_voivodeship"),
    path("rejestr.csv", public_views.register_csv, name="register_csv"),
    path("rejestr.json", public_views.register_json, name="register_json"),
    path("weryfikacja/", public_views.verification, name="verification"),
    path("weryfikacja/pliki.json", public_views.issued_files_json, name="issued_files_json"),
    path("weryfikacja/<str:code>/", public_views.verification_code, name="verification_code"),
    path("wnioski/<int:pk>/uchwala/", views.certificate_issue, name="certificate_issue"),
    path(
        "wnioski/<int:pk>/uchwala/podglad/", views.certificate_preview, name="certificate_preview"
    ),
    path("certyfikaty/", views.certificate_list, name="certificate_list"),
    path("certyfikaty/<int:pk>/", views.certificate_detail, name="certificate_detail"),
    path("certyfikaty/<int:pk>/pdf/", views.certificate_pdf, name="certificate_pdf"),
    path("certyfikaty/<int:pk>/korekta/", views.certificate_correct, name="certificate_correct"),
    path(
        "certyfikaty/<int:pk>/odebranie/", views.certificate_withdraw, name="certificate_withdraw"
    ),
]
