"""Addresses of the import of institutions."""

from django.urls import path

from institutions.views import importing

urlpatterns = [
    path("", importing.institution_import, name="institution_import"),
    path(
        "wzor.<str:extension>",
        importing.institution_import_specimen,
        name="institution_import_specimen",
    ),
    path("<uuid:pk>/", importing.institution_import_preview, name="institution_import_preview"),
    path(
        "<uuid:pk>/zapisz/", importing.institution_import_confirm, name="institution_import_confirm"
    ),
]
