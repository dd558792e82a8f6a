"""In which language the pages speak: a cookie of the device, set from the person's choice."""

from typing import TypeVar

from django.conf import settings
from django.http import HttpResponseBase

R = TypeVar("R", bound=HttpResponseBase)


def remember(response: R, language: str) -> R:
    """Let this device speak the language from the next page on; an empty one changes nothing."""
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return response
