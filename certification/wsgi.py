"""The WSGI door, for a production server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from certification.assessments.agreement import load_libraries
from certification.garbage import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "certification.settings")
application = get_wsgi_application()

# Load every view now, not under the first visitor, and the libraries of statistics, which take a
# second or two.
get_resolver().url_patterns  # noqa: B018
load_libraries()
settle()
