"""How settings read the environment, and the file .env where there is one.

What production needs and does not have raises ImproperlyConfigured, with a sentence that says
what to set.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=True)


def required_in_production(name: str, development: str) -> str:
    """Read one variable that production must set for itself."""
    value = env.str(name, default=development if DEBUG else "")
    if not DEBUG and value in {"", development}:
        raise ImproperlyConfigured(
            f"Set {name} in the environment or in .env: production (DEBUG=False) "
            f"does not start without its own. See docs/operating.md."
        )
    return value


def required_with(name: str, *, other: str) -> str:
    """Read one variable without which another one is of no use."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(
            f"{other} is set: set {name} as well, in the environment or in .env. "
            f"See docs/operating.md."
        )
    return value


def first_line(path: str, *, named_by: str) -> str:
    """The secret that a file holds."""
    try:
        return Path(path).read_text(encoding="utf-8").partition("\n")[0]
    except OSError as error:
        raise ImproperlyConfigured(
            f"{named_by} names a file that cannot be read: {error}"
        ) from error
