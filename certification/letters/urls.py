from django.urls import path

from . import views

urlpatterns = [
    path("", views.letter_list, name="letter_list"),
    path("nowy/<int:certificate_pk>/", views.letter_draft, name="letter_draft"),
    path("<int:pk>/", views.letter_detail, name="letter_detail"),
    path("<int:pk>/podglad/", views.letter_preview, name="letter_preview"),
    path("<int:pk>/zatwierdz/", views.letter_approve, name="letter_approve"),
    path("<int:pk>/pdf/", views.letter_pdf, name="letter_pdf"),
]
