"""Starting and steering a run: what is chosen, who may, which move leads where."""

import pytest
from django.db import IntegrityError, transaction

from certification.applications.models import ConflictDeclaration
from certification.audit.models import Event
from certification.certificates.models import Certificate
from certification.errors import CannotDo, TransitionNotAllowed
from certification.printruns import services
from certification.printruns.models import Printer, Printing, PrintRun
from certification.printruns.services import (
    cancel_run,
    complete_run,
    pause_run,
    resume_run,
    save_printer,
)
from certification.printruns.states import TRANSITIONS, State, Verb
from institutions.models import User
from institutions.states import Role
from tests.factories import make_user

from .factories import make_holder, make_printable, printed, start

pytestmark = pytest.mark.django_db

VERBS = {
    Verb.PAUSE: pause_run,
    Verb.RESUME: resume_run,
    Verb.CANCEL: cancel_run,
    Verb.COMPLETE: complete_run,
}


def barred_from(certificate: Certificate) -> User:
    person = make_user(Role.OFFICE)
    ConflictDeclaration.objects.create(
        application=certificate.application, user=person, ground="family", declared_by=person
    )
    return person


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("verb", list(VERBS))
def test_each_verb_leads_from_its_states_alone(verb: Verb, state: str) -> None:
    run = start(make_printable(letter=False))
    ended = run.created_at if state in ("done", "gaps", "cancelled") else None
    PrintRun.objects.filter(pk=run.pk).update(state=state, ended_at=ended)
    run.refresh_from_db()
    events = Event.objects.count()
    sources, target = TRANSITIONS[verb]
    if state in sources:
        assert VERBS[verb](run, by=run.created_by).state == target
        assert Event.objects.latest("seq").verb == verb
    else:
        with pytest.raises(TransitionNotAllowed):
            VERBS[verb](run, by=run.created_by)
        assert Event.objects.count() == events


def test_a_failed_audit_rolls_back(monkeypatch: pytest.MonkeyPatch) -> None:
    run = start(make_printable(letter=False))

    def broken(*args: object, **facts: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(services, "record", broken)
    with pytest.raises(RuntimeError):
        pause_run(run, by=run.created_by)
    run.refresh_from_db()
    assert run.state == State.WAITING


def test_a_case_closed_to_the_maker_is_left_out_and_counted() -> None:
    closed, other = make_printable(), make_printable()
    run = start(closed, other, by=barred_from(closed), envelope="c5")
    assert set(run.items.values_list("certificate", flat=True)) == {other.pk}
    assert run.left_out == 1


def test_nothing_but_closed_cases_is_nothing_to_print() -> None:
    closed = make_printable()
    with pytest.raises(CannotDo):
        start(closed, by=barred_from(closed))
    assert not PrintRun.objects.exists()


def test_printed_again_only_with_a_reason_or_left_out() -> None:
    old, new = make_printable(letter=False), make_printable(letter=False)
    printed(start(old))
    with pytest.raises(CannotDo):
        start(old, new)
    run = start(old, new, skip_printed=True, envelope="c5")
    assert set(run.items.values_list("certificate", flat=True)) == {new.pk}
    assert start(old, new, reprint_reason="zgubiony").items.count() == 2


def test_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST", 1)
    with pytest.raises(CannotDo):
        start(make_printable(letter=False), make_printable(letter=False))


@pytest.mark.parametrize(
    ("order", "expected"),
    [("number", "ABC"), ("holder", "BCA"), ("town", "ACB"), ("voivodeship", "CAB")],
)
def test_order_is_as_chosen(order: str, expected: str) -> None:
    holders = {
        "A": make_holder(name="Z", town="Adamów", voivodeship="14"),
        "B": make_holder(name="K", town="Żory", voivodeship="24"),
        "C": make_holder(name="L", town="Brzeg", voivodeship="02"),
    }
    certificates = {key: make_printable(one, letter=False) for key, one in holders.items()}
    run = start(*certificates.values(), order=order)
    names = {certificate.pk: key for key, certificate in certificates.items()}
    assert "".join(names[item.certificate_id] for item in run.items.all()) == expected


def test_a_run_keeps_the_settings_its_printer_had() -> None:
    printer = Printer(saved_by=make_user())
    by = make_user(Role.OFFICE)
    save_printer(printer, by=by, name="HP", right="1.5", down="-2.0", moves_all=True)
    run = start(make_printable(letter=False), printer=printer)
    save_printer(printer, by=by, name="HP", right="0", down="0", moves_all=False)
    run.refresh_from_db()
    assert (run.printer_name, str(run.right), str(run.down), run.moves_all) == (
        "HP",
        "1.5",
        "-2.0",
        True,
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "done"},
        {"holder": "x"},
        {"holder": "x", "held_until": "2026-01-01T00:00Z"},  # and waits
    ],
)
def test_the_database_refuses_a_run_that_contradicts_itself(wrong: dict[str, str]) -> None:
    run = start(make_printable(letter=False))
    with pytest.raises(IntegrityError), transaction.atomic():
        PrintRun.objects.filter(pk=run.pk).update(**wrong)


@pytest.mark.parametrize("wrong", [{"trouble": "tampered"}, {"state": "gap"}])
def test_the_database_refuses_an_item_that_contradicts_itself(wrong: dict[str, str]) -> None:
    run = start(make_printable(letter=False))
    with pytest.raises(IntegrityError), transaction.atomic():
        run.items.update(**wrong)


def test_a_copy_has_a_reason_and_a_print_one_number() -> None:
    run = printed(start(make_printable(letter=False)))
    first = Printing.objects.get()
    for number, reason in ((1, ""), (2, "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Printing.objects.create(
                document=first.document,
                run=start(make_printable(letter=False)),
                number=number,
                reason=reason,
                printed_by=run.created_by,
            )
