"""The addresses of the evidence library, below /dowody/."""

from django.urls import path

from institutions.views import evidence

urlpatterns = [
    path("", evidence.evidence_list, name="evidence_list"),
    path("dodaj/<int:institution_pk>/", evidence.evidence_add, name="evidence_add"),
    path("<int:pk>/", evidence.evidence_detail, name="evidence_detail"),
    path("<int:pk>/wersja/", evidence.evidence_revise, name="evidence_revise"),
    path("<int:pk>/opis/", evidence.evidence_change, name="evidence_change"),
    path("wersje/<int:pk>/plik/", evidence.revision_file, name="revision_file"),
]
