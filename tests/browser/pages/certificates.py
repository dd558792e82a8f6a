"""Certificates, and letters of commendation."""

from collections.abc import Iterator

from certification import clock
from certification.certificates.register import holder_path
from certification.letters.services import approve_letter, draft_letter
from tests.browser.visit import Visit, as_another_tab_did, at, press
from tests.certificates.factories import appeal_row, charges_row, issue, withdraw_row
from tests.factories import days_from_today, make_member

from .ground import Ground


def visits(house: Ground) -> Iterator[Visit]:
    office, board = house.office, house.board
    yield Visit(board, at("certificate_list"))
    yield Visit(office, at("letter_list"))
    yield Visit(office, at("certificate_templates"))
    yield Visit(office, at("certificate_template", house.standards.code))
    certificate = issue(by=board)
    gone = issue(by=board)
    withdraw_row(gone, clock.today())
    yield Visit(office, at("case", certificate.application_id))
    yield Visit(board, at("certificate_list"))
    yield Visit(board, at("certificate_detail", certificate.pk))
    yield Visit(board, at("badge_page", certificate.pk))
    yield Visit(office, at("yearly_report", clock.today().year))
    yield Visit(None, at("register_changes"))
    yield Visit(None, holder_path(certificate.institution))
    yield Visit(office, at("praise_propose", certificate.pk))
    yield Visit(office, at("hand_over", certificate.pk))
    yield Visit(make_member(certificate.institution), at("praise_answer", certificate.pk))
    yield Visit(board, at("certificate_sign", certificate.pk))
    yield Visit(board, at("certificate_sign", certificate.pk), press("Prześlij podpisany plik"))
    yield Visit(board, at("certificate_correct", certificate.pk))
    yield Visit(board, at("certificate_correct", certificate.pk), press("Wydaj"))
    yield Visit(house.chair, at("charges_state", certificate.pk))
    yield Visit(house.chair, at("charges_state", certificate.pk), press("Przedstaw zarzuty"))
    charges = charges_row(certificate, days_from_today(-15))
    for page in ("detail", "drop", "withdraw"):
        yield Visit(house.chair, at(f"charges_{page}", charges.pk))
    yield Visit(office, at("charges_note_reply", charges.pk))
    yield Visit(make_member(certificate.institution), at("charges_reply", charges.pk))
    yield Visit(house.chair, at("certificate_detail", gone.pk))
    away = gone.charges.get()
    yield Visit(make_member(gone.institution), at("charges_appeal", away.pk))
    yield Visit(office, at("charges_note_appeal", away.pk))
    appeal_row(away.withdrawal)
    for page in ("detail", "reinstate", "refuse_appeal"):
        yield Visit(board, at(f"charges_{page}", away.pk))
    for code in (certificate.code, gone.code):
        yield Visit(None, at("verification_code", code))
    yield Visit(None, at("register"))
    letter = draft_letter(certificate.application, by=office)
    yield Visit(office, letter.get_absolute_url())
    stale = as_another_tab_did("Formuła końcowa", "Z uszanowaniem", "Zapisz list")
    yield Visit(office, letter.get_absolute_url(), stale)
    yield Visit(board, letter.get_absolute_url())
    case = certificate.application_id
    yield Visit(office, at("letter_set", case))
    yield Visit(office, at("letter_official", case))
    yield Visit(office, at("letter_official", case), press("Zapisz"))
    yield Visit(office, at("letter_draft", case, "partner"))
    yield Visit(office, at("letter_discard", letter.pk))
    approve_letter(letter, by=board)
    yield Visit(office, letter.get_absolute_url())
    yield Visit(board, at("letter_sign", letter.pk))
    yield Visit(office, at("letter_list"))
