from django.urls import path

from . import public_views, views

urlpatterns = [
    path("rejestr/<int:pk>-<slug:slug>/", public_views.holder, name="holder"),
    path("certyfikaty/<int:pk>/mocne-strony/", views.praise_propose, name="praise_propose"),
    path("certyfikaty/<int:pk>/mocne-strony/zgoda/", views.praise_answer, name="praise_answer"),
    path(
        "certyfikaty/<int:pk>/mocne-strony/<int:praise_pk>/zgoda/",
        views.praise_agree,
        name="praise_agree",
    ),
    path(
        "certyfikaty/<int:pk>/mocne-strony/<int:praise_pk>/zdejmij/",
        views.praise_take_down,
        name="praise_take_down",
    ),
]
