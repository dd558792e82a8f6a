"""Addresses that only the tests have: views that need a sign-in, refuse, or lose the database."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.urls import handler400, handler403, handler404, handler500
from certification.urls import urlpatterns as ours

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def write(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("text", "-"))


@require_POST
def verb(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


def refuse(request: HttpRequest) -> HttpResponse:
    raise CannotDo("Confirm the genitive first.")


def moved_on(request: HttpRequest) -> HttpResponse:
    raise TransitionNotAllowed("submit", "submitted")


def stale(request: HttpRequest) -> HttpResponse:
    raise Stale(current=None)


def locked(request: HttpRequest) -> HttpResponse:
    raise OperationalError("database is locked")


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("a secret inside")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def damaged(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


urlpatterns = [
    *ours,
    path("proba/pisz/", write),
    path("proba/czynnosc/", verb),
    path("proba/odmowa/", refuse),
    path("proba/dalej/", moved_on),
    path("proba/nieaktualne/", stale),
    path("proba/zajete/", locked),
    path("proba/zepsute/", broken),
    path("proba/zabronione/", forbidden),
    path("proba/uszkodzone/", damaged),
]
