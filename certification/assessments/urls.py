from django.urls import include, path

from .views import (
    allocating,
    assigned,
    assigning,
    autosaving,
    consolidating,
    correcting,
    files,
    lists,
    marking,
    profiles,
    proposing,
    rating,
    returning,
    settling,
    third,
    what_if,
)

CRITERION = "wnioski/<int:pk>/karta-zbiorcza/<str:code>/"

urlpatterns = [
    path("", include("certification.assessments.calibration.urls")),
    path("oceny/", lists.assessment_list, name="assessment_list"),
    path("oceny/przydzial/", allocating.allocation, name="allocation"),
    path("oceny/dyspozycyjnosc/", profiles.my_assessor_profile, name="my_assessor_profile"),
    path("oceny/dyspozycyjnosc/<int:pk>/", profiles.assessor_profile, name="assessor_profile"),
    path("wnioski/<int:pk>/przydzial/", assigning.assignment_create, name="assignment_create"),
    path("oceny/przydzial/<int:pk>/", assigning.assignment_declare, name="assignment_declare"),
    path(
        "oceny/przydzial/<int:pk>/konflikt/",
        assigning.assignment_conflict,
        name="assignment_conflict",
    ),
    path("oceny/przydzial/<int:pk>/zakoncz/", assigning.assignment_end, name="assignment_end"),
    path(
        "oceny/przydzial/<int:pk>/odmow/", returning.assignment_decline, name="assignment_decline"
    ),
    path(
        "oceny/przydzial/<int:pk>/zwroc/",
        returning.assignment_hand_back,
        name="assignment_hand_back",
    ),
    path("oceny/przydzial/<int:pk>/wiecej-czasu/", returning.more_time_ask, name="more_time_ask"),
    path("oceny/przydzial/<int:pk>/termin/", returning.more_time_decide, name="more_time_decide"),
    path("wnioski/<int:pk>/oceniajacy/", assigned.assignment_history, name="assignment_history"),
    path("oceny/<int:pk>/", rating.assessment_detail, name="assessment_detail"),
    path("oceny/<int:pk>/zloz/", rating.assessment_submit, name="assessment_submit"),
    path("oceny/<int:pk>/pliki/", files.assessment_files, name="assessment_files"),
    path("oceny/<int:pk>/karta.pdf", files.assessment_pdf, name="assessment_pdf"),
    path("oceny/<int:pk>/karta.xlsx", files.assessment_xlsx, name="assessment_xlsx"),
    path("oceny/<int:pk>/formularz.pdf", files.assessment_form, name="assessment_form"),
    path("oceny/<int:pk>/pliki/<uuid:draft>/", files.ratings_import, name="ratings_import"),
    path(
        "oceny/<int:pk>/pliki/<uuid:draft>/zapisz/",
        files.ratings_import_confirm,
        name="ratings_import_confirm",
    ),
    path("wnioski/<int:pk>/karta-zbiorcza.pdf", files.card_pdf, name="card_pdf"),
    path("wnioski/<int:pk>/karta-zbiorcza.xlsx", files.card_xlsx, name="card_xlsx"),
    path(
        "oceny/<int:pk>/<str:code>/uzupelnienie/",
        proposing.completion_propose,
        name="completion_propose",
    ),
    path(
        "oceny/<int:pk>/<str:code>/dowody/<int:revision_pk>/",
        marking.evidence_cite,
        name="evidence_cite",
    ),
    path("oceny/<int:pk>/<str:code>/miejsca/<int:number>/", marking.mark_view, name="mark_view"),
    path(
        "oceny/<int:pk>/<str:code>/miejsca/<int:number>/usun/",
        marking.mark_remove,
        name="mark_remove",
    ),
    path("oceny/<int:pk>/<str:code>/zapis/", autosaving.rating_autosave, name="rating_autosave"),
    path("oceny/<int:pk>/<str:code>/", rating.rating_save, name="rating_save"),
    path("wnioski/<int:pk>/karta-zbiorcza/", consolidating.card_detail, name="card_detail"),
    path("wnioski/<int:pk>/karta-zbiorcza/regula/", what_if.card_what_if, name="card_what_if"),
    path("wnioski/<int:pk>/karta-zbiorcza/trzecia-osoba/", third.third_ask, name="third_ask"),
    path(
        "wnioski/<int:pk>/karta-zbiorcza/trzecia-osoba/wybor/",
        third.third_assign,
        name="third_assign",
    ),
    path(
        "wnioski/<int:pk>/karta-zbiorcza/trzecia-osoba/wycofaj/",
        third.third_withdraw,
        name="third_withdraw",
    ),
    path("wnioski/<int:pk>/karta-zbiorcza/podpis/", consolidating.card_sign, name="card_sign"),
    path(
        "wnioski/<int:pk>/karta-zbiorcza/podpis/cofnij/",
        consolidating.card_unsign,
        name="card_unsign",
    ),
    path(CRITERION, settling.card_criterion, name="card_criterion"),
    path(f"{CRITERION}uzgodnij/", settling.card_settle, name="card_settle"),
    path(f"{CRITERION}korekta/", correcting.rating_correct, name="rating_correct"),
    path(f"{CRITERION}glos/", settling.card_remark, name="card_remark"),
]
