from django.urls import path

from . import set_views, signing_views, views

urlpatterns = [
    path("", views.letter_list, name="letter_list"),
    path("komplet/<int:application_pk>/", set_views.letter_set, name="letter_set"),
    path(
        "komplet/<int:application_pk>/przygotuj/",
        set_views.letter_set_draft,
        name="letter_set_draft",
    ),
    path(
        "komplet/<int:application_pk>/adresat/", set_views.letter_official, name="letter_official"
    ),
    path("komplet/<int:application_pk>/<slug:kind>/", set_views.letter_draft, name="letter_draft"),
    path("<int:pk>/", views.letter_detail, name="letter_detail"),
    path("<int:pk>/podglad/", views.letter_preview, name="letter_preview"),
    path("<int:pk>/zatwierdz/", views.letter_approve, name="letter_approve"),
    path("<int:pk>/zwroc/", views.letter_return, name="letter_return"),
    path("<int:pk>/usun/", views.letter_discard, name="letter_discard"),
    path("<int:pk>/zastap/", views.letter_replace, name="letter_replace"),
    path("<int:pk>/podpisy/", signing_views.letter_sign, name="letter_sign"),
    path("<int:pk>/pdf/", views.letter_pdf, name="letter_pdf"),
]
