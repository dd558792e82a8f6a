"""Print runs in each of their states, and printers."""

from collections.abc import Iterator

from certification import clock
from certification.printruns.models import Printer
from certification.printruns.services import cancel_run, pause_run, resume_run, save_printer
from certification.printruns.working import print_waiting
from tests.browser.visit import Visit, at, press
from tests.printruns.factories import make_holder, make_letter, make_printable, make_refusal, start

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    office = house.office
    yield Visit(office, at("print_run_list"))
    yield Visit(office, at("printer_list"))
    yield Visit(office, at("printer_create"))
    yield Visit(office, at("printer_create"), press("Zapisz"))  # nothing typed
    printer = save_printer(
        Printer(), by=office, name="HP", right="1.5", down="-1.0", moves_all=False
    )
    yield Visit(office, at("printer_list"))
    yield Visit(office, at("printer_edit", printer.pk))
    certificate, homeless = make_printable(), make_printable(make_holder(street=""))
    yield Visit(office, at("certificate_list"))
    yield Visit(office, at("print_run_start"))
    yield Visit(office, at("print_run_start"), press("Rozpocznij wydruk"))  # without a name
    options = {"by": office, "envelope": "c5", "labels": "3x8", "printer": printer}
    run = start(certificate, homeless, with_delivery_list=True, **options)
    yield Visit(office, at("print_run_detail", run.pk))
    pause_run(run, by=office)
    yield Visit(office, at("print_run_detail", run.pk))
    yield Visit(office, at("print_run_cancel", run.pk))
    resume_run(run, by=office)
    print_waiting(clock.now())
    yield Visit(office, at("print_run_detail", run.pk))
    make_letter(certificate)
    make_refusal()
    again = start(certificate, **options, reprint_reason="zaginął na poczcie", output="zip")
    print_waiting(clock.now())
    yield Visit(office, at("print_run_detail", again.pk))
    yield Visit(office, at("certificate_detail", certificate.pk))
    cancel_run(gone := start(certificate, by=office, reprint_reason="x"), by=office)
    yield Visit(office, at("print_run_detail", gone.pk))
    yield Visit(office, at("print_run_list"))
