"""What any page, program or browser in the world may read: `open_to_all` makes a view such.

Who asks does not matter and no cookie is set. A reader that has the answer already and asks again
(If-None-Match) is told 304 before the rows are read.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.views.decorators.http import etag, require_safe

FRESH = 300  # seconds for which nobody need ask again
HEADERS = {
    "Access-Control-Allow-Origin": "*",  # and no credentials: with "*" browsers send none
    "Access-Control-Expose-Headers": "ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",  # may stand in a page of another site
}
# If-None-Match is not on the list of headers that need no asking first (Fetch standard, 4.9)
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}

View = Callable[..., HttpResponseBase]
State = Callable[..., str | None]


def open_to_all(state: State | None = None, *, max_age: int = FRESH) -> Callable[[View], View]:
    """Anybody may GET it from anywhere. `state` takes what the view takes and says, cheaply, in
    what state the answer is (`state_of(…)`). A small answer needs none: its own hash will do.
    """

    def wrap(view: View) -> View:
        unchanged = etag(state) if state else _by_content
        conditional = unchanged(require_safe(view))

        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "OPTIONS":
                return HttpResponse(status=204, headers=HEADERS | PREFLIGHT)
            response: HttpResponseBase = conditional(request, *args, **kwargs)
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            if response.status_code in {200, 304}:
                patch_cache_control(response, public=True, max_age=max_age)
            return response

        return login_not_required(answered)

    return wrap


def _by_content(view: View) -> View:
    """As Django's `conditional_page`, which forgets HEAD."""

    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: Any = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        set_response_etag(response)
        tag = response.headers["ETag"]
        return get_conditional_response(request, etag=tag, response=response) or response

    return answered


def state_of(*facts: object) -> str:
    """An ETag (RFC 9110, 8.8.3) that is another one whenever one of the facts is."""
    told = "\x1f".join(str(fact) for fact in facts)
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:24]}"'
