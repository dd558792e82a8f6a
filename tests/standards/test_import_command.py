"""`manage.py import_standards`."""

from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from certification.standards.models import Criterion, StandardSet
from certification.standards.states import State

from .test_reading import SMALL, changed

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).parents[3] / "shared" / "domain" / "standards.yaml"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "maly.yaml"
    path.write_text(yaml.safe_dump(SMALL, allow_unicode=True), encoding="utf-8")
    return path


def run(*args: object) -> str:
    out = StringIO()
    call_command("import_standards", *map(str, args), stdout=out)
    return out.getvalue()


def test_loads_a_draft(small: Path) -> None:
    assert run(small).startswith("maly: 2 ")
    assert StandardSet.objects.get().state == State.DRAFT


def test_publishes_at_once(small: Path) -> None:
    run(small, "--publish")
    assert StandardSet.objects.get().state == State.PUBLISHED


def test_loads_our_own_catalogue_by_itself() -> None:
    run()
    assert StandardSet.objects.get().code == "cal-osl-1"


def test_draft_is_loaded_twice(small: Path) -> None:
    run(small)
    run(small)
    assert Criterion.objects.count() == 2


def test_published_set_is_refused(small: Path) -> None:
    run(small, "--publish")
    with pytest.raises(CommandError, match="maly"):
        run(small)


def test_published_set_is_left_alone_when_asked(small: Path) -> None:
    run(small, "--publish")
    assert "maly" in run(small, "--publish", "--if-missing")
    assert StandardSet.objects.count() == 1


def test_fault_is_a_command_error_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "zly.yaml"
    data = changed("areas", 0, "standards", 0, "applies_to", to=["kino"])
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(CommandError, match="A › A1: .*kino"):
        run(path)
    assert not StandardSet.objects.exists()


def test_publishing_nothing_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "pusty.yaml"
    path.write_text(yaml.safe_dump(SMALL | {"areas": []}), encoding="utf-8")
    with pytest.raises(CommandError):
        run(path, "--publish")
    assert not StandardSet.objects.exists()


@pytest.mark.skipif(not SHARED.exists(), reason="the shared catalogue is not beside this checkout")
def test_loads_the_shared_catalogue() -> None:
    assert run(SHARED).startswith("standards-0-1-draft: 54 ")
