"""Places in the evidence: kept, numbered, shown with the rating they belong to."""

import pytest
from django.db import IntegrityError, transaction

from certification.applications.models import Citation
from certification.assessments import services
from certification.assessments.desk import Desk
from certification.assessments.marks.forms import MarkForm
from certification.assessments.marks.texts import linked, marks_of, numbers_in, spelled_out
from certification.assessments.models import EvidenceMark
from certification.assessments.states import Verb
from certification.audit.models import Event
from certification.errors import CannotDo, TransitionNotAllowed
from institutions.reading.passages import Passage
from institutions.states import Role
from institutions.viewing.spots import Region, Spot
from tests.assessments.factories import criterion, make_assessment, make_case, rate_all, submit
from tests.factories import make_evidence, make_institution, make_user
from tests.institutions.documents import pdf
from tests.institutions.hostile_files import mp3
from tests.institutions.kept import keep

pytestmark = pytest.mark.django_db

WORDS = Spot(page=2, passage=Passage("rada osiedla", "przed", "po"))


@pytest.fixture
def case():
    return make_case()


@pytest.fixture
def assessment(case):
    return make_assessment(case)


@pytest.fixture
def paper(case):
    """A PDF of two pages, cited in A1.1."""
    revision = keep(case.institution, "pdf", pdf("pierwsza", "rada osiedla"), title="Statut")
    answer = case.answers.get(criterion__code="A1.1")
    Citation.objects.create(answer=answer, revision=revision, added_by=revision.added_by)
    return revision


def mark(assessment, revision, spot=WORDS, code="A1.1"):
    return services.mark_evidence(
        assessment,
        criterion(assessment.application, code),
        revision,
        by=assessment.assignment.assessor,
        spot=spot,
    )


def verbs(case):
    return list(Event.objects.filter(verb__contains="mark").values_list("verb", flat=True))


# --- kept ------------------------------------------------------------


def test_marks_are_numbered_by_criterion_and_assessor(case, assessment, paper):
    another = make_assessment(case)
    assert [
        mark(assessment, paper).number,
        mark(assessment, paper, Spot(page=1)).number,
        mark(assessment, paper, code="A1.2").number,
        mark(another, paper).number,
    ] == [1, 2, 1, 1]
    assert verbs(case) == [Verb.MARK] * 4


def test_the_same_place_is_kept_once(case, assessment, paper):
    region = Spot(page=1, region=Region(0.1, 0.1, 0.5, 0.25))
    first = [mark(assessment, paper, spot) for spot in (WORDS, region, Spot(page=1))]
    again = [mark(assessment, paper, spot) for spot in (WORDS, region, Spot(page=1))]
    assert first == again
    assert len(verbs(case)) == 3


def test_mark_gives_back_its_place(assessment, paper):
    spots = [
        WORDS,
        Spot(page=1, region=Region(0.1, 0.1, 0.5, 0.25)),
        Spot(second=30, second_to=45),
        Spot(),
    ]
    kept = [mark(assessment, paper, spot) for spot in spots]
    assert [EvidenceMark.objects.get(pk=each.pk).spot for each in kept] == spots
    assert [each.source for each in kept] == [
        "Statut, s. 2",
        "Statut, s. 1",
        "Statut, 0:30–0:45",
        "Statut",
    ]


def test_evidence_of_another_case_is_refused(assessment):
    foreign = make_evidence(make_institution())
    with pytest.raises(CannotDo):
        mark(assessment, foreign)
    assert not EvidenceMark.objects.exists()


def test_a_hundredth_place_is_refused(assessment, paper):
    mark(assessment, paper)
    EvidenceMark.objects.update(number=99)
    with pytest.raises(CannotDo):
        mark(assessment, paper, Spot(page=1))


def test_submitted_marks_stand(case, assessment, paper):
    kept = mark(assessment, paper)
    submit(assessment)
    with pytest.raises(TransitionNotAllowed):
        mark(assessment, paper, Spot(page=1))
    with pytest.raises(TransitionNotAllowed):
        services.remove_mark(kept, by=assessment.assignment.assessor)
    for change in (
        lambda: EvidenceMark.objects.update(page=1),
        lambda: EvidenceMark.objects.all().delete(),
        lambda: EvidenceMark.objects.create(
            assessment=assessment, criterion=kept.criterion, number=2, revision=paper
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    "wrong",
    [
        {"left": 0.1},
        {"left": 0.1, "top": 0.1, "width": 0.1, "height": 0.1, "quote": "x"},
        {"left": -0.1, "top": 0.1, "width": 0.1, "height": 0.1},
        {"page": 1, "second": 1},
        {"second_to": 5},
        {"second": 5, "second_to": 5},
    ],
)
def test_a_place_is_one_thing(assessment, paper, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenceMark.objects.create(
            assessment=assessment,
            criterion=criterion(assessment.application, "A1.1"),
            number=1,
            revision=paper,
            **wrong,
        )


def test_one_number_stands_once(assessment, paper):
    kept = mark(assessment, paper)
    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenceMark.objects.create(
            assessment=assessment, criterion=kept.criterion, number=1, revision=paper
        )


# --- removed ------------------------------------------------------------


def test_mark_goes_while_no_text_points_at_it(case, assessment, paper):
    rate_all(assessment, strengths="Widać to [1].", private_note="i [3]")
    kept = [mark(assessment, paper, Spot(page=page)) for page in (1, 2, 3)]
    by = assessment.assignment.assessor
    for held in (kept[0], kept[2]):
        with pytest.raises(CannotDo, match=rf"\[{held.number}\]"):
            services.remove_mark(held, by=by)
    services.remove_mark(kept[1], by=by)
    assert [each.number for each in EvidenceMark.objects.all()] == [1, 3]
    assert verbs(case)[-1] == Verb.UNMARK
    assert mark(assessment, paper, Spot(page=2)).number == 4


# --- who reads it ------------------------------------------------------------


def test_marks_are_read_with_their_rating(case, assessment, paper):
    other, office, chair = (
        make_assessment(case),
        make_user(Role.OFFICE),
        make_user(Role.COMMITTEE_CHAIR),
    )
    mine, theirs = assessment.assignment.assessor, other.assignment.assessor

    def seen(user):
        return {each.assessment_id for each in EvidenceMark.objects.visible_to(user)}

    for each in (assessment, other):
        mark(each, paper)
        rate_all(each)
    assert [seen(user) for user in (mine, theirs, office, chair)] == [
        {assessment.pk},
        {other.pk},
        set(),
        set(),
    ]
    services.submit_assessment(other, by=theirs)
    assert seen(mine) == {assessment.pk}  # still judging
    assert seen(office) == set()
    services.submit_assessment(assessment, by=mine)
    both = {assessment.pk, other.pk}
    assert [seen(user) for user in (mine, theirs, office)] == [both] * 3
    assert seen(chair) == set()
    for signer in (mine, theirs):
        services.sign_card(case.card, by=signer, expected_version=case.card.version)
    assert seen(chair) == both
    assert seen(make_user(Role.ASSESSOR)) == set()
    assert seen(case.opened_by) == set()


# --- in texts ------------------------------------------------------------


def test_desk_knows_the_evidence_of_each_place(case, assessment, paper, django_assert_num_queries):
    """Of what is still cited without asking for it, and of what no longer is."""
    mark(assessment, paper)
    desk = Desk(assessment, criterion(case, "A1.1"))
    assert len(desk.citations) == 1
    with django_assert_num_queries(1):
        assert desk.marks[1].source == "Statut, s. 2"
    Citation.objects.filter(revision=paper).delete()
    desk = Desk(assessment, criterion(case, "A1.1"))
    assert desk.citations == []
    assert desk.marks[1].source == "Statut, s. 2"


def test_numbers_in_texts():
    assert numbers_in("[1] i [12], [1]", "[3]", "[x] [] [123] 4") == {1, 12, 3}


def test_text_links_to_places_and_escapes_the_rest(assessment, paper):
    kept = mark(assessment, paper)
    marks = marks_of([assessment])[assessment.pk, kept.criterion_id]
    html = linked("<b> [1] [2]", marks)
    assert html == (
        f'&lt;b&gt; <a class="mark-link" href="{kept.get_absolute_url()}" '
        f'title="Statut, s. 2: „rada osiedla”" data-mark-link="{paper.pk}">[1]'
        '<span class="visually-hidden"> Statut, s. 2</span></a> [2]'
    )
    assert linked("[1]", {}) == "[1]"


def test_text_without_links_tells_the_place(assessment, paper):
    kept = mark(assessment, paper)
    assert spelled_out("Rada działa [1] [2].", {1: kept}) == "Rada działa (Statut, s. 2) [2]."


def test_marks_of_many_assessments_take_one_query(
    case, assessment, paper, django_assert_num_queries
):
    another = make_assessment(case)
    for each in (assessment, another):
        mark(each, paper)
        mark(each, paper, Spot(page=1))
    with django_assert_num_queries(1):
        found = marks_of([assessment, another])
        assert [linked("[1] [2]", marks).count("<a ") for marks in found.values()] == [2, 2]


# --- typed ------------------------------------------------------------


def typed(revision, **fields):
    return MarkForm({key: str(value) for key, value in fields.items()}, revision=revision)


def test_form_asks_what_makes_sense(case, paper):
    film = keep(case.institution, "mp3", mp3(10))
    note = make_evidence(case.institution)
    visible = [
        [field.name for field in typed(revision).visible_fields()]
        for revision in (paper, film, note)
    ]
    assert visible == [
        ["page", "quote", "left", "top", "width", "height"],
        ["quote", "start", "end"],
        ["quote"],
    ]


def test_form_understands_a_place(case, paper):
    film = keep(case.institution, "mp3", mp3(10))
    quote = typed(paper, page=2, quote=" rada \r\n osiedla ", before="a" * 99, after="b" * 99)
    part = typed(paper, page=1, left="10,5", top="20", width="95", height="5")
    time = typed(film, start="1:05", end="2:00")
    assert [form.is_valid() for form in (quote, part, time)] == [True] * 3
    assert quote.spot == Spot(2, passage=Passage("rada osiedla", "a" * 60, "b" * 60))
    assert part.spot == Spot(1, region=Region(0.105, 0.2, 0.895, 0.05))
    assert time.spot == Spot(second=65, second_to=120)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"quote": "x"}, "page"),
        ({"page": 0}, "page"),
        ({"page": 1, "left": 10}, "left"),
        ({"page": 1, "left": 10, "top": 10, "width": 0.1, "height": 10}, "width"),
        ({"page": 1, "left": 101, "top": 10, "width": 10, "height": 10}, "left"),
        ({"page": 1, "quote": "x", "left": 1, "top": 1, "width": 9, "height": 9}, "quote"),
    ],
)
def test_form_says_what_is_wrong(paper, fields, wrong):
    assert list(typed(paper, **fields).errors) == [wrong]


@pytest.mark.parametrize("times", [("", "1:00"), ("5", ""), ("2:00", "1:00"), ("1:75", "")])
def test_form_says_what_is_wrong_with_a_time(case, times):
    film = keep(case.institution, "mp3", mp3(10))
    assert list(typed(film, start=times[0], end=times[1]).errors) == ["start"]
