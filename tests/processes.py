"""What another process must be told to work on the test's own rows and files."""

import os

from django.conf import settings
from django.db import connection


def surroundings(**more: str) -> dict[str, str]:
    """The environment of this process, with the test's database and files in it."""
    own = {
        "DATABASE_URL": database_url(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DJANGO_SETTINGS_MODULE": "certification.settings",
        # keys of a checkout, which no test is to use (see conftest)
        "SEAL_PKCS12": "",
        "SEAL_PKCS11_MODULE": "",
        "CREDENTIAL_KEY": "",
    }
    return os.environ | own | more


def database_url() -> str:
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
