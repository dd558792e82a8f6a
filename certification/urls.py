"""The addresses of the house; those in docs/architecture.md hold for good."""

from django.urls import include, path

urlpatterns = [
    path("", include("certification.panel.urls")),
    path("", include("certification.certificates.urls")),
    path("", include("certification.holders.urls")),
    path("certyfikaty/sprawozdanie/", include("certification.yearly.urls")),
    path("", include("institutions.urls")),
    path("konto/", include("allauth.account.urls")),
    path("standardy/", include("certification.standards.urls")),
    path("wnioski/", include("certification.applications.urls")),
    path("", include("certification.correspondence.urls")),
    path("nabory/", include("certification.applications.call_urls")),
    path("", include("certification.assessments.urls")),
    path("", include("certification.followup.urls")),
    path("", include("certification.visits.urls")),
    path("", include("certification.decisions.urls")),
    path("listy/", include("certification.letters.urls")),
    path("wydruki/", include("certification.printruns.urls")),
]

handler400 = "certification.panel.views.bad_request"
handler403 = "certification.panel.views.permission_denied"
handler404 = "certification.panel.views.page_not_found"
handler500 = "certification.panel.views.server_error"
