"""WCAG 2.2 AA as far as a machine can tell, on every page and in every state, wide and narrow."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, expect

from institutions.models import User
from institutions.states import Role
from tests.factories import make_user
from tests.test_conventions import is_allauth, patterns

from .conftest import NARROW, WIDE
from .pages import every_page

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# frames hold the institution's own papers, in the browser's own viewer; no rule of these tags
# asks for the preloaded style sheets
RUN_AXE = """async (tags) => {
  const found = await axe.run({
    runOnly: tags, resultTypes: ["violations"], iframes: false, preload: false, selectors: false,
  });
  return found.violations.map((one) =>
    `${one.id}: ` + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | "));
}"""
WIDER_THAN_WINDOW = """async () => {
  await document.fonts.ready;
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const all = [...document.querySelectorAll("main *, header *, footer *")];
  return all.filter((one) => one.getBoundingClientRect().right > width)
    .map((one) => `wider than the window: ${one.outerHTML.slice(0, 160)}`).slice(0, 3);
}"""
# what is no page: files, answers to programs, posts, and a page of a development checkout
NO_PAGES = """
visit_worker kit_note kit_photo visit_photo protocol_preview protocol_amend protocol_pdf
certificate_pdf charges_pdf withdrawal_pdf appeal_answer_pdf certificate_preview letter_pdf
letter_preview letter_draft letter_approve certificate_template_preview
yearly_pdf yearly_csv yearly_xlsx register_feed robots sitemap
praise_agree praise_take_down hand_over_call_off licensed_mark
print_run_progress print_run_pause print_run_resume print_run_complete print_run_file print_run_csv
print_run_xlsx calibration_page printer_calibration_page
register_csv register_json register_openapi certificate_json certificate_badge
issued_files_json dossier_manifest cited_file revision_file
healthz session_token seal_certificates credential credential_status did_document
cited_page revision_page
papers_print draft_paper printed_paper printed_page signed_file signed_page paper_accept
upload_start version_start upload upload_discard
set_language style_guide issuer_mark issuer_sample cite uncite application_open
certificate_print_shop letter_set_draft letter_return letter_replace
answer_autosave answer_confirm renewal_confirm version_bring_back
evidence_search cite_files citation_place cite_newest comment_delete comment_settle comment_reopen
application_accept formal_check_save name_forms_confirm
invitation_resend invitation_cancel custody_file session_end other_sessions_end my_language
institution_import_specimen institution_import_confirm
assessment_pdf assessment_form assessment_xlsx ratings_import_confirm card_pdf card_xlsx
thread_read message_file message_file_discard email_send_again email_stop
edition_file edition_renumber criterion_drop part_move
visit_agree visit_hold visit_calendar mark_remove
name_forms_suggest person_reactivate person_invite rating_save rating_autosave assignment_conflict
assignment_decline conflict_review
card_settle card_remark card_unsign
calibration_replace calibration_save calibration_autosave
"""


MOST_OPEN = 4  # an idle window costs Chromium a thirtieth of a core, and there are sixty people


class Windows:
    """One window a person, kept open while the visits are theirs."""

    def __init__(self, person: Callable[..., Page], new_page: Callable[..., Page]) -> None:
        self.person, self.new_page = person, new_page
        self.open: dict[User | None, Page] = {}

    def of(self, who: User | None) -> Page:
        if who not in self.open:
            # axe measures with inline styles, which our policy would stop
            options = {"bypass_csp": True}
            self.open[who] = self.person(who, **options) if who else self.new_page(**options)
            if len(self.open) > MOST_OPEN:
                self.close(next(iter(self.open)))
        return self.open[who]

    def close(self, who: User | None) -> None:
        self.open.pop(who).context.close()


def test_every_page_and_state(person: Callable[..., Page], new_page: Callable[..., Page]) -> None:
    windows, wrong, names = Windows(person, new_page), [], set()
    for visit in every_page():
        page = windows.of(visit.who)
        page.set_viewport_size(WIDE)
        page.goto(visit.address)
        if visit.act:
            visit.act(page)
        names.add(name_of(visit.address))
        wrong += [f"{visit.address} ({page.title()}) {fault}" for fault in faults_of(page)]
        if visit.act:  # it may have left a draft behind, or no session
            windows.close(visit.who)
    assert wrong == [], "\n".join(wrong)
    ours = {entry.name for path, entry in patterns() if not is_allauth(path, entry)}
    assert ours - names - set(NO_PAGES.split()) == set()


def name_of(address: str) -> str:
    try:
        return str(resolve(address.partition("?")[0]).url_name)
    except Resolver404:
        return ""


def faults_of(page: Page) -> list[str]:
    """What is wrong with the page as it stands, at both widths."""
    found = []
    if (count := page.locator("h1:visible").count()) != 1:
        found.append(f"has {count} h1")
    page.evaluate(AXE)
    for window in (WIDE, NARROW):
        page.set_viewport_size(window)
        faults = page.evaluate(RUN_AXE, TAGS) + page.evaluate(WIDER_THAN_WINDOW)
        found += [f"{window['width']} px: {fault}" for fault in faults]
    return found


@pytest.mark.parametrize("address", ["/", "/konto/login/", "/panel/", "/nie-ma/"])
def test_first_tab_leads_to_the_content(person: Callable[..., Page], address: str) -> None:
    page = person(make_user(Role.OFFICE))
    page.goto(address)
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Przejdź do treści")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
