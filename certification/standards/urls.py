from django.urls import path

from . import views

urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("<slug:code>/", views.catalogue, name="catalogue_set"),
]
