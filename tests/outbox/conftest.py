from collections.abc import Iterator
from typing import Any

import pytest

from .mail_server import MailServer, running


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """Our mail goes to this one."""
    with running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server
