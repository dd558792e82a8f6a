"""Pages of print runs: choosing, watching, fetching; and what is closed stays closed."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from certification import clock
from certification.applications.models import ConflictDeclaration
from certification.certificates.models import Certificate
from certification.printruns import views
from certification.printruns.models import Printer, PrintFile, PrintItem, PrintRun
from certification.printruns.services import complete_run, pause_run
from certification.printruns.states import State
from institutions.models import User
from institutions.states import Role
from tests.certificates.factories import withdraw_row
from tests.factories import make_institution, make_member, make_user

from .factories import make_holder, make_printable, make_refusal, printed, start

pytestmark = pytest.mark.django_db
CANARY = "kanarekzamkniety"
OPTIONS = {
    "title": "Gala",
    "with_certificates": "on",
    "with_letters": "on",
    "first_label": "1",
    "sending": "registered",
    "output": "pdf",
    "grouping": "by_kind",
    "order": "number",
}


@pytest.fixture
def office() -> User:
    return make_user(Role.OFFICE)


def bar(person: User, certificate: Certificate) -> None:
    ConflictDeclaration.objects.create(
        application=certificate.application, user=person, ground="family", declared_by=person
    )


def text_of(response: Any) -> str:
    body = b"".join(response) if response.streaming else response.content
    return str(body.decode(errors="replace"))


def test_ticked_certificates_start_a_run(signed_in: Any, office: User) -> None:
    chosen, other = make_printable(), make_printable()
    client = signed_in(office)
    page = text_of(client.get(reverse("print_run_start")))
    assert chosen.number in page
    assert other.number in page
    response = client.post(
        reverse("print_run_start"), {**OPTIONS, "certificate": [chosen.pk], "envelope": "c5"}
    )
    run = PrintRun.objects.get()
    assert response.headers["Location"] == run.get_absolute_url()
    assert set(run.items.values_list("certificate", flat=True)) == {chosen.pk}
    assert run.created_by == office


def test_too_many_for_boxes_are_taken_whole(
    signed_in: Any, office: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_TICKS", 1)
    first, second = make_printable(letter=False), make_printable(letter=False)
    client = signed_in(office)
    page = text_of(client.get(reverse("print_run_start")))
    assert f'value="{first.pk},{second.pk}"' in page
    found = f"{first.pk},{second.pk},x"
    client.post(reverse("print_run_start"), {**OPTIONS, "all": "1", "found": found})
    assert PrintItem.objects.count() == 2


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({}, {"plain", "far", "old"}),
        ({"year": "2016"}, {"plain", "far", "old"}),
        ({"year": "2099"}, {"plain", "far", "old"}),  # no such year: left out of the filter
        ({"voivodeship": "32"}, {"far"}),
        ({"printed": "no"}, {"plain", "far"}),
        ({"printed": "yes"}, {"old"}),
        ({"status": "withdrawn"}, {"gone"}),
        ({"q": "Szczecin"}, {"far"}),
    ],
)
def test_certificates_are_narrowed_down(
    signed_in: Any, office: User, narrowed: dict[str, str], expected: set[str]
) -> None:
    certificates = {
        "plain": make_printable(),
        "far": make_printable(make_holder(town="Szczecin", voivodeship="32")),
        "old": make_printable(letter=False),
        "gone": make_printable(),
    }
    Certificate.objects.count()
    withdraw_row(certificates["gone"], clock.today())
    printed(start(certificates["old"]))
    page = text_of(signed_in(office).get(reverse("print_run_start"), narrowed))
    shown = {name for name, one in certificates.items() if f'id="certificate-{one.pk}"' in page}
    assert shown == expected


def test_a_wrong_form_keeps_what_was_typed(signed_in: Any, office: User) -> None:
    certificate, unticked = make_printable(), make_printable()
    wrong = {**OPTIONS, "certificate": [certificate.pk], "labels": "2x4", "first_label": "9"}
    response = signed_in(office).post(reverse("print_run_start"), wrong)
    page = text_of(response)
    assert response.status_code == 422
    assert "Arkusz ma 8 etykiet" in page
    assert 'value="Gala"' in page
    assert f'id="certificate-{certificate.pk}" checked' in page
    assert f'id="certificate-{unticked.pk}" checked' not in page


def test_printed_again_needs_a_reason(signed_in: Any, office: User) -> None:
    certificate = make_printable(letter=False)
    printed(start(certificate))
    client, options = signed_in(office), {**OPTIONS, "certificate": [certificate.pk]}
    response = client.post(reverse("print_run_start"), options)
    assert response.status_code == 422
    assert "Podaj powód ponownego druku" in text_of(response)
    client.post(reverse("print_run_start"), {**options, "reprint_reason": "zaginął"})
    assert PrintRun.objects.count() == 2
    page = text_of(client.get(certificate.get_absolute_url()))
    assert "pierwszy wydruk" in page


def test_a_closed_case_is_nowhere_for_whom_it_is_closed(signed_in: Any, office: User) -> None:
    """Promise 9: in no list, file, count or text of print runs."""
    closed = make_printable(make_holder(name=f"Ośrodek {CANARY}", street=CANARY))
    other = make_printable()
    run = printed(start(closed, other, envelope="c5", labels="3x8"))
    homeless = make_printable(make_institution(name=f"Dom {CANARY}"), letter=False)
    gaps = printed(start(homeless, envelope="c5", with_certificates=False))
    bar(office, closed)
    bar(office, homeless)
    client = signed_in(office)
    mine = start(closed, other, by=office, reprint_reason="x")
    addresses = [
        reverse("print_run_list"),
        reverse("print_run_start"),
        f"{reverse('print_run_start')}?certificate={closed.pk}",
        *(
            reverse(name, args=[each.pk])
            for each in (run, gaps, mine)
            for name in ("print_run_detail", "print_run_csv", "print_run_xlsx")
        ),
        reverse("print_run_file", args=[run.pk, 1]),
        closed.get_absolute_url(),
    ]
    answers = [client.get(address) for address in addresses]
    for address, response in zip(addresses[:-1], answers[:-1], strict=True):
        assert CANARY not in text_of(response), address
    assert "Dodaj do wydruku zbiorczego" not in text_of(answers[-1])
    statuses = [response.status_code for response in answers]
    assert statuses[4:6] == [403, 403]  # the lists of a run that holds a closed case
    assert statuses[-2] == 403  # and its file
    assert client.get(reverse("print_run_csv", args=[mine.pk])).status_code == 200
    assert "2 certyfikat" in text_of(answers[1])  # said clearly how many are closed
    assert "Pomini" in text_of(client.get(mine.get_absolute_url()))


def test_the_file_goes_to_the_office_and_is_kept_by_nobody(signed_in: Any, office: User) -> None:
    run = printed(start(make_printable()))
    address = reverse("print_run_file", args=[run.pk, 1])
    response = signed_in(office).get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == 'attachment; filename="Gala.pdf"'
    assert len(b"".join(response)) == run.files.get().size
    outsider = make_member(make_holder())
    for person, status in ((outsider, 404), (make_user(Role.BOARD_MEMBER), 404)):
        assert signed_in(person).get(address).status_code == status


def test_a_removed_file_is_told_and_answers_404(signed_in: Any, office: User) -> None:
    run = printed(start(make_printable()))
    PrintFile.objects.update(file="", removed_at=clock.now())
    client = signed_in(office)
    assert client.get(reverse("print_run_file", args=[run.pk, 1])).status_code == 404
    assert "Usunięto" in text_of(client.get(run.get_absolute_url()))


def test_no_request_makes_the_file_and_the_worker_does(signed_in: Any, office: User) -> None:
    client, certificate = signed_in(office), make_printable()
    client.post(reverse("print_run_start"), {**OPTIONS, "certificate": [certificate.pk]})
    run = PrintRun.objects.get()
    for name in ("print_run_detail", "print_run_progress"):
        assert client.get(reverse(name, args=[run.pk])).status_code == 200
    address = reverse("print_run_file", args=[run.pk, 1])
    assert client.get(address).status_code == 404
    assert (run.state, run.files.count()) == (State.WAITING, 0)
    printed(run)
    assert text_of(client.get(address)).startswith("%PDF")


def test_progress_is_counted_and_told_each_tenth(signed_in: Any, office: User) -> None:
    run = start(*(make_printable(letter=False) for _ in range(5)))
    items = run.items.filter(position__lte=3)
    items.update(state="ready")
    PrintRun.objects.update(state=State.WORKING)
    client, address = signed_in(office), reverse("print_run_progress", args=[run.pk])
    page = text_of(client.get(address, {"told": "20"}))
    assert '<progress value="3" max="10"' in page
    assert "hx-swap-oob" in page
    assert "hx-swap-oob" not in text_of(client.get(address, {"told": "30"}))
    pause_run(run, by=office)
    response = client.get(address)
    assert (response.status_code, response["HX-Refresh"]) == (204, "true")
    assert client.get(reverse("print_run_list")).status_code == 200


def test_what_is_missing_says_where_it_is_mended(signed_in: Any, office: User) -> None:
    holder = make_holder(street="")
    run = printed(start(make_printable(holder), envelope="c5"))
    client = signed_in(office)
    page = text_of(client.get(run.get_absolute_url()))
    assert reverse("institution_edit", args=[holder.pk]) in page
    assert "Uzupełnij braki" in page
    response = client.post(reverse("print_run_complete", args=[run.pk]))
    assert response.status_code == 302
    assert client.post(reverse("print_run_complete", args=[run.pk])).status_code == 409


def test_the_delivery_list_holds_no_formula(signed_in: Any, office: User) -> None:
    holder = make_holder(name="=1+1", street="+48")
    run = start(make_printable(holder), envelope="c5")
    text = text_of(signed_in(office).get(reverse("print_run_csv", args=[run.pk])))
    assert ";'=1+1;'+48;" in text
    workbook = signed_in(office).get(reverse("print_run_xlsx", args=[run.pk]))
    assert workbook.content[:2] == b"PK"


def test_a_printer_is_measured(signed_in: Any, office: User) -> None:
    client = signed_in(office)
    typed = {"name": "HP, podajnik 2", "from_left": "18,5", "from_top": "21,0"}
    assert client.post(reverse("printer_create"), typed).status_code == 302
    printer = Printer.objects.get()
    assert (str(printer.right), str(printer.down)) == ("1.5", "-1.0")
    assert client.post(reverse("printer_create"), typed).status_code == 422  # the same name
    far = {**typed, "from_left": "60"}
    assert client.post(reverse("printer_edit", args=[printer.pk]), far).status_code == 422
    page = client.get(reverse("printer_calibration_page", args=[printer.pk]))
    assert page["Content-Type"] == "application/pdf"


def test_lists_cost_the_same_for_one_and_for_three(
    signed_in: Any, office: User, django_assert_num_queries: Any
) -> None:
    client = signed_in(office)
    start(make_printable(letter=False))
    client.get(reverse("print_run_list"))
    with django_assert_num_queries(6):
        client.get(reverse("print_run_list"))
    for _ in range(2):
        start(make_printable(letter=False))
    with django_assert_num_queries(6):
        client.get(reverse("print_run_list"))


def test_old_files_go_and_their_documents_can_be_printed_again(office: User) -> None:
    from certification.printruns.keeping import remove_old

    run = printed(start(make_printable(letter=False), by=office))
    name = run.files.get().file.name
    storage = run.files.get().file.storage
    assert remove_old(clock.now() + timedelta(days=13)) == ""
    assert remove_old(clock.now() + timedelta(days=15)) != ""
    assert not storage.exists(name)
    file = run.files.get()
    assert (file.file.name, file.removed_at is not None) == ("", True)


def test_made_up_by_another_person(signed_in: Any, office: User) -> None:
    holder = make_holder(street="")
    run = printed(start(make_printable(holder), envelope="c5"))
    complete_run(run, by=office)
    page = text_of(signed_in(office).get(run.get_absolute_url()))
    assert "Kontynuuje" in page


def test_letters_of_refused_cases_are_offered_unticked_and_printed(
    signed_in: Any, office: User
) -> None:
    refusal, closed = make_refusal(), make_refusal(make_holder(name=f"Dom {CANARY}"))
    ConflictDeclaration.objects.create(
        application=closed.application, user=office, ground="family", declared_by=office
    )
    client, address = signed_in(office), reverse("print_run_start")
    page = text_of(client.get(address))
    assert f'id="letter-{refusal.pk}">' in page
    assert CANARY not in page
    client.post(address, {**OPTIONS, "letter": [refusal.pk, closed.pk]})
    run = printed(PrintRun.objects.get())
    assert [item.letter for item in run.items.all()] == [refusal]
    told = text_of(client.get(run.get_absolute_url()))
    assert refusal.get_absolute_url() in told
    for asked, shown in (("printed=no", False), ("printed=yes", True), ("status=valid", False)):
        listed = f'id="letter-{refusal.pk}"' in text_of(client.get(f"{address}?{asked}"))
        assert listed is shown


def test_more_letters_than_are_listed_are_told_of(
    signed_in: Any, office: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_refusal()
    newest = make_refusal()
    client, address = signed_in(office), reverse("print_run_start")
    assert "Widać najnowsze" not in text_of(client.get(address))
    monkeypatch.setattr(views, "MOST_TICKS", 1)
    page = client.get(address)
    assert page.context["letters"] == [newest]
    assert "Widać najnowsze (1)" in text_of(page)
