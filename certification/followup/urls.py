from django.urls import path

from . import views

urlpatterns = [
    path("oceny/wynik/<int:pk>/", views.assessment_outcome, name="assessment_outcome"),
    path("oceny/zastoje/", views.stuck_list, name="stuck_list"),
    path("oceny/zastoje/terminy/", views.limits_edit, name="limits_edit"),
]
