"""The demonstration: told whole, told once, and saying nothing bad of anybody real."""

from io import StringIO
from itertools import combinations
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from certification.applications.models import Application
from certification.applications.states import State
from certification.assessments.models import CalibrationRound
from certification.audit.models import Event
from certification.audit.services import faults
from certification.certificates.models import Certificate, Charges, EarlierAward, SignedCopy
from certification.demo.awards import read_awards
from certification.demo.cases import CASES, FIRST_ISSUED, STALOWA_WOLA
from certification.demo.papers import _tables
from certification.demo.story import texts
from certification.letters.models import CommendationLetter
from certification.printruns.models import PrintRun
from certification.standards.comparing import compare
from certification.standards.descent import Kind, undecided
from certification.standards.models import Criterion, StandardSet
from certification.visits.models import ProtocolClosing, SiteVisit
from certification.visits.states import Closing
from institutions.models import EvidenceRevision, Institution, Membership, User
from institutions.states import MemberRole

REAL = {award.institution for award in read_awards()}


@pytest.mark.django_db
def test_demo_refuses_where_passwords_must_be_secret(settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError):
        call_command("demo")
    assert User.objects.count() == 0


def test_demo_invents_every_institution_it_tells_stories_of() -> None:
    assert REAL & {case.host.name for case in CASES} == set()
    assert {STALOWA_WOLA} <= REAL


@pytest.mark.parametrize("seed", range(50))
def test_drawn_tables_stand_apart_and_within_the_room(seed: int) -> None:
    # with its chairs a table reaches 28 to the left and above, 98 to the right and below
    boxes = [(x - 28, y - 28, x + 98, y + 98) for x, y in _tables(Random(seed))]  # noqa: S311
    assert all(
        a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1] for a, b in combinations(boxes, 2)
    )
    assert all(x > 335 and y > 68 and x2 < 800 and y2 < 532 for x, y, x2, y2 in boxes)


@pytest.mark.django_db
def test_demo_tells_the_whole_story_once(settings: Any) -> None:
    settings.DEBUG = True
    out = StringIO()
    call_command("demo", stdout=out)

    # a case in every state there is
    states = set(Application.objects.values_list("state", flat=True))
    assert states == set(State.values)
    # the real one: certified in 2016 with a letter, its renewal under assessment
    stalowa_wola = Institution.objects.get(name=STALOWA_WOLA)
    first, renewal = stalowa_wola.applications.order_by("opened_at")
    assert (first.state, renewal.state, renewal.renews) == (
        State.CERTIFIED,
        State.ASSESSMENT,
        first,
    )
    certificate = Certificate.objects.get(institution=stalowa_wola)
    assert (certificate.number, certificate.issued_on) == ("CAL/OSL/1/2016", FIRST_ISSUED)
    assert CommendationLetter.objects.get(certificate=certificate).number == "CAL/LG/1/2016"
    # nothing unfavourable of anybody real
    unfavourable = Application.objects.filter(state__in=[State.REFUSED, State.WITHDRAWN])
    assert set(unfavourable.values_list("institution__name", flat=True)) & REAL == set()
    withdrawn = Certificate.objects.filter(charges__withdrawal__isnull=False)
    assert set(withdrawn.values_list("institution__name", flat=True)) & REAL == set()
    # a holder charged, one that appealed and waits for the Board, one that did not appeal
    assert sorted(each.state for each in Charges.objects.with_outcome()) == [
        "charged",
        "withdrawn",
        "withdrawn",
    ]
    assert Charges.objects.appealed().count() == 1
    assert EarlierAward.objects.count() == len(
        [award for award in read_awards() if award.institution != STALOWA_WOLA]
    )
    # every criterion has its text, every file its content, the journal is whole
    current = StandardSet.objects.current()
    assert set(Criterion.objects.of_set(current).values_list("code", flat=True)) == set(texts())
    assert all(each.file.size for each in EvidenceRevision.objects.exclude(file=""))
    assert list(faults()) == []
    # the draft of the next edition shows every kind of change, and one decision to make
    draft = StandardSet.objects.get(code="cal-osl-2")
    assert {kind for kind, _count in compare(current, draft).counts} == set(Kind)
    assert [old.code for old in undecided(draft)] == ["D4.1"]
    assert "biuro@demo.cal.example" in out.getvalue()
    # visits before, and one whose protocol both sides confirmed; calibrations closed and open
    rounds = CalibrationRound.objects.order_by("opened_at")
    assert [each.stage for each in rounds] == ["closed", "open"]
    visits = SiteVisit.objects.values_list("state", flat=True)
    assert sorted(visits) == ["agreed", "confirmed", "proposed"]
    closing = ProtocolClosing.objects.get()
    assert (closing.outcome, closing.protocol.remarks.count()) == (Closing.CONFIRMED, 1)
    assert {each.role for each in Membership.objects.all()} == set(MemberRole)

    # one certificate in the modern design, one with a signature added
    assert Certificate.objects.filter(design="modern").count() == 1
    (signature,) = SignedCopy.objects.get().findings["signatures"]
    assert signature["signer"] == SignedCopy.objects.get().added_by.full_name

    # print runs: one ready, one that waits for an address nobody knows
    assert list(PrintRun.objects.order_by("pk").values_list("state", flat=True)) == ["done", "gaps"]

    # told again, it adds nothing
    before = Event.objects.count(), User.objects.count(), EvidenceRevision.objects.count()
    call_command("demo", stdout=StringIO())
    after = Event.objects.count(), User.objects.count(), EvidenceRevision.objects.count()
    assert after == before
