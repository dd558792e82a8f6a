from django.urls import path

from . import printer_views, views

urlpatterns = [
    path("", views.print_run_list, name="print_run_list"),
    path("nowy/", views.print_run_start, name="print_run_start"),
    path("<int:pk>/", views.print_run_detail, name="print_run_detail"),
    path("<int:pk>/postep/", views.print_run_progress, name="print_run_progress"),
    path("<int:pk>/wstrzymaj/", views.print_run_pause, name="print_run_pause"),
    path("<int:pk>/wznow/", views.print_run_resume, name="print_run_resume"),
    path("<int:pk>/anuluj/", views.print_run_cancel, name="print_run_cancel"),
    path("<int:pk>/uzupelnij/", views.print_run_complete, name="print_run_complete"),
    path("<int:pk>/plik/<int:number>/", views.print_run_file, name="print_run_file"),
    path("<int:pk>/lista.csv", views.print_run_csv, name="print_run_csv"),
    path("<int:pk>/lista.xlsx", views.print_run_xlsx, name="print_run_xlsx"),
    path("drukarki/", printer_views.printer_list, name="printer_list"),
    path("drukarki/nowa/", printer_views.printer_create, name="printer_create"),
    path("drukarki/strona-probna/", printer_views.calibration_page, name="calibration_page"),
    path("drukarki/<int:pk>/", printer_views.printer_edit, name="printer_edit"),
    path(
        "drukarki/<int:pk>/strona-probna/",
        printer_views.printer_calibration_page,
        name="printer_calibration_page",
    ),
]
