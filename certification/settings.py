"""Settings, from the environment only (twelve-factor III).

A fresh checkout needs no variable at all: DEBUG, SQLite and files under var/. In production
DEBUG is off, and a missing or unsafe variable stops the start with a sentence that says
what to set (`environment`).
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from certification.environment import (
    BASE_DIR,
    DEBUG,
    env,
    first_line,
    required_in_production,
    required_with,
)

VAR_DIR = BASE_DIR / "var"

# Linear algebra with threads of its own fights the server's workers for the cores: on two busy
# ones a table of 20 people and 54 criteria took 8 s instead of 0.1. Read when numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

DEVELOPMENT_KEY = "only-for-development-" + "x" * 40
SECRET_KEY = required_in_production("SECRET_KEY", DEVELOPMENT_KEY)
SITE_URL = required_in_production("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    default=[urlsplit(SITE_URL).hostname or "localhost", "127.0.0.1", "localhost", "[::1]"],
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])

INSTALLED_APPS = [
    # top of the house first: templates and commands are found in this order
    "certification.demo",
    "certification.panel",
    "certification.followup",
    "certification.yearly",
    "certification.holders",
    "certification.printruns",
    "certification.letters",
    "certification.certificates",
    "certification.decisions",
    "certification.visits",
    "certification.assessments",
    "certification.correspondence",
    "certification.applications",
    "institutions",
    "certification.standards",
    "certification.documents",
    "certification.outbox",
    "certification.audit",
    "certification.chores",
    "certification.numbering",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "rules.apps.AutodiscoverRulesConfig",
    "django.forms",  # its widget templates, which FORM_RENDERER looks for here
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "certification.middleware.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "institutions.accounts.sessions.SessionsSeen",
    "django_htmx.middleware.HtmxMiddleware",
    "certification.middleware.ConflictsAsPages",
]

ROOT_URLCONF = "certification.urls"
WSGI_APPLICATION = "certification.wsgi.application"
ASGI_APPLICATION = "certification.asgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "certification.panel.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]

# --- data ---------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock at BEGIN, so two writers queue instead of failing midway.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# To connect anew takes some 3 ms a page. runserver starts a thread for each request, and every one
# of them would keep a connection.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=0 if DEBUG else 60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counters of failed sign-ins live here; a cache of one process would let each worker count anew.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # What every page needs and hardly ever changes, for a minute: `documents/masthead.py`.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# Where nginx serves MEDIA_ROOT to itself alone, e.g. /chronione/; empty: the program sends files.
X_ACCEL_PREFIX = env.str("X_ACCEL_PREFIX", default="")
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "files")))
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# What is beyond the limits is not even written down (institutions/receiving/form_files.py).
FILE_UPLOAD_HANDLERS = [
    "institutions.receiving.form_files.Limit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# An S3-compatible storage instead of MEDIA_ROOT. Its key is never guessed from the surroundings.
S3_BUCKET = env.str("S3_BUCKET", default="")
if S3_BUCKET:
    STORAGES["default"] = {
        "BACKEND": "certification.storage.PrivateBucket",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.str("S3_ENDPOINT_URL", default="") or None,
            "region_name": env.str("S3_REGION", default="") or None,
            "access_key": required_with("S3_ACCESS_KEY_ID", other="S3_BUCKET"),
            "secret_key": required_with("S3_SECRET_ACCESS_KEY", other="S3_BUCKET"),
        },
    }
# A larger file goes to a temporary file at once, so 40 uploads do not sit in memory.
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
EVIDENCE_MAX_BYTES = env.int("EVIDENCE_MAX_BYTES", default=200 * 1024 * 1024)
# an office of one: whoever wrote a letter may approve it
LETTERS_BY_ONE_PERSON = env.bool("LETTERS_BY_ONE_PERSON", default=False)
EVIDENCE_QUOTA_BYTES = env.int("EVIDENCE_QUOTA_BYTES", default=5 * 1024 * 1024 * 1024)
# Files on their way in: on this machine's disk, shared by all its processes.
UPLOADS_ROOT = Path(env.str("UPLOADS_ROOT", default=str(VAR_DIR / "uploads")))
# Documents of a bucket while people look at them: on this machine's disk, shared by its processes.
COPIES_ROOT = Path(env.str("COPIES_ROOT", default=str(VAR_DIR / "copies")))
COPIES_MAX_BYTES = env.int("COPIES_MAX_BYTES", default=1024 * 1024 * 1024)

# How long the files of print runs are kept, in days; they can be made again.
PRINT_FILES_DAYS = env.int("PRINT_FILES_DAYS", default=14)

# Certificates that vouch for people's signatures: `import_trusted_list`, or any an operator adds.
SIGNATURE_TRUST = Path(env.str("SIGNATURE_TRUST", default=str(VAR_DIR / "trust")))

# The electronic seal on certificates and letters: a PKCS#12 file, or a token of a PKCS#11 module.
# A fresh checkout seals with a key of its own that bin/setup made, which nobody vouches for.
DEMO_SEAL = VAR_DIR / "seal" / "demo.p12"
SEAL_PKCS11_MODULE = env.str("SEAL_PKCS11_MODULE", default="")
SEAL_PKCS12 = env.str(
    "SEAL_PKCS12",
    default=str(DEMO_SEAL) if DEBUG and DEMO_SEAL.exists() and not SEAL_PKCS11_MODULE else "",
)
if SEAL_PKCS12 and SEAL_PKCS11_MODULE:
    raise ImproperlyConfigured("Set SEAL_PKCS12 or SEAL_PKCS11_MODULE, not both.")
SEAL_PKCS11_TOKEN = env.str("SEAL_PKCS11_TOKEN", default="")
SEAL_PKCS11_KEY = (
    required_with("SEAL_PKCS11_KEY", other="SEAL_PKCS11_MODULE") if SEAL_PKCS11_MODULE else ""
)
SEAL_PASSPHRASE = env.str("SEAL_PASSPHRASE", default="")  # of the file, or the token's PIN
if _passphrase_file := env.str("SEAL_PASSPHRASE_FILE", default=""):
    SEAL_PASSPHRASE = first_line(_passphrase_file, named_by="SEAL_PASSPHRASE_FILE")
SEAL_TIMESTAMP_URL = env.str("SEAL_TIMESTAMP_URL", default="")
SEAL_LASTING = env.bool("SEAL_LASTING", default=False)  # with proofs that nothing was revoked

# The key that signs credentials (Ed25519, PEM): certificates for programs. Empty: without them.
DEMO_CREDENTIAL_KEY = VAR_DIR / "seal" / "credential.pem"
CREDENTIAL_KEY = env.str(
    "CREDENTIAL_KEY",
    default=str(DEMO_CREDENTIAL_KEY) if DEBUG and DEMO_CREDENTIAL_KEY.exists() else "",
)

# The virus scanner: unix:/run/clamav/clamd.ctl or tcp://127.0.0.1:3310; empty is none.
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", default="")
CLAMD_TIMEOUT = env.int("CLAMD_TIMEOUT", default=60)  # seconds for one file

# --- applications -------------------------------------------------------------------

# Deadlines for completing an application, in working days: what is proposed, and how long after
# the deadline the office waits before it may leave the application unexamined.
COMPLETION_WORKING_DAYS = env.int("COMPLETION_WORKING_DAYS", default=14)
COMPLETION_GRACE_WORKING_DAYS = env.int("COMPLETION_GRACE_WORKING_DAYS", default=5)
# How long an institution may make remarks on the protocol of a site visit, in working days.
VISIT_REMARKS_WORKING_DAYS = env.int("VISIT_REMARKS_WORKING_DAYS", default=7)
VISIT_PHOTOS_DAYS = env.int("VISIT_PHOTOS_DAYS", default=365)
# How long a holder may reply to charges against it, in days: what is proposed.
CHARGES_REPLY_DAYS = env.int("CHARGES_REPLY_DAYS", default=14)
# How long a holder may appeal to the Board against a withdrawal, in days from its being told.
APPEAL_DAYS = env.int("APPEAL_DAYS", default=14)
# Whether applications are taken in calls alone, with no continuous intake beside them.
CALLS_ONLY = env.bool("CALLS_ONLY", default=False)

# --- people -------------------------------------------------------------------------

AUTH_USER_MODEL = "institutions.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "panel"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "institutions.accounts.adapter.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are invited to an address; nobody signs up
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {  # beside allauth's own
    "invite_member": "60/h/user",
    "invitation": "30/m/ip",
    "new_email": "5/h/user",
}
# Attempts are counted by address; behind a proxy that is the last one of X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0 if DEBUG else 1)

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

EMAIL_CONFIG = env.email_url(
    "EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25"
)
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=30)  # seconds without an answer
# Mail leaves right after the commit of what it tells of; else the worker sends it within seconds.
OUTBOX_IMMEDIATELY = env.bool("OUTBOX_IMMEDIATELY", default=DEBUG)
DEFAULT_FROM_EMAIL = required_in_production("DEFAULT_FROM_EMAIL", "certyfikat@example.org")

# --- language and time --------------------------------------------------------------

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", _("Polish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = "Europe/Warsaw"
USE_I18N = True
USE_TZ = True

# --- looks --------------------------------------------------------------------------

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- safety -------------------------------------------------------------------------

CSRF_FAILURE_VIEW = "certification.panel.views.resend_after_expiry"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "SAMEORIGIN"  # evidence is shown in a frame of our own page
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: the arrows and ticks inside Bootstrap's style sheet
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],  # the visit kit's; older browsers do not take it from script-src
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in ("camera", "microphone", "geolocation", "payment", "usb", "interest-cohort")
}
if not DEBUG:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {
        "without_secrets": {"()": "certification.logs.WithoutSecrets"},
        "one_line": {"()": "certification.logs.OneLine"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_secrets", "one_line"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # WeasyPrint and fontTools report every glyph they drop
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
    },
}
