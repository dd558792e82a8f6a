"""Whatever becomes of the criteria, no earlier answer is lost."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certification.applications.places import NOWHERE
from certification.applications.renewal.carrying import Said, carry, left_over, said_in
from certification.standards.descent import Kind, Lineage
from certification.standards.models import Criterion, RatingLevel

OLD = [Criterion(pk=pk, code=f"A{pk}", text_pl=f"Stare {pk}") for pk in range(1, 6)]
NEW = [Criterion(pk=pk, code=f"N{pk}", text_pl=f"Nowe {pk}") for pk in range(11, 17)]
# which old criteria each new one comes from: any number, none included
MAPPINGS = st.fixed_dictionaries(
    {new.pk: st.lists(st.sampled_from(OLD), unique_by=lambda each: each.pk) for new in NEW}
)
TEXTS = st.text(min_size=0, max_size=40)
PIECES = st.lists(st.integers(1, 4), unique=True, max_size=3)


def said(criterion: Criterion, text: str = "Tak.", rating: int | None = 2, *pieces: int) -> Said:
    records = tuple({"id": pk, "place": NOWHERE} for pk in pieces)
    return Said(criterion, text, rating, "spełnione" if rating is not None else "", records)


def lineage_of(parents: dict[int, list[Criterion]]) -> Lineage:
    return Lineage(old=OLD, new=NEW, parents={new.pk: parents.get(new.pk, []) for new in NEW})


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
@given(
    parents=MAPPINGS,
    texts=st.lists(TEXTS, min_size=5, max_size=5),
    asked=st.sets(st.integers(0, 5)),
)
def test_every_word_is_carried_or_left_over(parents, texts, asked):
    earlier = {old.pk: said(old, text) for old, text in zip(OLD, texts, strict=True)}

    carries = carry(earlier, lineage_of(parents), [NEW[place] for place in sorted(asked)])
    rest = left_over(earlier, carries)

    for pk, one in earlier.items():
        heirs = [NEW[place].pk for place in asked if one.criterion in parents[NEW[place].pk]]
        carried = [each for each in carries if each.criterion.pk in heirs]
        assert len(carried) == len(heirs)
        assert all(one.text.strip() in each.text for each in carried)
        assert (one in rest) == (not heirs and not one.is_empty)
        assert pk in {each.criterion.pk for each in rest} or carried or one.is_empty


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(parents=MAPPINGS, cited=st.lists(PIECES, min_size=5, max_size=5))
def test_every_piece_of_evidence_goes_with_its_answer(parents, cited):
    earlier = {old.pk: said(old, "Tak.", 2, *ids) for old, ids in zip(OLD, cited, strict=True)}

    for each in carry(earlier, lineage_of(parents), NEW):
        wanted = {pk for old in parents[each.criterion.pk] for pk in cited[OLD.index(old)]}
        assert {piece["id"] for piece in each.pieces} == wanted
        assert len(each.pieces) == len(wanted)


def test_a_single_answer_is_copied_as_it_is():
    [each] = carry({1: said(OLD[0], "Słowo w słowo.")}, lineage_of({11: [OLD[0]]}), NEW[:1])
    assert (each.text, each.how) == ("Słowo w słowo.", Kind.CHANGED)


def test_joined_answers_stand_under_what_they_answered():
    earlier = {1: said(OLD[0], "Pierwsza."), 2: said(OLD[1], "Druga.")}

    [each] = carry(earlier, lineage_of({11: OLD[:2]}), NEW[:1])

    assert each.text == "**A1. Stare 1**\n\nPierwsza.\n\n**A2. Stare 2**\n\nDruga."
    assert each.how == Kind.MERGED


def test_self_rating_stays_where_all_agree():
    met = RatingLevel(pk=1, value=2, name_pl="spełnione")
    levels = {(2, "spełnione"): met}
    agreeing = {1: said(OLD[0]), 2: said(OLD[1])}
    differing = {1: said(OLD[0]), 2: said(OLD[1], "Nie.", 1)}
    mapping = lineage_of({11: OLD[:2]})

    assert [each.rating_among(levels) for each in carry(agreeing, mapping, NEW[:1])] == [met]
    assert [each.rating_among(levels) for each in carry(differing, mapping, NEW[:1])] == [None]
    assert [each.rating_among({}) for each in carry(agreeing, mapping, NEW[:1])] == [None]


def test_an_empty_answer_is_not_left_over():
    record = {"text": " ", "self_rating": None, "self_rating_name": "", "evidence": []}
    records = [record | {"criterion": "A1"}, record | {"criterion": "A2", "text": "Coś."}]
    earlier = said_in({"answers": records}, OLD)
    assert [said.criterion.code for said in left_over(earlier, [])] == ["A2"]
