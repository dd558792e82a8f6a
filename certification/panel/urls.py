from django.urls import path

from certification.panel import issuer, views, work
from institutions.views import account

urlpatterns = [
    path("", views.home, name="home"),
    path("deklaracja-dostepnosci/", views.accessibility_statement, name="accessibility_statement"),
    path("prywatnosc/", views.privacy_notice, name="privacy_notice"),
    path("jezyk/", account.switch_language, name="set_language"),
    path("sesja/", views.session_restored, name="session_restored"),
    path("sesja/znacznik/", views.session_token, name="session_token"),
    path("panel/", work.panel, name="panel"),
    path("wnioski/<int:pk>/", work.case, name="case"),
    path("dziennik/", work.journal, name="journal"),
    path("wystawca/", issuer.issuer_edit, name="issuer_edit"),
    path("wystawca/znak/", issuer.issuer_mark, name="issuer_mark"),
    path("wystawca/podglad/<str:kind>/", issuer.issuer_sample, name="issuer_sample"),
    path("healthz", views.healthz, name="healthz"),
    path("styl/", views.style_guide, name="style_guide"),
]
