"""A print run of 500 certificates with letters: documents a second, and whether memory stays flat.

First they are rendered and stored, each different; then the worker's chore prepares the run.
"""

import resource
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from bench.databases import create
from bench.documents import _makers
from certification import clock
from certification.applications.models import Application
from certification.applications.states import State
from certification.certificates.models import Certificate
from certification.decisions.models import Decision, Resolution
from certification.decisions.states import Outcome
from certification.documents.models import StoredDocument
from certification.documents.render import render_certificate, render_letter
from certification.documents.services import store
from certification.letters.models import CommendationLetter
from certification.letters.states import State as LetterState
from certification.printruns.making import Maker
from certification.printruns.models import PrintItem, PrintRun
from certification.printruns.services import start_run
from certification.printruns.working import print_waiting
from certification.standards.models import InstitutionKind, StandardSet
from certification.standards.reading import OWN_CATALOGUE, load
from certification.standards.services import import_standards
from institutions.grammar import Case, Variant
from institutions.models import Appointment, Institution, NameForm, User
from institutions.states import Role

CERTIFICATES = 500
EARLY, LATE = 50, 500  # documents after which memory is compared
DAY = date(2026, 5, 12)


def report() -> None:
    """Print documents a second, and the memory of this process while the file is made."""
    default = connections["size_100"]
    default.settings_dict = default.settings_dict | {"NAME": _name(default.settings_dict["NAME"])}
    connections["default"] = default
    create()
    call_command("migrate", verbosity=0)
    with TemporaryDirectory() as files, override_settings(MEDIA_ROOT=files):
        office = _office()
        start = time.perf_counter()
        certificates = [_certificate(number, office) for number in range(CERTIFICATES)]
        _say("rendered and stored", 2 * CERTIFICATES, time.perf_counter() - start)
        _run(office, certificates)
        _run(office, certificates, envelope="c5", labels="3x8")
    create()


def _name(name: str) -> str:
    path = Path(name)
    return str(path.with_name(path.name.replace("100", "printing")))


def _run(office: User, certificates: list[int], **options: Any) -> None:
    memory = _watch_memory()
    run = start_run(
        by=office,
        certificates=certificates,
        title="Bench",
        reprint_reason="bench",
        **options,
    )
    start, rounds = time.perf_counter(), 0
    while PrintRun.objects.get(pk=run.pk).is_under_way:
        print_waiting(clock.now())
        rounds += 1
    taken = time.perf_counter() - start
    file = run.files.get()  # type: ignore[attr-defined]
    items = PrintItem.objects.filter(run=run).count()
    _say(f"print run {options or ''}", items, taken)
    early, late = memory[EARLY], memory[min(LATE, len(memory) - 1)]
    print(
        f"  {file.pages} pages, {file.size / 2**20:.0f} MiB in {rounds} rounds; memory after "
        f"document {EARLY}: {early:.0f} MiB, after {LATE}: {late:.0f} MiB "
        f"({100 * (late - early) / early:+.1f}%), at the end {memory[-1]:.0f} MiB"
    )


def _watch_memory() -> list[float]:
    """MiB held after each document that is put into the file."""
    memory, add = [0.0], Maker.add

    def watched(self: Maker, item: PrintItem) -> None:
        add(self, item)
        memory.append(_held())

    Maker.add = watched  # type: ignore[method-assign]
    return memory


def _held() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def _say(what: str, count: int, seconds: float) -> None:
    print(f"{what}: {count} documents in {seconds:.1f} s, {count / seconds:.0f} a second")


def _office() -> User:
    import_standards(load(OWN_CATALOGUE))
    office = User.objects.create_user("biuro@example.org", full_name="Biuro")
    Appointment.objects.create(user=office, role=Role.OFFICE, since=DAY - timedelta(days=900))
    return office


def _certificate(number: int, by: User) -> int:
    sheets = _makers()
    holder = _holder(number, by)
    case = Application.objects.create(
        institution=holder,
        kind=holder.kind,
        standard_set=StandardSet.objects.get(),
        state=State.CERTIFIED,
        number=f"CAL/W/{number}/2026",
        opened_by=by,
        submitted_by=by,
        submitted_at=clock.now(),
    )
    decision = Decision.objects.create(
        application=case, outcome=Outcome.GRANTED, session_on=DAY, decided_by=by
    )
    resolution = Resolution.objects.create(
        decision=decision, number=f"{number}/2026", adopted_on=DAY, recorded_by=by
    )
    kind = StoredDocument.Kind
    content = render_certificate(sheets["classic certificate"](number))
    certificate = Certificate.objects.create(
        application=case,
        institution=holder,
        resolution=resolution,
        number=f"CAL/OSL/{number}/2026",
        holder_name=holder.name,
        reason="za wdrażanie",
        valid_from=DAY,
        valid_to=DAY + timedelta(days=1800),
        label="na lata 2026–2031",
        place="Warszawa",
        issued_on=DAY,
        first_signatory="x",
        first_function="x",
        document=store(kind.CERTIFICATE, f"{number}", content, by=by),
        issued_by=by,
    )
    title = f"CAL/LG/{number}/2026"
    CommendationLetter.objects.create(
        application=case,
        certificate=certificate,
        recipient=holder.name,
        state=LetterState.APPROVED,
        number=title,
        place="Warszawa",
        dated_on=DAY,
        issuer_name="CAL",
        drafted_by=by,
        approved_by=by,
        approved_at=clock.now(),
        document=store(kind.LETTER, title, render_letter(sheets["letter"](number)), by=by),
    )
    return certificate.pk


def _holder(number: int, by: User) -> Institution:
    holder = Institution.objects.create(
        name=f"Miejski Ośrodek Pomocy Społecznej nr {number} w Stalowej Woli",
        kind=InstitutionKind.objects.get(code="social_assistance"),
        gender="m",
        town="Stalowa Wola",
        voivodeship="18",
        street=f"ul. Długa {number + 1}",
        postcode="37-450",
    )
    NameForm.objects.create(
        institution=holder,
        variant=Variant.FULL,
        case=Case.NOM,
        text=holder.name,
        confirmed_by=by,
        confirmed_at=clock.now(),
    )
    return holder
