"""What a person typed and the server could not take, ready to be sent again.

The text goes back only to the page it came from: a request that another site started gets
nothing of it back, so nobody can make our page show, and offer to send, words of theirs.
"""

import re
from dataclasses import dataclass, field

from django.http import HttpRequest

SECRET = re.compile(r"password|secret|csrfmiddlewaretoken|^(otp|code|token)$", re.IGNORECASE)
LONG_TEXT = 60


@dataclass
class Kept:
    """The posted form: long texts to be seen, short values to be sent along, files to re-choose."""

    action: str
    texts: list[tuple[str, str]] = field(default_factory=list)
    values: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.texts or self.values or self.files)


def is_same_origin(request: HttpRequest) -> bool:
    """Whether the browser says that our own page sent this. Silence counts as no."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def keep(request: HttpRequest) -> Kept:
    """Collect what was posted, without secrets; empty for another site's request.

    The account pages (sign-in, passwords) give nothing back at all.
    """
    kept = Kept(action=request.get_full_path())
    if request.method != "POST" or not is_same_origin(request) or _is_account_page(request):
        return kept
    for name, values in request.POST.lists():
        if SECRET.search(name):
            continue
        for value in values:
            shown = len(value) > LONG_TEXT or "\n" in value
            (kept.texts if shown else kept.values).append((name, value))
    for name, files in request.FILES.lists():
        kept.files.extend((name, one.name or "") for one in files)
    return kept


def _is_account_page(request: HttpRequest) -> bool:
    match = request.resolver_match
    return bool(match and (match.url_name or "").startswith("account_"))
