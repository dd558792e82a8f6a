from django.urls import path

from certification.panel import chores, conflicts, issuer, outbox, views, work
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
    path("wnioski/<int:pk>/konflikty/", conflicts.conflict_list, name="conflict_list"),
    path(
        "wnioski/<int:pk>/konflikty/<int:conflict>/",
        conflicts.conflict_review,
        name="conflict_review",
    ),
    path("dziennik/", work.journal, name="journal"),
    path("poczta/", outbox.email_list, name="email_list"),
    path("poczta/<int:pk>/", outbox.email_detail, name="email_detail"),
    path("poczta/<int:pk>/ponow/", outbox.email_send_again, name="email_send_again"),
    path("poczta/<int:pk>/zatrzymaj/", outbox.email_stop, name="email_stop"),
    path("prace/", chores.chore_list, name="chore_list"),
    path("wystawca/", issuer.issuer_edit, name="issuer_edit"),
    path("wystawca/znak/", issuer.issuer_mark, name="issuer_mark"),
    path("wystawca/podglad/<str:kind>/", issuer.issuer_sample, name="issuer_sample"),
    path("healthz", views.healthz, name="healthz"),
    path("styl/", views.style_guide, name="style_guide"),
]
