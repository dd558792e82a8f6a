"""The addresses of the evidence library, below /dowody/."""

from django.urls import path

from institutions.views import adding, files, library

urlpatterns = [
    path("", library.evidence_list, name="evidence_list"),
    path("dodaj/<int:institution_pk>/", adding.evidence_add, name="evidence_add"),
    path("<int:pk>/", library.evidence_detail, name="evidence_detail"),
    path("<int:pk>/wersja/", adding.evidence_revise, name="evidence_revise"),
    path("<int:pk>/opis/", library.evidence_change, name="evidence_change"),
    path("wersje/<int:pk>/plik/", files.revision_file, name="revision_file"),
]
