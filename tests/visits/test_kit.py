"""Notes and photos: sent once or ten times, now or days later, each is kept once and whole."""

import io
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from certification import clock
from certification.audit.models import Event
from certification.errors import CannotDo, Stale, TransitionNotAllowed
from certification.visits import services
from certification.visits.models import SiteVisit, VisitNote, VisitPhoto
from certification.visits.services.kit import Written
from certification.visits.states import KIT_IS_OPEN, People, State, Verb
from institutions.models import User
from institutions.states import Role
from institutions.uploads import Refused
from tests.assessments.factories import make_assignment, make_case, submit
from tests.factories import make_user
from tests.visits.factories import make_photo, make_visit, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> SiteVisit:
    return make_visit(state=State.AGREED)


@pytest.fixture
def me(visit: SiteVisit) -> User:
    return visit.team.get()


def written(text: str = "Widzieliśmy salę.", **fields: Any) -> Written:
    fields.setdefault("uuid", uuid.uuid4())
    fields.setdefault("change", uuid.uuid4())
    return Written(text=text, **fields)


def changed(note: Written, text: str, **fields: Any) -> Written:
    return replace(note, text=text, change=uuid.uuid4(), **fields)


def test_a_note_sent_twice_is_one(visit: SiteVisit, me: User) -> None:
    note = written()
    first = services.save_note(visit, note, by=me)
    second = services.save_note(visit, note, by=me)
    assert (
        (first.pk, first.version) == (second.pk, second.version) == (VisitNote.objects.get().pk, 1)
    )
    assert Event.objects.filter(verb=str(Verb.NOTE)).count() == 1


def test_an_unheard_answer_loses_and_doubles_nothing(visit: SiteVisit, me: User) -> None:
    """The first save arrived, its answer did not; meanwhile more was typed."""
    first = written("Sala")
    services.save_note(visit, first, by=me)
    second = changed(first, "Sala na 40 osób", earlier={first.change})
    saved = services.save_note(visit, second, by=me)
    assert (saved.text, saved.version) == ("Sala na 40 osób", 2)


def test_what_another_device_saved_is_not_overwritten(visit: SiteVisit, me: User) -> None:
    note = written("Sala")
    services.save_note(visit, note, by=me)
    services.save_note(visit, changed(note, "Sala, telefon", version=1), by=me)
    with pytest.raises(Stale) as stale:
        services.save_note(visit, changed(note, "Sala, tablet", version=1), by=me)
    assert stale.value.current.text == "Sala, telefon"
    assert VisitNote.objects.get().text == "Sala, telefon"


def test_an_empty_note_is_not_begun_and_an_emptied_one_says_nothing(
    visit: SiteVisit, me: User
) -> None:
    services.save_note(visit, written("  "), by=me)
    assert not VisitNote.objects.exists()
    note = written(for_protocol=True)
    services.save_note(visit, note, by=me)
    services.save_note(visit, changed(note, "", version=1), by=me)
    assert list(VisitNote.objects.for_protocol(visit, of_team=True)) == []


def test_a_note_of_somebody_else_is_not_touched(visit: SiteVisit, me: User) -> None:
    note = written()
    services.save_note(visit, note, by=me)
    with pytest.raises(CannotDo):
        services.save_note(visit, changed(note, "x", version=1), by=make_user(Role.ASSESSOR))


def test_a_device_whose_clock_runs_ahead_is_not_believed(visit: SiteVisit, me: User) -> None:
    ahead = clock.now().replace(year=2090)
    saved = services.save_note(visit, written(written_at=ahead), by=me)
    assert saved.written_at <= clock.now()


@pytest.mark.parametrize("state", State)
def test_notes_change_only_while_the_kit_is_open(state: State) -> None:
    visit = make_visit(state=state)
    (me,) = visit.team.all()
    if state in KIT_IS_OPEN:
        services.save_note(visit, written(), by=me)
        return
    with pytest.raises(TransitionNotAllowed):
        services.save_note(visit, written(), by=me)
    with pytest.raises(TransitionNotAllowed):
        make_photo(visit, by=me)


# --- photos -------------------------------------------------------------------------------------


def test_a_photo_sent_twice_is_kept_once(visit: SiteVisit, me: User) -> None:
    key = uuid.uuid4()
    first, second = (make_photo(visit, by=me, key=key) for _ in range(2))
    assert first.pk == second.pk
    assert VisitPhoto.objects.count() == 1


def test_people_on_a_photo_have_agreed(visit: SiteVisit, me: User) -> None:
    with pytest.raises(CannotDo):
        make_photo(visit, by=me, people=People.CONSENTED, consent=" ")
    photo = make_photo(visit, by=me, people=People.CONSENTED, consent="Anna K., ustnie")
    assert photo.consent == "Anna K., ustnie"
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitPhoto.objects.update(consent="")


def test_a_photo_says_nothing_of_the_place_and_the_camera(visit: SiteVisit, me: User) -> None:
    hidden = Image.Exif()
    hidden[0x010F] = "Aparat"
    hidden.get_ifd(0x8825)[2] = (52.0, 13.0, 48.0)
    photo = make_photo(visit, by=me, file=picture(exif=hidden))
    with photo.file.open("rb") as file:
        kept = file.read()
    assert b"Aparat" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_what_is_no_picture_is_refused(visit: SiteVisit, me: User) -> None:
    for name, content in (("notatka.txt", b"Witam"), ("zdjecie.jpg", b"nie obraz")):
        with pytest.raises(Refused):
            make_photo(visit, by=me, file=ContentFile(content, name=name))
    assert not VisitPhoto.objects.exists()


def test_a_consent_taken_back_removes_the_picture(
    visit: SiteVisit, me: User, django_capture_on_commit_callbacks: Any
) -> None:
    photo = make_photo(visit, by=me)
    storage, name = photo.file.storage, photo.file.name
    SiteVisit.objects.filter(pk=visit.pk).update(state=State.CONFIRMED)
    with pytest.raises(CannotDo):
        services.remove_photo(photo, by=me, reason=" ")
    with django_capture_on_commit_callbacks(execute=True):
        removed = services.remove_photo(photo, by=me, reason="Cofnięta zgoda.")
    assert not storage.exists(name)
    assert (removed.remove_reason, removed.sha256) == ("Cofnięta zgoda.", photo.sha256)
    with pytest.raises(TransitionNotAllowed):
        services.remove_photo(photo, by=me, reason="Jeszcze raz.")


# --- who reads what -----------------------------------------------------------------------------


def test_each_assessor_reads_their_own_notes_until_they_have_submitted() -> None:
    case = make_case()
    first, second = make_assignment(case), make_assignment(case)
    visit = make_visit(case, State.AGREED, team=[first.assessor, second.assessor])
    office = make_user(Role.OFFICE)
    shared = services.save_note(visit, written("wspólna", for_protocol=True), by=first.assessor)
    private = services.save_note(visit, written("prywatna"), by=first.assessor)
    photo = make_photo(visit, by=first.assessor)
    everything = {shared, private}
    assert set(VisitNote.objects.visible_to(first.assessor)) == everything
    assert set(VisitNote.objects.visible_to(second.assessor)) == set()
    assert not VisitPhoto.objects.visible_to(second.assessor).exists()
    assert set(VisitNote.objects.visible_to(office)) == {shared}
    submit(second.assessment)
    assert set(VisitNote.objects.visible_to(second.assessor)) == {shared}
    assert list(VisitPhoto.objects.visible_to(second.assessor)) == [photo]
    assert not VisitNote.objects.visible_to(case.opened_by).exists()
    assert not VisitPhoto.objects.visible_to(case.opened_by).exists()


# --- the page -----------------------------------------------------------------------------------


def fields(note: Written, **more: Any) -> dict[str, Any]:
    return {
        "uuid": note.uuid,
        "text": note.text,
        "version": note.version,
        "change": note.change,
    } | more


JSON = {"Accept": "application/json"}


def test_the_page_saves_without_a_script(signed_in: Any, visit: SiteVisit, me: User) -> None:
    client = signed_in(me)
    page = client.get(reverse("visit_kit", args=[visit.pk]))
    blank = page.context["blank"].form["uuid"].value()
    data = {"uuid": blank, "version": 0, "text": "Sala na 40 osób"}
    response = client.post(reverse("kit_note", args=[visit.pk]), data)
    assert response.status_code == 302
    again = client.get(reverse("visit_kit", args=[visit.pk])).content.decode()
    assert "Sala na 40 osób" in again


def test_a_stale_page_keeps_both_texts(signed_in: Any, visit: SiteVisit, me: User) -> None:
    note = written("Sala")
    services.save_note(visit, note, by=me)
    services.save_note(visit, changed(note, "Nowsza sala", version=1), by=me)
    client, address = signed_in(me), reverse("kit_note", args=[visit.pk])
    page = client.post(address, fields(changed(note, "Moja sala", version=1)))
    assert page.status_code == 409
    assert "Nowsza sala" in page.content.decode()
    assert "Moja sala" in page.content.decode()
    told = client.post(address, fields(changed(note, "Moja sala", version=1)), headers=JSON)
    assert told.json() == {
        "state": "conflict", "version": 2, "text": "Nowsza sala", "for_protocol": False
    }  # fmt: skip


def test_a_device_is_told_in_json(signed_in: Any, visit: SiteVisit, me: User) -> None:
    client, address = signed_in(me), reverse("kit_note", args=[visit.pk])
    note = written(criterion=None)
    assert client.post(address, fields(note), headers=JSON).json() == {
        "state": "saved",
        "version": 1,
    }
    wrong = client.post(address, fields(note, criterion="Z9"), headers=JSON)
    assert (wrong.status_code, wrong.json()["state"]) == (422, "refused")
    SiteVisit.objects.filter(pk=visit.pk).update(state=State.CONFIRMED)
    late = client.post(address, fields(changed(note, "Później", version=1)), headers=JSON)
    assert (late.status_code, late.json()["state"]) == (409, "closed")


def test_notes_of_another_person_on_the_same_phone_are_not_taken(
    signed_in: Any, visit: SiteVisit, me: User
) -> None:
    """The page was kept for one assessor, and another one is signed in now."""
    address = reverse("kit_note", args=[visit.pk])
    response = signed_in(me).post(address, fields(written(), person=me.pk + 1), headers=JSON)
    assert response.status_code == 403
    assert not VisitNote.objects.exists()


def test_a_photo_comes_by_form_and_is_served_to_its_author(
    signed_in: Any, visit: SiteVisit, me: User
) -> None:
    client, address = signed_in(me), reverse("kit_photo", args=[visit.pk])
    data = {"key": uuid.uuid4(), "file": picture(), "caption": "Sala", "people": "nobody"}
    assert client.post(address, data | {"people": "consented"}).status_code == 422
    data["file"].seek(0)
    told = client.post(address, data, headers=JSON).json()
    assert told["state"] == "saved"
    shown = client.get(told["url"])
    assert shown["Content-Type"] == "image/jpeg"
    assert b"".join(shown).startswith(b"\xff\xd8")


def test_the_journal_tells_of_a_note_once_an_hour(
    visit: SiteVisit, me: User, time_machine: Any
) -> None:
    time_machine.move_to(clock.now().replace(minute=10), tick=False)
    note = written("Sala")
    services.save_note(visit, note, by=me)
    services.save_note(visit, changed(note, "Sala na 40", version=1), by=me)
    time_machine.shift(3600)
    services.save_note(visit, changed(note, "Sala na 40 osób", version=2), by=me)
    assert Event.objects.filter(verb=str(Verb.NOTE)).count() == 2


def test_the_institution_sees_a_photo_once_it_is_presented(visit: SiteVisit, me: User) -> None:
    photo = make_photo(visit, by=me)
    make_photo(visit, by=me, for_protocol=False)
    host = visit.application.opened_by
    assert not VisitPhoto.objects.visible_to(host).exists()
    SiteVisit.objects.filter(pk=visit.pk).update(state=State.PRESENTED)
    assert list(VisitPhoto.objects.visible_to(host)) == [photo]


@pytest.mark.parametrize("state", [one for one in State if one not in KIT_IS_OPEN])
def test_a_closed_kit_says_why_and_takes_nothing(signed_in: Any, state: State) -> None:
    visit = make_visit(state=state)
    page = signed_in(visit.team.get()).get(reverse("visit_kit", args=[visit.pk]))
    assert page.status_code == 200
    assert not page.context["is_open"]
    waits = state in {State.PROPOSED, State.COUNTERED, State.CANCELLED}
    assert ("Żaden termin nie jest teraz uzgodniony" in page.content.decode()) == waits
