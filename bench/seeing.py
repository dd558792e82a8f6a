"""How long an assessor waits for a page of evidence: from going on to the next criterion until the
cited page of its PDF is drawn, in Chromium.

Each criterion cites another page of one document of 500 pages, which nobody has drawn before.
"""

import statistics
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Page, sync_playwright

from bench.databases import create
from bench.evening import Seat, seats
from bench.ratings import own_database, served
from bench.reading import PAGES, long_pdf
from certification.applications.models import Answer, Citation
from institutions.models import Evidence, EvidenceRevision

AIM, ROUNDS = 300.0, 20  # milliseconds
CHROMIUM = "/usr/bin/chromium"
STEP = 7  # pages between what two criteria cite
NEXT = """() => new Promise((resolve, reject) => {
    const start = performance.now();
    const seen = {};
    const desk = document.querySelector("[data-here]").dataset.here;
    const look = () => {
        const here = document.querySelector("[data-here]");
        const image = here.querySelector(".viewer__sheet img");
        if (performance.now() - start > 20000) return reject(new Error("nothing was drawn"));
        if (here.dataset.here !== desk) {
            if (!image) here.querySelector(".viewer").scrollIntoView(); // as somebody who looks
            seen.criterion ??= performance.now() - start;
            if (image) seen.page ??= performance.now() - start;
            if (image?.complete && image.naturalWidth) {
                seen.drawn = performance.now() - start;
                return resolve(seen);
            }
        }
        requestAnimationFrame(look);
    };
    document.querySelector(".bench-neighbours a[rel=next]").click();
    requestAnimationFrame(look);
})"""
MOMENTS = {
    "criterion": "the next criterion is there",
    "page": "the page of evidence is there, its text can be read",
    "drawn": "the page is drawn",
}


def report() -> None:
    """Print the table for docs/performance.md."""
    with TemporaryDirectory() as files, override_settings(MEDIA_ROOT=files):
        name = own_database()
        create()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        seat = seats(cases=1)[0]
        _cite_pages(seat)
        with served(name, MEDIA_ROOT=files) as port:
            print(_table(_evening(seat, port)))


def _cite_pages(seat: Seat) -> None:
    """Before all else each answer cites another page of one long document."""
    case = seat.assessment.application
    evidence = Evidence.objects.create(
        institution=case.institution,
        title="Sprawozdanie",
        type=Evidence.objects.filter(institution=case.institution)[0].type,
        form="file",
        added_by=case.opened_by,
    )
    content = long_pdf().getvalue()
    revision = EvidenceRevision.objects.create(
        evidence=evidence,
        number=1,
        file=ContentFile(content, name="sprawozdanie.pdf"),
        filename="sprawozdanie.pdf",
        content_type="application/pdf",
        size=len(content),
        sha256="0" * 64,
        added_by=case.opened_by,
    )
    Citation.objects.filter(answer__application=case).delete()
    for number, answer in enumerate(Answer.objects.filter(application=case)):
        page = 1 + number * STEP % PAGES
        answer.citations.create(revision=revision, page=page, added_by=case.opened_by)


def _evening(seat: Seat, port: int) -> list[dict[str, float]]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = chromium.new_context(
            base_url=f"http://127.0.0.1:{port}",
            viewport={"width": 1280, "height": 900},
        )
        context.add_cookies(
            [{"name": "sessionid", "value": seat.session, "domain": "127.0.0.1", "path": "/"}]
        )
        page = context.new_page()
        page.goto(f"{seat.assessment.get_absolute_url()}?kryterium={seat.codes[0]}")
        found = [_next(page) for _round in range(ROUNDS + 1)]
        chromium.close()
    return found[1:]  # the first one warms up


def _next(page: Page) -> dict[str, float]:
    page.wait_for_load_state("networkidle")
    seen: dict[str, float] = page.evaluate(NEXT)
    return seen


def _table(rounds: list[dict[str, float]]) -> str:
    rows = ["| from going on until | median ms | worst ms | quickest ms |", "|---|---:|---:|---:|"]
    for moment, name in MOMENTS.items():
        times = [one[moment] for one in rounds]
        median = statistics.median(times)
        flag = " (!)" if median > AIM else ""
        rows.append(f"| {name} | {median:.0f}{flag} | {max(times):.0f} | {min(times):.0f} |")
    return "\n".join(rows)
