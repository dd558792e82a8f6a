from django.urls import path

from certification.correspondence import views

urlpatterns = [
    path("wiadomosci/", views.thread_list, name="thread_list"),
    path("wnioski/<int:pk>/wiadomosci/", views.thread, name="thread"),
    path("wnioski/<int:pk>/wiadomosci/przeczytane/", views.thread_read, name="thread_read"),
    path(
        "wnioski/<int:pk>/wiadomosci/pliki/<int:file_pk>/", views.message_file, name="message_file"
    ),
    path(
        "wnioski/<int:pk>/wiadomosci/pliki/<int:file_pk>/usun/",
        views.message_file_discard,
        name="message_file_discard",
    ),
]
