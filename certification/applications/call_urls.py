from django.urls import path

from .views import calls

urlpatterns = [
    path("", calls.call_list, name="call_list"),
    path("nowy/", calls.call_create, name="call_create"),
    path("<int:pk>/", calls.call_detail, name="call_detail"),
    path("<int:pk>/zmien/", calls.call_edit, name="call_edit"),
    path("<int:pk>/zamknij/", calls.call_close, name="call_close"),
    path("<int:pk>/przedluz/", calls.call_extend, name="call_extend"),
]
