"""The bench of an assessor: how quick its pages are, and twenty assessors who save at once.

The pages are got as those of `bench.pages`. The saves go through gunicorn, from twenty
threads, each with a card of its own and a second between two saves, as the page waits; every fifth
save comes over an old version first, as from another tab, and has to be refused.
"""

import copy
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from socket import socket
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.databases import create, settle
from bench.evening import BACKEND, Seat, seats
from certification.assessments.models import Rating

ROUNDS, SAVES, PAUSE, WORKERS = 40, 20, 1.0, 2
FIRST_AIM, NEXT_AIM, SAVE_AIM, MOST_QUERIES = 40.0, 15.0, 100.0, 15
RULE = "| --- | ---: | ---: | ---: | ---: |"
HTMX = {"HX-Request": "true", "HX-Target": "praca"}


def report() -> None:
    """Print both tables for docs/performance.md. Raises AssertionError when a save was lost."""
    name = own_database()
    create()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    people = seats()
    settle()
    print(_pages(people[0]))
    print(_saves(people, name))


def own_database() -> str:
    name = settings.DATABASES["size_100"]["NAME"].replace("100", "ratings")
    database = copy.deepcopy(connections["size_100"].settings_dict) | {"NAME": name}
    connections.databases["ratings"] = database
    connections["default"] = connections["ratings"]
    return str(name)


def _pages(seat: Seat) -> str:
    client = Client()
    client.force_login(seat.assessment.assignment.assessor, backend=BACKEND)
    address = seat.assessment.get_absolute_url()
    asked: dict[str, tuple[str, dict[str, str], float]] = {
        "trivial (privacy notice)": (reverse("privacy_notice"), {}, FIRST_AIM),
        "bench, first view": (address, {}, FIRST_AIM),
        "bench, next criterion": (f"{address}?kryterium={seat.codes[20]}", HTMX, NEXT_AIM),
    }
    times: dict[str, list[float]] = {page: [] for page in asked}
    processor: dict[str, list[float]] = {page: [] for page in asked}
    queries = {}
    for page, (url, headers, _aim) in asked.items():
        client.get(url, headers=headers)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url, headers=headers).status_code == 200
        queries[page] = len(seen)
    for _round in range(ROUNDS):
        for page, (url, headers, _aim) in asked.items():
            start, spent = time.perf_counter(), time.process_time()
            client.get(url, headers=headers)
            times[page].append(1000 * (time.perf_counter() - start))
            processor[page].append(1000 * (time.process_time() - spent))
    rows = ["| page | queries | CPU ms | median ms | p95 ms | quickest ms |", f"{RULE} ---: |"]
    for page, (_url, _headers, aim) in asked.items():
        flag = " (!)" if statistics.median(times[page]) > aim else ""
        flag += " (queries!)" if queries[page] > MOST_QUERIES else ""
        cpu = statistics.median(processor[page])
        rows.append(f"| {page} | {queries[page]} | {cpu:.1f} | {_figures(times[page])}{flag} |")
    return "\n".join(rows)


def _figures(times: list[float]) -> str:
    return f"{statistics.median(times):.1f} | {_p95(times):.1f} | {min(times):.1f}"


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


# --- saving at once -------------------------------------------------------------------------


def _saves(people: list[Seat], name: str) -> str:
    with served(name) as port, ThreadPoolExecutor(len(people)) as pool:
        evenings = list(pool.map(lambda seat: _evening(seat, port), people))
    for seat, (_times, text) in zip(people, evenings, strict=True):
        ratings = Rating.objects.filter(assessment=seat.assessment)
        rating = ratings.get(criterion__code=seat.codes[-1])
        assert (rating.version, rating.strengths) == (SAVES, text), "an update was lost"
    taken = [one for times, _text in evenings for one in times]
    flag = " (!)" if _p95(taken) > SAVE_AIM else ""
    head = f"| {len(people)} save at once | saves | median ms | p95 ms | quickest ms |"
    row = f"| {connection.vendor} | {len(taken)} | {_figures(taken)}{flag} |"
    return "\n".join(["", head, RULE, row])


def _evening(seat: Seat, port: int) -> tuple[list[float], str]:
    """Save again and again: milliseconds of each save that was taken, and the last text."""
    code, version, text = seat.codes[-1], 0, ""
    times: list[float] = []
    time.sleep(PAUSE * (seat.assessment.pk % 20) / 20)
    for number in range(SAVES):
        if number % 5 == 4:
            status, _told, _ms = _save(seat, port, code, "Z innej karty.", version - 1)
            assert status == 409, status
        text = f"Zapis {number}. " + "Widać to w dowodach. " * number
        status, told, taken = _save(seat, port, code, text, version)
        assert status == 200, (status, told)
        version = told["version"]
        times.append(taken)
        time.sleep(PAUSE)
    return times, text


def _save(
    seat: Seat, port: int, code: str, text: str, version: int
) -> tuple[int, dict[str, int], float]:
    fields = {"level": seat.level, "strengths": text, "version": version, "seconds": 1}
    headers = {
        "Host": "testserver",
        "Cookie": f"sessionid={seat.session}; csrftoken={seat.token}",
        "X-CSRFToken": seat.token,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    address = reverse("rating_autosave", args=[seat.assessment.pk, code])
    start = time.perf_counter()
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as wire:
        wire.request("POST", address, urlencode(fields), headers)
        answer = wire.getresponse()
        told = json.loads(answer.read())
    return answer.status, told, 1000 * (time.perf_counter() - start)


@contextmanager
def served(name: str, **more: str) -> Iterator[int]:
    """gunicorn in front of this database, with `more` in its environment; gives its port."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "bench.server_settings",
        "BENCH_DATABASE": name,
        **more,
    }
    command = [
        *(str(Path(sys.executable).with_name("gunicorn")), "certification.wsgi"),
        *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "10"),
        *("--workers", str(WORKERS), "--no-control-socket"),
    ]
    server = subprocess.Popen(  # noqa: S603 - ours
        command, env=environment, start_new_session=True, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield port
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def _wait_for(port: int) -> None:
    while True:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as wire:
                wire.request("GET", "/healthz", headers={"Host": "testserver"})
                if wire.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.2)
