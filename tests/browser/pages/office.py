"""The formal check, what is completed, and calls."""

from collections.abc import Iterator
from datetime import date

from certification.applications.asking import Wish
from certification.applications.models import CompletionRequest
from certification.applications.services import complete, request_completion
from certification.applications.states import Paper, State
from tests.applications.factories import check_all, make_call, make_ready_draft
from tests.browser.visit import Visit, at, press
from tests.factories import make_application

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    office = house.office
    submitted = make_application(State.SUBMITTED, standard_set=house.standards)
    checked = make_application(State.FORMAL_CHECK, standard_set=house.standards)
    yield Visit(office, at("panel"))
    yield Visit(office, at("application_list"))
    yield Visit(office, at("case", submitted.pk))
    yield Visit(office, at("case", checked.pk))
    yield Visit(office, at("application_answers", checked.pk))
    yield Visit(office, at("dossier_detail", checked.pk, 1))
    yield Visit(office, at("formal_check", checked.pk))
    yield Visit(office, at("formal_check", checked.pk), press("Umocowanie do podpisu"))
    yield Visit(office, at("completion_request", checked.pk))  # points first
    check_all(checked)
    yield Visit(office, at("completion_request", checked.pk), press("Wyślij wezwanie"))
    yield Visit(office, at("conflict_declare", checked.pk))
    yield from _completion(house)
    yield from _of_calls(house)


def _completion(house: Ground) -> Iterator[Visit]:
    returned = make_application(State.FORMAL_CHECK, standard_set=house.standards)
    check_all(returned, authority="unmet")
    why = "Prosimy o dołączenie porozumienia."
    items = [Wish(why, criterion) for criterion in returned.criteria()[:2]]
    items.append(Wish("Prosimy o pełnomocnictwo.", paper=Paper.AUTHORISATION))
    request_completion(returned, by=house.office, items=items, reason="Dziękujemy za wniosek.")
    custodian = returned.opened_by
    yield Visit(custodian, at("case", returned.pk))
    yield Visit(custodian, at("application_answers", returned.pk))
    yield Visit(custodian, at("application_complete", returned.pk))
    yield Visit(custodian, at("answer_edit", returned.pk, "A1.1"))
    yield Visit(custodian, at("extension_ask", returned.pk))
    yield Visit(custodian, at("extension_ask", returned.pk), press("Poproś o więcej czasu"))
    yield Visit(custodian, at("formal_check", returned.pk))
    yield Visit(custodian, at("panel"))
    yield Visit(house.office, at("extension_decide", returned.pk))
    yield Visit(house.office, at("extension_decide", returned.pk), press("Przedłuż termin"))
    late = returned.completion_requests.get()
    CompletionRequest.objects.filter(pk=late.pk).update(deadline=date(2026, 1, 7))
    yield Visit(custodian, at("application_answers", returned.pk))
    yield Visit(house.office, at("case", returned.pk))
    yield Visit(house.office, at("application_lapse", returned.pk))
    CompletionRequest.objects.filter(pk=late.pk).update(deadline=late.deadline)
    returned.answers.filter(criterion=items[0].criterion).update(text="Porozumienie dołączone.")
    complete(returned, by=custodian, answer="Dołączyliśmy porozumienie.")
    yield Visit(house.office, at("dossier_changes", returned.pk, 2))
    yield Visit(house.office, at("formal_check", returned.pk))


def _of_calls(house: Ground) -> Iterator[Visit]:
    office, call = house.office, make_call(standard_set=house.standards)
    yield Visit(None, at("call_list"))
    yield Visit(None, at("call_detail", call.pk))
    yield Visit(office, at("call_detail", call.pk))
    yield Visit(office, at("call_create"))
    yield Visit(office, at("call_create"), press("Ogłoś nabór"))
    yield Visit(office, at("call_edit", call.pk))
    yield Visit(office, at("call_close", call.pk), press("Zamknij nabór przed terminem"))
    yield Visit(office, at("call_extend", call.pk))
    draft = make_ready_draft(standard_set=house.standards, call=call)
    call.closes_on = call.opens_on
    call.save(update_fields=["closes_on"])
    yield Visit(draft.opened_by, at("application_submit", draft.pk))
    yield Visit(draft.opened_by, at("application_leave_call", draft.pk))
    yield Visit(office, at("call_extend", call.pk, query="?q=xyzxyz"))
    yield Visit(office, at("call_extend", call.pk), press("Przedłuż termin"))
