"""Walks through the demonstration in Chromium and takes pictures; started by `bin/pictures`.

make.py ADDRESS [NAME …]      all of them, or only those named
"""

import os
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import django
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, sync_playwright

os.environ["DJANGO_SETTINGS_MODULE"] = "certification.settings"
django.setup()

from certification.applications.models import Application  # noqa: E402
from certification.assessments.models import Assessment, Assignment, CalibrationRound  # noqa: E402
from certification.certificates.models import Certificate  # noqa: E402
from certification.letters.models import CommendationLetter  # noqa: E402
from certification.panel.demo_accounts import DOMAIN, PASSWORD  # noqa: E402
from certification.visits.models import SiteVisit  # noqa: E402

FOLDER = Path(__file__).parent
WIDTH, PAPER_WIDTH, PHONE_WIDTH = 1280, 960, 390
LARGEST = 120_000  # bytes of a picture
# The demo accounts go, and days are shown as a Polish browser does: Debian's speaks English.
AS_READERS_SEE_IT = """() => {
    document.querySelector('[aria-labelledby=demo-title]')?.remove();
    document.querySelector('.entrance--with-demo')?.classList.remove('entrance--with-demo');
    for (const day of document.querySelectorAll('input[type=date]')) {
        const shown = day.value.split('-').reverse().join('.');
        day.type = 'text';
        day.value = shown;
        day.placeholder = 'dd.mm.rrrr';
    }
}"""


@dataclass(frozen=True)
class Shot:
    """One picture: who looks, where, and how much of it."""

    name: str
    who: str  # the first part of a demonstration account's address; "" is a visitor
    path: str
    height: int = 900
    width: int = WIDTH


def shots() -> list[Shot]:
    """What to take. Rows are looked up by where they stand, since their numbers may change."""

    def case(state: str, **more: Any) -> Application:
        return Application.objects.filter(state=state, **more).order_by("pk")[0]

    draft, checked, completed = case("draft"), case("formal_check"), case("completion")
    accepted = case("assessment", assignments=None)
    agreed = case("assessment", card__isnull=False)
    committee, board, refused = case("committee"), case("board"), case("refused")
    undeclared = Assignment.objects.filter(declared_at=None, ended_at=None)[0]
    rating = Assessment.objects.filter(submitted_at=None)[0]
    first = Certificate.objects.order_by("pk")[0]
    withdrawn = Certificate.objects.filter(charges__withdrawal__isnull=False)[0]
    letter = CommendationLetter.objects.filter(kind="commendation", state="draft")[0]
    to_come = SiteVisit.objects.filter(state="agreed")[0]
    visited = SiteVisit.objects.filter(state="confirmed")[0]
    calibrated = CalibrationRound.objects.exclude(closed_at=None)[0]
    writer = "gops.borowice"
    return [
        Shot("strona-glowna", "", "/", 820),
        Shot("logowanie", "", "/konto/login/", 640),
        Shot("panel-instytucji", writer, "/panel/", 620),
        Shot("dowody", "mops.stalowawola", "/dowody/"),
        Shot("dodaj-dowod", writer, f"/dowody/dodaj/{draft.institution_id}/?forma=plik"),
        Shot("odpowiedzi", writer, f"/wnioski/{draft.pk}/odpowiedzi/"),
        Shot("odpowiedz", writer, f"/wnioski/{draft.pk}/odpowiedzi/A1.2/", 1000),
        Shot("gotowosc", writer, f"/wnioski/{draft.pk}/gotowosc/"),
        Shot("zlozenie", writer, f"/wnioski/{draft.pk}/zloz/", 700),
        Shot("uzupelnienie", "sasiedzi", f"/wnioski/{completed.pk}/", 760),
        Shot("akta", "sasiedzi", f"/wnioski/{completed.pk}/akta/1/", 800),
        Shot("odmiana-nazwy", "biuro", f"/instytucje/{first.institution_id}/odmiana/", 1000),
        Shot("panel-biura", "biuro", "/panel/", 1500),
        Shot("weryfikacja-formalna", "biuro", f"/wnioski/{checked.pk}/", 860),
        Shot("wezwanie", "biuro", f"/wnioski/{checked.pk}/wezwanie/"),
        Shot("przydzial", "biuro", f"/wnioski/{accepted.pk}/przydzial/", 760),
        Shot("list", "biuro", f"/listy/{letter.pk}/", 1000),
        Shot("bezstronnosc", "oceniajaca1", f"/oceny/przydzial/{undeclared.pk}/"),
        Shot("ocena", "oceniajacy2", f"/oceny/{rating.pk}/?kryterium=A5.1", 1000),
        Shot("karta-zbiorcza", "oceniajaca1", f"/wnioski/{agreed.pk}/karta-zbiorcza/", 1000),
        Shot("zestaw", "oceniajaca1", f"/wizytacje/{to_come.pk}/zestaw/", 1200, PHONE_WIDTH),
        Shot("wizytacja", "biuro", f"/wizytacje/{visited.pk}/", 1000),
        Shot("kalibracja", "biuro", f"/oceny/kalibracja/{calibrated.pk}/", 1000),
        Shot("posiedzenia", "komisja", "/posiedzenia/", 700),
        Shot("rozstrzygniecie", "komisja", f"/wnioski/{committee.pk}/rozstrzygniecie/", 1000),
        Shot("odmowa", "ok.kalinow", f"/rozstrzygniecia/{refused.decision.pk}/"),
        Shot("uchwala", "zarzad", f"/wnioski/{board.pk}/uchwala/", 1000),
        Shot(
            "wzor-certyfikatow",
            "biuro",
            f"/certyfikaty/wzory/{first.application.standard_set.code}/",
            1000,
        ),
        Shot("certyfikat-w-systemie", "zarzad", f"/certyfikaty/{first.pk}/"),
        Shot("rejestr", "", "/rejestr/"),
        Shot("weryfikacja", "", f"/weryfikacja/{first.code}/"),
        Shot("weryfikacja-odebrany", "", f"/weryfikacja/{withdrawn.code}/", 700),
        Shot("osoby", "administrator", "/osoby/", 700),
    ]


def papers() -> dict[str, Path]:
    """The first certificate and its letter, as stored."""
    certificate = Certificate.objects.order_by("pk")[0]
    letter = CommendationLetter.objects.filter(
        certificate=certificate, kind="commendation", state="approved"
    )[0]
    return {
        "certyfikat": Path(certificate.document.file.path),
        "list-gratulacyjny": Path(letter.document.file.path),
    }


def keep(name: str, png: bytes) -> None:
    """Write a picture with few colours: as many as keep it below the limit."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    for colours in (128, 96, 64, 48, 32, 16):
        out = BytesIO()
        few = picture.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(out, "PNG", optimize=True)
        if out.tell() < LARGEST:
            break
    (FOLDER / f"{name}.png").write_bytes(out.getvalue())
    print(f"{name}.png  {out.tell() // 1024} kB")


def take_paper(name: str, path: Path) -> None:
    size = ["-scale-to-x", str(PAPER_WIDTH), "-scale-to-y", "-1"]
    command = ["pdftoppm", "-png", "-singlefile", *size, str(path)]
    keep(name, subprocess.run(command, check=True, capture_output=True).stdout)  # noqa: S603


def take_page(context: BrowserContext, address: str, shot: Shot) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": shot.width, "height": shot.height})
    answer = page.goto(address + shot.path, wait_until="networkidle")
    if answer is None or not answer.ok:
        sys.exit(f"{shot.name}: {shot.path} answers {answer and answer.status}")
    page.evaluate(AS_READERS_SEE_IT)
    keep(shot.name, page.screenshot())
    page.close()


def looking(browser: Browser, address: str, who: str) -> BrowserContext:
    """A window of somebody signed in, or of a visitor."""
    context = browser.new_context(locale="pl-PL", timezone_id="Europe/Warsaw")
    if who:
        page = context.new_page()
        page.goto(f"{address}/konto/login/")
        page.locator("input[name=login][type=email]").fill(f"{who}@{DOMAIN}")
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("input[type=password]").press("Enter")
        page.wait_for_url("**/panel/")
        page.close()
    return context


def wait_for(address: str) -> None:
    for _attempt in range(60):
        try:
            urllib.request.urlopen(f"{address}/healthz")  # noqa: S310
        except OSError:
            time.sleep(0.5)
        else:
            return
    sys.exit("The server does not start.")


def main(address: str, *names: str) -> None:
    wanted = [shot for shot in shots() if not names or shot.name in names]
    for name, path in papers().items():
        if not names or name in names:
            take_paper(name, path)
    wait_for(address)
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        people = {who: looking(browser, address, who) for who in {shot.who for shot in wanted}}
        for shot in wanted:
            take_page(people[shot.who], address, shot)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
