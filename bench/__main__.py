"""bin/bench [--rounds N] [--only PART OF A PAGE'S NAME] [--fresh] [--uploads | --ratings |
--evidence | --allocation | --print-run]"""

import argparse
import os
import platform

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from bench import allocating, documents, printing, ratings, seeing, uploads  # noqa: E402
from bench.databases import prepare  # noqa: E402
from bench.measuring import measure, table  # noqa: E402
from certification.garbage import settle  # noqa: E402

OTHERS = {
    "uploads": uploads,
    "ratings": ratings,
    "evidence": seeing,
    "allocation": allocating,
    "print_run": printing,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measure pages and printing.")
    parser.add_argument("--rounds", type=int, default=40, help="how often each page is got")
    parser.add_argument("--only", default="", help="pages with this in their name, no printing")
    parser.add_argument("--fresh", action="store_true", help="drop the databases, seed anew")
    parser.add_argument("--uploads", action="store_true", help="200 MB up and down, nothing else")
    parser.add_argument("--ratings", action="store_true", help="the bench, and saves at once")
    parser.add_argument("--evidence", action="store_true", help="a page of evidence in Chromium")
    parser.add_argument("--allocation", action="store_true", help="plans for batches of cases")
    parser.add_argument("--print-run", action="store_true", help="500 certificates with letters")
    wanted = parser.parse_args()
    settle()  # as certification/wsgi.py does
    for name, others in OTHERS.items():
        if getattr(wanted, name):
            print(f"load {os.getloadavg()[0]:.1f}")
            others.report()
            return
    for size in settings.SIZES:
        prepare(size, fresh=wanted.fresh)
    print(_machine())
    print(table(measure(wanted.rounds, wanted.only)))
    if not wanted.only:
        documents.report()


def _machine() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version"
        )
        (version,) = cursor.fetchone()
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    return (
        f"{os.cpu_count()} cores, load {load}; Python {platform.python_version()}, "
        f"Django {django.__version__}, {connection.vendor} {version}"
    )


main()
