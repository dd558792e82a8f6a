"""The addresses of the evidence library, below /dowody/."""

from django.urls import path

from institutions.views import adding, deleting, files, library, listing, revising, several, uploads

urlpatterns = [
    path("", listing.evidence_list, name="evidence_list"),
    path("dodaj/<int:institution_pk>/", adding.evidence_add, name="evidence_add"),
    path("dodaj/<int:institution_pk>/przesylanie/", uploads.upload_start, name="upload_start"),
    path("dodaj/<int:institution_pk>/pliki/", several.uploads_add, name="uploads_add"),
    path("przesylanie/<uuid:pk>/", uploads.upload, name="upload"),
    path("przesylanie/<uuid:pk>/usun/", uploads.upload_discard, name="upload_discard"),
    path("<int:pk>/", library.evidence_detail, name="evidence_detail"),
    path("<int:pk>/wersja/", revising.evidence_revise, name="evidence_revise"),
    path("<int:pk>/wersja/przesylanie/", uploads.version_start, name="version_start"),
    path("<int:pk>/opis/", library.evidence_change, name="evidence_change"),
    path("<int:pk>/usun/", deleting.evidence_delete, name="evidence_delete"),
    path("<int:pk>/usun/<int:number>/", deleting.version_delete, name="version_delete"),
    path("wersje/<int:pk>/", files.revision_view, name="revision_view"),
    path("wersje/<int:pk>/strona/<int:number>/", files.revision_page, name="revision_page"),
    path("wersje/<int:pk>/plik/", files.revision_file, name="revision_file"),
]
