"""Who may come in, and what is shown when a verb or the database says no."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from certification.errors import CannotDo
from certification.panel import error_pages
from certification.panel.resending import keep


class LoginRequired(LoginRequiredMiddleware):
    """Everything needs a sign-in, except views marked `login_not_required`.

    A form sent after the session ended is not lost in a redirect: the page that answers
    holds its text.
    """

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None  # before the user is looked up: these pages stand without a database
        try:
            return super().process_view(request, view_func, view_args, view_kwargs)
        except error_pages.DATABASE_ERRORS as error:
            if not error_pages.is_database_gone(error):
                raise
            return error_pages.unavailable(request)

    def handle_no_permission(  # type: ignore[override]  # not only redirects
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        if "Tus-Resumable" in request.headers:  # a program asks, which reads no page
            return HttpResponse(status=403, headers={"Cache-Control": "no-store"})
        if request.method not in {"GET", "HEAD"}:
            return error_pages.session_ended(request, kept=keep(request))
        response = super().handle_no_permission(request, view_func)
        if request.headers.get("HX-Request"):  # the whole page goes to the sign-in
            return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
        return response


class ConflictsAsPages:
    """Turns refusals and a missing database into pages, wherever a view lets them through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 405 and not getattr(response, "content", b""):
            page = error_pages.page(
                request, "errors/wrong_method.html", status=405, back=error_pages.way_back(request)
            )
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, CannotDo):
            return error_pages.refusal(request, exception)
        if error_pages.is_database_gone(exception):
            return error_pages.unavailable(request)
        return None
