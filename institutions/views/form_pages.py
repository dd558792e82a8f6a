"""A page that holds a form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, conflict: bool = False
) -> HttpResponse:
    """A form as it is asked for (200), refused (422), or overtaken (409)."""
    status = 409 if conflict else 422 if context["form"].errors else 200
    return render(request, template, context, status=status)
