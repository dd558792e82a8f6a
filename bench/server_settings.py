"""Those of the bench, for a server process that is measured from outside."""

import os

from bench.settings import *  # noqa: F403
from bench.settings import DATABASES

ROOT_URLCONF = "bench.raw"
DATABASES["default"] = DATABASES["default"] | {"NAME": os.environ["BENCH_DATABASE"]}
for alias in [name for name in DATABASES if name != "default"]:
    del DATABASES[alias]
