from django.urls import path

from . import views

urlpatterns = [
    path("", views.application_list, name="application_list"),
    path("nowy/<int:institution_pk>/", views.application_open, name="application_open"),
    path("<int:pk>/odpowiedzi/", views.application_answers, name="application_answers"),
    path("<int:pk>/odpowiedzi/<str:code>/", views.answer_edit, name="answer_edit"),
    path("<int:pk>/odpowiedzi/<str:code>/przywolaj/", views.cite, name="cite"),
    path(
        "<int:pk>/odpowiedzi/<str:code>/przywolania/<int:citation_pk>/usun/",
        views.uncite,
        name="uncite",
    ),
    path("<int:pk>/zloz/", views.application_submit, name="application_submit"),
    path("<int:pk>/wycofaj/", views.application_withdraw, name="application_withdraw"),
    path("<int:pk>/podejmij/", views.application_take_up, name="application_take_up"),
    path("<int:pk>/przyjmij/", views.application_accept, name="application_accept"),
    path("<int:pk>/wezwanie/", views.completion_request, name="completion_request"),
    path("<int:pk>/uzupelnienie/", views.application_complete, name="application_complete"),
    path("<int:pk>/konflikt/", views.conflict_declare, name="conflict_declare"),
    path("<int:pk>/akta/<int:number>/", views.dossier_detail, name="dossier_detail"),
    path(
        "<int:pk>/akta/<int:number>/manifest.json",
        views.dossier_manifest,
        name="dossier_manifest",
    ),
    path("<int:pk>/dowody/<int:revision_pk>/", views.cited_file, name="cited_file"),
    path("<int:pk>/dowody/<int:revision_pk>/podglad/", views.cited_view, name="cited_view"),
    path(
        "<int:pk>/dowody/<int:revision_pk>/strona/<int:number>/",
        views.cited_page,
        name="cited_page",
    ),
]
