from django.urls import path

from .views import dates, kit, lists, protocol

urlpatterns = [
    path("wizytacje/", lists.visit_list, name="visit_list"),
    path("wnioski/<int:pk>/wizytacja/", dates.visit_propose, name="visit_propose"),
    path("wizytacje/<int:pk>/", lists.visit_detail, name="visit_detail"),
    path("wizytacje/<int:pk>/termin/<int:offer>/", dates.visit_agree, name="visit_agree"),
    path("wizytacje/<int:pk>/inne-terminy/", dates.visit_counter, name="visit_counter"),
    path("wizytacje/<int:pk>/nowe-terminy/", dates.visit_propose_again, name="visit_propose_again"),
    path("wizytacje/<int:pk>/program/", dates.visit_prepare, name="visit_prepare"),
    path("wizytacje/<int:pk>/odwolaj/", dates.visit_cancel, name="visit_cancel"),
    path("wizytacje/<int:pk>/odbyta/", dates.visit_hold, name="visit_hold"),
    path("wizytacje/<int:pk>/wizytacja.ics", dates.visit_calendar, name="visit_calendar"),
    path("wizytacje/pracownik.js", kit.visit_worker, name="visit_worker"),
    path("wizytacje/<int:pk>/zestaw/", kit.visit_kit, name="visit_kit"),
    path("wizytacje/<int:pk>/zestaw/notatka/", kit.kit_note, name="kit_note"),
    path("wizytacje/<int:pk>/zestaw/zdjecie/", kit.kit_photo, name="kit_photo"),
    path("wizytacje/zdjecia/<int:pk>/", kit.visit_photo, name="visit_photo"),
    path("wizytacje/zdjecia/<int:pk>/usun/", kit.visit_photo_remove, name="visit_photo_remove"),
    path("wizytacje/<int:pk>/protokol/", protocol.protocol_write, name="protocol_write"),
    path(
        "wizytacje/<int:pk>/protokol/podglad/", protocol.protocol_preview, name="protocol_preview"
    ),
    path(
        "wizytacje/<int:pk>/protokol/przedstaw/", protocol.protocol_present, name="protocol_present"
    ),
    path("wizytacje/<int:pk>/protokol/popraw/", protocol.protocol_amend, name="protocol_amend"),
    path("wizytacje/<int:pk>/protokol/uwaga/", protocol.protocol_remark, name="protocol_remark"),
    path(
        "wizytacje/<int:pk>/protokol/potwierdz/", protocol.protocol_confirm, name="protocol_confirm"
    ),
    path("wizytacje/<int:pk>/protokol/zamknij/", protocol.protocol_close, name="protocol_close"),
    path(
        "wizytacje/<int:pk>/protokol/<int:number>.pdf", protocol.protocol_pdf, name="protocol_pdf"
    ),
]
