"""Production's settings, but for the web server in front; and one database for each size."""

import copy
import os

os.environ |= {
    "DEBUG": "False",
    "SECRET_KEY": "only-for-measuring-" + "x" * 40,
    "SITE_URL": "https://bench.example.org",
    "ALLOWED_HOSTS": "testserver,127.0.0.1",
    "DEFAULT_FROM_EMAIL": "bench@example.org",
    "SECURE_SSL_REDIRECT": "False",
}

from certification.settings import *  # noqa: E402, F403
from certification.settings import BASE_DIR, DATABASES, STORAGES, VAR_DIR  # noqa: E402

SIZES = (100, 10_000)  # applications

STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
STATIC_ROOT = BASE_DIR / "static"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


def _database(size: int) -> dict[str, object]:
    database = copy.deepcopy(DATABASES["default"])
    if database["ENGINE"].endswith("sqlite3"):
        database["NAME"] = str(VAR_DIR / f"bench-{size}.sqlite3")
    else:
        database["NAME"] = f"bench_cal_{size}"
    return database


DATABASES.update({f"size_{size}": _database(size) for size in SIZES})
DATABASES["default"] = DATABASES[f"size_{SIZES[0]}"]
