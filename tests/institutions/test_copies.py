"""Documents of a storage elsewhere: fetched once, checked, kept within bounds, gone in time."""

import os
import stat
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from certification import chores, clock
from certification.sandbox import on_disk
from institutions import copies
from institutions.copies import at_hand, remove_old_copies
from institutions.models import EvidenceRevision, Institution
from institutions.services.deleting import delete_evidence
from tests.factories import make_institution, make_member
from tests.institutions.documents import pdf
from tests.institutions.elsewhere import STORAGE, fetched
from tests.institutions.kept import keep

pytestmark = pytest.mark.django_db

PDF = pdf("jeden", "dwa", "trzy")


@pytest.fixture(autouse=True)
def elsewhere(settings: Any) -> None:
    settings.STORAGES = settings.STORAGES | {"default": STORAGE}
    fetched.clear()


@pytest.fixture
def kept(institution: Institution) -> Callable[..., EvidenceRevision]:
    return lambda data=PDF: keep(institution, "pdf", data)


@pytest.fixture
def reader(institution: Institution, signed_in: Any) -> Client:
    return signed_in(make_member(institution))


def folder() -> Path:
    return Path(copies.settings.COPIES_ROOT)


def copied() -> list[str]:
    return sorted(path.stem for path in folder().glob("*.c*"))


def read(revision: EvidenceRevision) -> bytes:
    with at_hand(revision.file, revision.sha256) as file:
        return file.read()


def not_looked_at(revision: EvidenceRevision, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(folder() / f"{revision.sha256}.copy", (then, then))


def test_document_is_fetched_once_for_all_its_pages(
    kept: Callable[..., EvidenceRevision], reader: Client
) -> None:
    revision = kept()
    address = reverse("revision_view", args=[revision.pk])
    for number, words in ((1, "jeden"), (2, "dwa"), (3, "trzy")):
        page = reader.get(address, {"strona": number, "szukaj": "dwa"})
        assert words in page.content.decode()
        drawn = reader.get(reverse("revision_page", args=[revision.pk, number]))
        assert drawn.status_code == 200
    assert sum(fetched) == len(PDF)


def test_copy_is_for_those_who_may_see_the_document(
    kept: Callable[..., EvidenceRevision], signed_in: Any
) -> None:
    revision = kept()
    read(revision)
    outsider = signed_in(make_member(make_institution()))
    for name, given in (("revision_view", []), ("revision_page", [1])):
        assert outsider.get(reverse(name, args=[revision.pk, *given])).status_code == 404


def test_copy_is_for_the_program_alone(kept: Callable[..., EvidenceRevision]) -> None:
    read(kept())
    assert stat.S_IMODE(folder().stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder().iterdir()} == {0o600}


def test_programs_read_the_copy_itself(kept: Callable[..., EvidenceRevision]) -> None:
    revision = kept()
    for _time in range(2):
        with at_hand(revision.file, revision.sha256) as file, on_disk(file) as path:
            assert Path(path).parent == folder()


def test_changed_file_is_neither_shown_nor_kept(
    kept: Callable[..., EvidenceRevision], reader: Client
) -> None:
    revision = kept()
    storage, name = revision.file.storage, revision.file.name
    storage.delete(name)
    storage.save(name, ContentFile(pdf("podmieniony")))
    page = reader.get(reverse("revision_view", args=[revision.pk])).content.decode()
    assert "nie możemy znaleźć tego pliku" in page
    assert copied() == []


def test_least_looked_at_goes_first(kept: Callable[..., EvidenceRevision], settings: Any) -> None:
    first, second, third = (kept(pdf(word)) for word in ("raz", "dwa", "trzy"))
    settings.COPIES_MAX_BYTES = first.size * 5 // 2
    for age, revision in ((500, first), (400, second)):
        read(revision)
        not_looked_at(revision, age)
    read(first)
    read(third)
    assert copied() == sorted([first.sha256, third.sha256])


def test_what_is_in_use_stays_and_the_rest_is_read_all_the_same(
    kept: Callable[..., EvidenceRevision], settings: Any
) -> None:
    first, second = kept(), kept(other := pdf("dwa"))
    settings.COPIES_MAX_BYTES = first.size
    read(first)
    assert read(second) == other
    assert copied() == [first.sha256]


def test_nothing_is_kept_without_room(kept: Callable[..., EvidenceRevision], settings: Any) -> None:
    settings.COPIES_MAX_BYTES = 0
    assert read(kept()) == PDF
    assert copied() == []


def test_many_at_once_fetch_it_once(kept: Callable[..., EvidenceRevision]) -> None:
    revision = kept()
    threads = [Thread(target=read, args=[revision]) for _number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(fetched) == len(PDF)


def test_deleted_document_leaves_no_copy(
    kept: Callable[..., EvidenceRevision], django_capture_on_commit_callbacks: Any
) -> None:
    revision = kept()
    read(revision)
    with django_capture_on_commit_callbacks(execute=True):
        delete_evidence(revision.evidence, by=revision.added_by)
    assert copied() == []


def test_chore_removes_what_nobody_looks_at(kept: Callable[..., EvidenceRevision]) -> None:
    old, new = kept(pdf("raz")), kept(pdf("dwa"))
    for revision in (old, new):
        read(revision)
    not_looked_at(old, copies.KEPT_FOR + 60)
    left = folder() / "abc.coming"  # by a process that was killed
    left.touch()
    os.utime(left, (0, 0))
    assert remove_old_copies(clock.now()) == "usunięto 2 kopie dokumentów"
    assert copied() == [new.sha256]
    assert remove_old_copies(clock.now()) == ""
    assert remove_old_copies(clock.now() + timedelta(days=2)) == "usunięto 1 kopię dokumentu"
    assert "institutions.remove_old_copies" in {chore.name for chore in chores.registered()}
