from django.urls import path

from .views import preparing, rating, reading, running

urlpatterns = [
    path("oceny/kalibracja/", reading.calibration_list, name="calibration_list"),
    path("oceny/kalibracja/nowa/", preparing.calibration_create, name="calibration_create"),
    path("oceny/kalibracja/<int:pk>/", reading.calibration_detail, name="calibration_detail"),
    path("oceny/kalibracja/<int:pk>/opis/", preparing.calibration_edit, name="calibration_edit"),
    path(
        "oceny/kalibracja/<int:pk>/zamiana/",
        preparing.calibration_replace,
        name="calibration_replace",
    ),
    path(
        "oceny/kalibracja/<int:pk>/usun/", preparing.calibration_discard, name="calibration_discard"
    ),
    path("oceny/kalibracja/<int:pk>/otworz/", running.calibration_open, name="calibration_open"),
    path(
        "oceny/kalibracja/<int:pk>/zaproszenia/",
        running.calibration_invite,
        name="calibration_invite",
    ),
    path(
        "oceny/kalibracja/<int:pk>/zaproszenia/<int:card>/",
        running.calibration_uninvite,
        name="calibration_uninvite",
    ),
    path("oceny/kalibracja/<int:pk>/zamknij/", running.calibration_close, name="calibration_close"),
    path("oceny/kalibracja/<int:pk>/karta/", rating.calibration_bench, name="calibration_bench"),
    path("oceny/kalibracja/<int:pk>/zloz/", rating.calibration_submit, name="calibration_submit"),
    path(
        "oceny/kalibracja/<int:pk>/wynik/", rating.calibration_standing, name="calibration_standing"
    ),
    path(
        "oceny/kalibracja/<int:pk>/karta/<str:code>/zapis/",
        rating.calibration_autosave,
        name="calibration_autosave",
    ),
    path(
        "oceny/kalibracja/<int:pk>/karta/<str:code>/",
        rating.calibration_save,
        name="calibration_save",
    ),
    path(
        "oceny/kalibracja/<int:pk>/kryterium/<str:code>/",
        preparing.sample_edit,
        name="sample_edit",
    ),
    path("oceny/zgodnosc/", reading.agreement_report, name="agreement_report"),
]
