"""An assessor at work: ratings, marks, spreadsheets and consolidated cards."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from certification.applications.models import Citation
from certification.applications.states import State
from certification.assessments.export.reading import Reading, Row
from certification.assessments.models import Assessment, RatingsDraft
from certification.assessments.services import ask_third, mark_evidence, sign_card
from institutions.reading.passages import Passage
from institutions.viewing.spots import Spot
from tests.assessments.factories import make_assignment, make_card, rate_all
from tests.assessments.factories import submit as hand_in
from tests.browser.hands import hears_nothing, lead_on
from tests.browser.visit import Visit, at, button_of, press
from tests.factories import make_institution
from tests.institutions import documents
from tests.institutions.kept import keep

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    case = house.case(
        State.ASSESSMENT,
        institution=make_institution(name=house.institution.name, town="Ostrowiec"),
    )
    house.cite(case)
    assessor = house.assessor
    bench = make_assignment(case, assessor).assessment
    yield Visit(assessor, at("cited_view", case.pk, house.evidence.latest.pk))
    yield Visit(assessor, at("panel"))
    yield Visit(assessor, at("assessment_list"))
    yield Visit(assessor, at("assessment_list", query="?widok=zakonczone"))
    yield Visit(assessor, at("assessment_detail", bench.pk))
    yield Visit(assessor, at("assessment_submit", bench.pk))
    yield Visit(assessor, at("completion_propose", bench.pk, "A1.1"))
    yield from _of_marks(house, bench)
    yield Visit(assessor, at("assignment_hand_back", bench.assignment_id), press("Zwróć"))
    yield Visit(assessor, at("assessment_detail", bench.pk), _chooses_between_ratings)
    yield Visit(assessor, at("assessment_detail", bench.pk), _lists_the_keys)
    rate_all(make_assignment(case).assessment)
    bench.ratings.all().delete()
    rate_all(bench)
    yield Visit(assessor, at("assessment_submit", bench.pk))
    yield from _spreadsheets(house, bench)
    hand_in(bench)
    yield Visit(assessor, at("assessment_detail", bench.pk))
    yield Visit(assessor, at("assessment_files", bench.pk))
    yield from _cards(house)


def _chooses_between_ratings(page: Page) -> None:
    hears_nothing(page)
    other = page.context.new_page()
    other.goto(page.url)
    for tab, words in ((other, "Tekst drugiej karty"), (page, "Moje słowa")):
        tab.get_by_role("textbox", name="Mocne strony").fill(words)
        expect(tab.locator("[data-save-state]")).to_have_attribute(
            "data-state", "saved" if tab is other else "conflict"
        )
    other.close()
    expect(page.get_by_role("button", name="Weź tekst zapisany")).to_be_visible()


def _lists_the_keys(page: Page) -> None:
    page.get_by_role("button", name="Skróty klawiaturowe").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _of_marks(house: Ground, bench: Assessment) -> Iterator[Visit]:
    """Places cited in a paper, by a form and by a frame drawn over the page."""
    case, assessor = bench.application, house.assessor
    statute = keep(case.institution, "pdf", documents.pdf("Statut domu kultury"), title="Statut")
    answer = case.answers.get(criterion__code="A1.1")
    Citation.objects.create(answer=answer, revision=statute, added_by=statute.added_by)
    cite = at("evidence_cite", bench.pk, "A1.1", statute.pk)
    yield Visit(assessor, cite)
    yield Visit(assessor, cite, _misquotes)
    yield Visit(assessor, cite, _frames_a_part)
    spot = Spot(1, passage=Passage("Statut domu"))
    mark_evidence(bench, answer.criterion, statute, by=assessor, spot=spot)
    yield Visit(assessor, at("mark_view", bench.pk, "A1.1", 1))
    yield Visit(assessor, at("assessment_detail", bench.pk, query="?kryterium=A1.1"))


def _frames_a_part(page: Page) -> None:
    button_of(page, "Zaznacz część").click()
    expect(page.get_by_role("group", name="Część strony do przywołania")).to_be_focused()


def _misquotes(page: Page) -> None:
    page.get_by_label("Fragment").fill("czego tam nie ma")
    lead_on(page.get_by_role("button", name="Przywołaj", exact=True))


def _spreadsheets(house: Ground, bench: Assessment) -> Iterator[Visit]:
    """A card is taken away, and comes back with something new, stale and wrong in it."""
    yield Visit(house.assessor, at("assessment_files", bench.pk))
    look = press("Pokaż, co jest w pliku")
    yield Visit(house.assessor, at("assessment_files", bench.pk), look)
    rows = [
        Row(2, {"code": "A1.1", "level": "2", "strengths": "Z pliku.", "version": "1"}),
        Row(3, {"code": "A1.2", "level": "1", "strengths": "Z pliku.", "version": "7"}),
        Row(4, {"code": "Z9.9", "level": "1"}),
    ]
    draft = RatingsDraft.objects.create(
        assessment=bench, filename="karta.xlsx", content=Reading(rows).packed()
    )
    yield Visit(house.assessor, at("ratings_import", bench.pk, draft.pk))
    write = press("Zapisz na karcie")
    yield Visit(house.assessor, at("ratings_import", bench.pk, draft.pk), write)


def _cards(house: Ground) -> Iterator[Visit]:
    card = make_card(second={"A1_2": 0})
    settler = card.application.assignments.order_by("pk")[0].assessor
    yield Visit(settler, at("card_detail", card.application_id))
    in_dispute = at("card_criterion", card.application_id, "A1.2")
    yield Visit(settler, in_dispute)
    yield Visit(settler, in_dispute, press("Uzgodnij"))
    for name, who in (("third_ask", settler), ("third_assign", house.office)):
        yield Visit(who, at(name, card.application_id))
    yield Visit(settler, at("third_ask", card.application_id), press("Poproś biuro"))
    reason = "Nie możemy się zgodzić."
    ask_third(card, by=settler, criteria=card.application.criteria()[1:2], reason=reason)
    yield Visit(settler, at("card_detail", card.application_id))
    yield Visit(settler, at("third_withdraw", card.application_id))
    yield Visit(settler, at("third_withdraw", card.application_id), press("Wycofaj prośbę"))
    correction = at("rating_correct", card.application_id, "A1.2")
    yield Visit(settler, correction)
    yield Visit(settler, correction, press("Zapisz poprawkę"))
    yield Visit(settler, at("card_criterion", card.application_id, "A1.1"))
    agreed = make_card()
    settler = agreed.application.assignments.order_by("pk")[0].assessor
    yield Visit(settler, at("card_detail", agreed.application_id))
    yield Visit(settler, at("card_sign", agreed.application_id))
    sign_card(agreed, by=settler, expected_version=0)
    yield Visit(settler, at("card_detail", agreed.application_id))
    yield Visit(settler, at("card_what_if", agreed.application_id))
    yield Visit(settler, at("card_what_if", agreed.application_id), press("Pokaż, co się zmieni"))
