from django.urls import path

from .views import assigning, consolidating, lists, rating

urlpatterns = [
    path("oceny/", lists.assessment_list, name="assessment_list"),
    path("wnioski/<int:pk>/przydzial/", assigning.assignment_create, name="assignment_create"),
    path("oceny/przydzial/<int:pk>/", assigning.assignment_declare, name="assignment_declare"),
    path(
        "oceny/przydzial/<int:pk>/konflikt/",
        assigning.assignment_conflict,
        name="assignment_conflict",
    ),
    path("oceny/przydzial/<int:pk>/zakoncz/", assigning.assignment_end, name="assignment_end"),
    path("oceny/<int:pk>/", rating.assessment_detail, name="assessment_detail"),
    path("oceny/<int:pk>/zloz/", rating.assessment_submit, name="assessment_submit"),
    path("oceny/<int:pk>/<str:code>/", rating.rating_save, name="rating_save"),
    path("wnioski/<int:pk>/karta-zbiorcza/", consolidating.card_detail, name="card_detail"),
    path("wnioski/<int:pk>/karta-zbiorcza/zamknij/", consolidating.card_close, name="card_close"),
    path(
        "wnioski/<int:pk>/karta-zbiorcza/<str:code>/",
        consolidating.card_settle,
        name="card_settle",
    ),
]
