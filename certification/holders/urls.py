from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import sitemap
from django.urls import path
from django.views.decorators.http import require_safe

from . import life_views, public_views, views
from .sitemap import PublicPages

urlpatterns = [
    path("robots.txt", public_views.robots, name="robots"),
    path(
        "sitemap.xml",
        login_not_required(require_safe(sitemap)),
        {"sitemaps": {"public": PublicPages}},
        name="sitemap",
    ),
    path("rejestr/zmiany/", public_views.register_changes, name="register_changes"),
    path("rejestr/zmiany.atom", public_views.register_feed, name="register_feed"),
    path("rejestr/<int:pk>-<slug:slug>/", public_views.holder, name="holder"),
    path("certyfikaty/<int:pk>/wreczenie/", life_views.hand_over, name="hand_over"),
    path(
        "certyfikaty/<int:pk>/wreczenie/odwolaj/",
        life_views.hand_over_call_off,
        name="hand_over_call_off",
    ),
    path("certyfikaty/<int:pk>/znak/", life_views.licensed_mark, name="licensed_mark"),
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
