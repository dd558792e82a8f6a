"""What comes out of a run: each document once, as it was issued, with what is wrong told."""

import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from certification import clock
from certification.applications.models import ConflictDeclaration
from certification.audit.models import Event
from certification.certificates.models import SignedCopy
from certification.documents.models import StoredDocument
from certification.documents.services import open_verified, store
from certification.errors import CannotDo
from certification.letters.models import SignedLetter
from certification.letters.states import Kind as LetterKind
from certification.printruns import working
from certification.printruns.choosing import choose
from certification.printruns.contents import gaps_of
from certification.printruns.holding import LEASE
from certification.printruns.models import Printing, PrintRun
from certification.printruns.recipients import recipients_of
from certification.printruns.services import complete_run, pause_run, resume_run
from certification.printruns.states import ItemState, Kind, State, Trouble, Verb
from institutions.models import Appointment
from institutions.states import Role
from tests.documents.sheets import text_of
from tests.factories import make_institution, make_user

from .factories import (
    make_holder,
    make_letter,
    make_printable,
    make_refusal,
    pdf_of,
    printed,
    start,
)

pytestmark = pytest.mark.django_db


def kinds(run: PrintRun) -> list[str]:
    return list(run.items.values_list("kind", flat=True))


def content(run: PrintRun) -> bytes:
    return Path(run.files.get().file.path).read_bytes()


def bound(run: PrintRun) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content(run)))


def test_each_document_begins_on_a_front() -> None:
    run = printed(start(make_printable(pages=2), make_printable(letter=False)))
    assert run.state == State.DONE
    assert kinds(run) == ["certificate", "certificate", "letter"]
    places = list(run.items.values_list("first_page", "pages"))
    assert places == [(1, 2), (3, 2), (5, 2)]
    assert len(bound(run).pages) == run.files.get().pages == 6


def test_on_one_side_no_page_is_added() -> None:
    run = printed(start(make_printable(), duplex=False))
    assert len(bound(run).pages) == 2


def test_by_recipient_what_belongs_together_stays_together() -> None:
    first, second = make_printable(), make_printable()
    run = printed(start(first, second, grouping="by_recipient", envelope="c5", labels="3x8"))
    assert run.state == State.DONE
    one = ["certificate", "letter", "envelope", "label"]
    assert kinds(run) == [*one, *one]


def test_envelopes_have_their_own_size_and_the_printers_shift() -> None:
    run = start(make_printable(letter=False), envelope="dl", duplex=False)
    PrintRun.objects.filter(pk=run.pk).update(right="2.0", down="-1.0")
    with bound(printed(run)) as pdf:
        first, second = ([float(side) for side in page.mediabox] for page in pdf.pages)
    assert first == [0, 0, 595, 842]
    left, lower, right, _upper = second
    assert (left, lower) == pytest.approx((-2 * 72 / 25.4, -1 * 72 / 25.4), abs=0.01)
    assert right - left == pytest.approx(220 * 72 / 25.4, abs=0.1)


def test_labels_go_on_from_the_first_free_one() -> None:
    holders = [make_holder() for _ in range(3)]
    certificates = [make_printable(holder, letter=False) for holder in holders]
    run = printed(start(*certificates, labels="2x4", first_label=7, with_certificates=False))
    assert run.state == State.DONE
    assert len(bound(run).pages) == 4  # two labels on the first sheet, one on the second; backs


def test_a_zip_holds_each_document_byte_by_byte() -> None:
    certificate = make_printable()
    run = printed(start(certificate, output="zip", envelope="c4", with_delivery_list=True))
    with zipfile.ZipFile(BytesIO(content(run))) as archive:
        names = archive.namelist()
        files = {name: archive.read(name) for name in names}
    number = certificate.number.replace("/", "-")
    first = f"certyfikaty/0001 Certyfikat {number} {certificate.holder_name}.pdf"
    assert names[0] == first
    assert [name.partition("/")[0] for name in names[1:3]] == ["listy", "koperty"]
    assert names[3:] == ["Lista wysyłkowa.pdf", "Lista wysyłkowa.csv", "Lista wysyłkowa.xlsx"]
    assert files[first] == open_verified(certificate.document)
    letter = certificate.letters.get().document
    assert files[names[1]] == open_verified(letter)


def test_lists_say_who_gets_what() -> None:
    holder = make_holder(edelivery="AE:PL-12345-67890-ABCDE-12")
    certificate = make_printable(holder)
    options = {"with_delivery_list": True, "with_ceremony_list": True, "ceremony": "Warszawa"}
    run = printed(start(certificate, sending="edelivery", duplex=False, **options))
    text = text_of(content(run))
    for words in (certificate.number, "CAL/LG/1/2016", "AE:PL-12345-67890-ABCDE-12", "37-450"):
        assert words in text
    assert "Lista wręczeń" in text
    assert "e-Doręczenia" in text


def test_what_is_wrong_with_one_document_does_not_stop_the_others() -> None:
    lost, homeless, nameless = make_printable(), make_printable(), make_printable()
    homeless.institution.street = ""
    homeless.institution.save()
    nameless.institution.name_forms.all().delete()
    with open(lost.document.file.path, "ab") as file:
        file.write(b"x")
    run = printed(start(lost, homeless, nameless, envelope="c5"))
    assert run.state == State.GAPS
    troubles = run.items.exclude(trouble="").values_list("kind", "certificate", "trouble")
    assert set(troubles) == {
        (Kind.CERTIFICATE, lost.pk, Trouble.TAMPERED),
        (Kind.ENVELOPE, homeless.pk, Trouble.NO_ADDRESS),
        (Kind.ENVELOPE, nameless.pk, Trouble.NO_NAME),
    }
    assert run.files.get().items.count() == 6


def test_a_file_that_is_gone_is_told() -> None:
    certificate = make_printable(letter=False)
    with open(certificate.document.file.path, "wb") as file:
        file.truncate()
    run = printed(start(certificate))
    assert run.items.get().trouble == Trouble.TAMPERED
    assert not run.files.exists()


def test_what_was_missing_comes_in_a_file_of_its_own_and_nothing_twice() -> None:
    whole, homeless = make_printable(), make_printable()
    homeless.institution.street = ""
    homeless.institution.save()
    run = printed(start(whole, homeless, labels="3x8"))
    assert run.state == State.GAPS
    homeless.institution.street = "Polna 2"
    homeless.institution.save()
    run = printed(complete_run(run, by=run.started_by))
    assert run.state == State.DONE
    first, second = run.files.all()
    assert [first.items.count(), second.items.count()] == [5, 1]
    assert second.filename == "Gala – uzupełnienie 1.pdf"
    assert set(Printing.objects.values_list("number", flat=True)) == {1}
    assert Printing.objects.count() == 4


def test_nothing_mended_leaves_the_gap_and_makes_no_file() -> None:
    homeless = make_printable(make_institution(), letter=False)
    run = printed(start(homeless, envelope="c5", with_certificates=False))
    run = printed(complete_run(run, by=run.started_by))
    assert (run.state, run.files.count()) == (State.GAPS, 0)


def test_each_print_is_logged_and_a_copy_with_its_reason() -> None:
    certificate, maker = make_printable(letter=False), make_user(Role.OFFICE)
    printed(start(certificate, by=maker))
    printed(start(certificate, by=maker, reprint_reason="zaginął na poczcie"))
    told = list(Printing.objects.values_list("document", "number", "reason", "printed_by"))
    key = certificate.document_id
    assert told == [(key, 1, "", maker.pk), (key, 2, "zaginął na poczcie", maker.pk)]
    events = Event.objects.filter(verb=Verb.PRINT).order_by("seq")
    assert [event.facts["print"] for event in events] == [1, 2]
    assert {event.subject for event in events} == {f"certificates.certificate:{certificate.pk}"}


def test_two_runs_at_once_count_a_copy() -> None:
    certificate = make_printable(letter=False)
    first, second = start(certificate), start(certificate)
    printed(first)
    numbers = Printing.objects.values_list("run", "number")
    assert sorted(numbers) == [(first.pk, 1), (second.pk, 2)]
    assert Printing.objects.get(number=2).reason != ""


def test_a_case_closed_meanwhile_stays_out_even_when_it_was_ready() -> None:
    certificate, maker = make_printable(letter=False), make_user(Role.OFFICE)
    run = start(certificate, by=maker)
    run.items.update(state=ItemState.READY)
    ConflictDeclaration.objects.create(
        application=certificate.application, user=maker, ground="family", declared_by=maker
    )
    run = printed(run)
    assert (run.state, run.items.get().trouble) == (State.GAPS, Trouble.BARRED)
    assert not run.files.exists()
    other = make_user(Role.OFFICE)
    assert printed(complete_run(run, by=other)).state == State.DONE
    assert Printing.objects.get().printed_by == other


def test_a_maker_who_left_the_office_prints_nothing_more() -> None:
    maker = make_user(Role.OFFICE)
    run = start(make_printable(letter=False), by=maker)
    Appointment.objects.filter(user=maker).update(until=clock.today() - timedelta(days=1))
    assert printed(run).items.get().trouble == Trouble.BARRED


def test_a_paused_run_takes_nothing_more_and_goes_on_where_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = start(*(make_printable(letter=False) for _ in range(3)))
    proved = working._proved

    def pausing(item: object, held: object) -> object:
        if run.items.filter(state=ItemState.READY).count() == 1:
            pause_run(run, by=run.started_by)
        return proved(item, held)

    monkeypatch.setattr(working, "_proved", pausing)
    run = printed(run)
    assert run.state == State.PAUSED
    assert run.items.filter(state=ItemState.READY).count() == 1
    monkeypatch.setattr(working, "_proved", proved)
    assert printed(run).state == State.PAUSED
    run = printed(resume_run(run, by=run.started_by))
    assert (run.state, run.files.get().items.count()) == (State.DONE, 3)


def test_a_run_is_worked_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "SLICE", 0.0)
    run = start(make_printable(letter=False))
    assert working.print_waiting(clock.now()) == ""
    held = working.claim()
    assert held is not None
    assert working._prepare(held, 0.0) == 0
    held.release()
    run.refresh_from_db()
    assert (run.state, run.holder) == (State.WORKING, "")


def test_a_run_another_worker_is_at_is_left_to_them_until_they_fall_silent() -> None:
    run = start(make_printable(letter=False))
    other = working.claim()
    assert other is not None
    assert working.claim() is None
    assert printed(run).state == State.WORKING
    later = clock.now() + LEASE + timedelta(seconds=1)
    with clock.set_to(later):
        assert printed(run).state == State.DONE
    with pytest.raises(working.Lost):
        other.settle(run.items.get(), pages=7)
    with pytest.raises(working.Lost):
        other.alive(bound=1)
    assert run.items.get().pages == 2
    assert Printing.objects.count() == 1


def test_letters_in_the_making_are_not_printed() -> None:
    certificate = make_printable(letter=False)
    make_letter(certificate)
    make_letter(certificate)
    run = printed(start(certificate))
    assert kinds(run) == ["certificate", "letter", "letter"]


MAYOR = "Szanowny Pan\nJan Burmistrzowski\nBurmistrz Miasteczka\nRynek 10\n37-400 Miasteczko"


def test_a_letter_to_somebody_else_goes_in_an_envelope_of_its_own() -> None:
    certificate = make_printable()
    kind = LetterKind.CONGRATULATIONS
    make_letter(certificate, kind=kind, recipient="Jan Burmistrzowski", addressee=MAYOR)
    assert kinds(start(certificate, envelope="c5")) == ["certificate", "letter", "envelope"]
    PrintRun.objects.update(state=State.CANCELLED, ended_at=clock.now())
    lists = {"with_delivery_list": True, "with_ceremony_list": True}
    run = start(certificate, envelope="dl", with_other_letters=True, duplex=False, **lists)
    assert kinds(run) == ["certificate", "letter", "letter", "envelope", "envelope"]
    run = printed(run)
    assert run.state == State.DONE
    rows = recipients_of(run, run.items.all())
    assert [(row.name, row.documents) for row in rows] == [
        (certificate.holder_name, (certificate.number, "CAL/LG/1/2016")),
        ("Szanowny Pan, Jan Burmistrzowski, Burmistrz Miasteczka", ("CAL/LG/2/2016",)),
    ]
    assert rows[1].address == ("Rynek 10", "37-400\u00a0Miasteczko")
    second_envelope, delivery, ceremony = PdfReader(BytesIO(content(run))).pages[4:]
    says_so = ["Burmistrzowski" in page.extract_text() for page in (second_envelope, delivery)]
    assert says_so == [True, True]
    assert "Burmistrzowski" not in ceremony.extract_text()


def test_a_letter_without_a_postcode_is_a_gap_that_says_so() -> None:
    certificate = make_printable(letter=False)
    make_letter(certificate, kind=LetterKind.PARTNER, recipient="OSP", addressee="OSP\nŁąka")
    run = printed(start(certificate, envelope="dl", with_other_letters=True))
    assert run.items.exclude(trouble="").get().trouble == Trouble.NO_STREET


def test_a_signed_copy_is_printed_instead_of_the_issued_file() -> None:
    certificate = make_printable(letter=False)
    by = certificate.issued_by
    copy = store(StoredDocument.Kind.CERTIFICATE, "Podpisany", pdf_of("x"), by=by)
    SignedCopy.objects.create(certificate=certificate, document=copy, findings={}, added_by=by)
    assert start(certificate).items.get().document == copy


def test_a_signed_letter_is_printed_instead_and_counts_as_printed() -> None:
    certificate = make_printable()
    letter, by = certificate.letters.get(), certificate.issued_by
    copy = store(StoredDocument.Kind.SIGNED, "Podpisany", pdf_of("x"), by=by)
    SignedLetter.objects.create(letter=letter, document=copy, findings={}, added_by=by)
    run = printed(start(certificate))
    assert run.items.get(kind=Kind.LETTER).document == copy
    unprinted = {"q": "", "year": "", "status": "", "voivodeship": "", "call": "", "printed": "no"}
    assert not choose(run.started_by, unprinted).exists()


def test_a_letter_of_a_refused_case_goes_to_the_institution_and_to_no_ceremony() -> None:
    certificate = make_printable(letter=False)
    refusal = make_refusal(make_holder(name="Dom Odmowny", edelivery="AE:PL-1"))
    lists = {"with_delivery_list": True, "with_ceremony_list": True, "sending": "edelivery"}
    run = start(certificate, letters=[refusal.pk], envelope="dl", labels="3x8", **lists)
    assert kinds(run) == ["certificate", "letter", "envelope", "envelope", "label", "label"]
    run = printed(run)
    assert run.state == State.DONE
    rows = recipients_of(run, run.items.all())
    told = (rows[1].name, rows[1].address, rows[1].edelivery, rows[1].documents)
    street = ("Rynek 1", f"37-450\u00a0{refusal.application.institution.town}")
    assert told == ("Dom Odmowny", street, "AE:PL-1", (refusal.number,))
    pages = [page.extract_text() for page in PdfReader(BytesIO(content(run))).pages]
    delivery = next(text for text in pages if "Lista wysyłkowa" in text)
    ceremony = next(text for text in pages if "Lista wręczeń" in text)
    assert "Dom Odmowny" in delivery
    assert "Dom Odmowny" not in ceremony
    event = Event.objects.filter(verb=Verb.PRINT).order_by("seq").last()
    assert event is not None
    assert event.subject == f"letters.commendationletter:{refusal.pk}"


def test_an_institution_without_a_street_is_a_gap_of_its_refusal_letter() -> None:
    homeless = make_refusal(make_holder(street=""))
    run = printed(start(letters=[homeless.pk], envelope="dl"))
    assert run.items.exclude(trouble="").get().trouble == Trouble.NO_ADDRESS
    (gap,) = gaps_of(run.items.all())
    institution = homeless.application.institution
    assert gap.url == reverse("institution_edit", args=[institution.pk])


def test_a_refusal_letter_of_a_closed_case_stays_out() -> None:
    refusal, maker = make_refusal(), make_user(Role.OFFICE)
    run = start(letters=[refusal.pk], by=maker)
    ConflictDeclaration.objects.create(
        application=refusal.application, user=maker, ground="family", declared_by=maker
    )
    assert printed(run).items.get().trouble == Trouble.BARRED
    assert not run.items.open_to(maker).exists()
    assert run.items.closed_to(maker).exists()
    with pytest.raises(CannotDo):
        start(letters=[refusal.pk], by=maker)


def test_an_item_is_of_a_certificate_or_of_a_letter() -> None:
    run = start(make_printable(letter=False))
    with pytest.raises(IntegrityError), transaction.atomic():
        run.items.update(certificate=None)
