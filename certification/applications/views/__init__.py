"""The screens of an application."""

from .answering import answer_edit
from .autosaving import answer_autosave
from .changes import dossier_changes
from .citing import citation_place, cite, cite_newest, evidence_search, uncite
from .citing_files import cite_files
from .commenting import (
    application_comments,
    comment_delete,
    comment_edit,
    comment_list,
    comment_reopen,
    comment_settle,
)
from .completing import (
    application_complete,
    application_lapse,
    completion_request,
    extension_ask,
    extension_decide,
)
from .dossiers import (
    cited_file,
    cited_page,
    cited_view,
    dossier_detail,
    dossier_manifest,
)
from .editions import edition_before, edition_change
from .formal_check import formal_check, formal_check_save
from .listing import application_list, application_open
from .office import (
    application_accept,
    application_take_up,
    conflict_declare,
)
from .overview import application_answers
from .papers import (
    application_papers,
    draft_paper,
    papers_print,
    printed_page,
    printed_paper,
)
from .readiness import application_readiness
from .renewal import answer_confirm, application_renewal, renewal_confirm, renewal_open
from .signing import (
    paper_accept,
    paper_refuse,
    signed_file,
    signed_page,
    signed_paper,
    signed_paper_add,
)
from .standard import standard_edit
from .submitting import application_leave_call, application_submit, application_withdraw
from .versions import answer_versions, version_bring_back

__all__ = [
    "answer_confirm",
    "answer_autosave",
    "answer_edit",
    "answer_versions",
    "application_accept",
    "application_answers",
    "application_comments",
    "application_complete",
    "application_lapse",
    "application_leave_call",
    "application_list",
    "application_open",
    "application_papers",
    "application_readiness",
    "application_renewal",
    "application_submit",
    "application_take_up",
    "application_withdraw",
    "citation_place",
    "cite",
    "cite_files",
    "cite_newest",
    "cited_file",
    "cited_page",
    "cited_view",
    "comment_delete",
    "comment_edit",
    "comment_list",
    "comment_reopen",
    "comment_settle",
    "completion_request",
    "conflict_declare",
    "dossier_changes",
    "dossier_detail",
    "dossier_manifest",
    "draft_paper",
    "edition_before",
    "edition_change",
    "evidence_search",
    "extension_ask",
    "extension_decide",
    "formal_check",
    "formal_check_save",
    "paper_accept",
    "paper_refuse",
    "papers_print",
    "printed_page",
    "printed_paper",
    "renewal_confirm",
    "renewal_open",
    "standard_edit",
    "signed_file",
    "signed_page",
    "signed_paper",
    "signed_paper_add",
    "uncite",
    "version_bring_back",
]
