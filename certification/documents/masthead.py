"""Who issues, as the head and the foot of every page name it."""

from typing import cast

from django.core.cache import caches

from .models import Issuer

NAME, AGE = "issuer", 60  # seconds


def issuer_named() -> Issuer:
    """At most a minute old, and anew once this process changed it; documents print `load()`."""
    return cast(Issuer, caches["process"].get_or_set(NAME, Issuer.load, AGE))


def forget() -> None:
    """Let the next page read it again."""
    caches["process"].delete(NAME)
