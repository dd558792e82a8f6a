"""The WSGI door, for a production server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from certification.assessments.agreement import load_libraries

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "certification.settings")
application = get_wsgi_application()

# Load every view now, not under the first visitor, and the libraries of statistics, which take a
# second or two; and tell the collector that all this stays: else it looks through it again and
# again, in the middle of a request, 50 ms each time.
get_resolver().url_patterns  # noqa: B018
load_libraries()
gc.collect()
gc.freeze()
