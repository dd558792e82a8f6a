from django.urls import path

from . import views

urlpatterns = [
    path("posiedzenia/", views.decision_list, name="decision_list"),
    path("wnioski/<int:pk>/rozstrzygniecie/", views.decision_create, name="decision_create"),
    path("rozstrzygniecia/<int:pk>/", views.decision_detail, name="decision_detail"),
]
