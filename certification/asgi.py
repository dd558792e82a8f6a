"""The ASGI door, for a production server."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "certification.settings")
application = get_asgi_application()
