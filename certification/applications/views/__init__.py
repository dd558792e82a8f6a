"""The screens of an application."""

from .answering import answer_edit, cite, uncite
from .dossiers import (
    cited_file,
    cited_page,
    cited_view,
    dossier_detail,
    dossier_manifest,
)
from .listing import application_list, application_open
from .office import (
    application_accept,
    application_take_up,
    completion_request,
    conflict_declare,
)
from .overview import application_answers
from .submitting import application_complete, application_submit, application_withdraw

__all__ = [
    "answer_edit",
    "application_accept",
    "application_answers",
    "application_complete",
    "application_list",
    "application_open",
    "application_submit",
    "application_take_up",
    "application_withdraw",
    "cite",
    "cited_file",
    "cited_page",
    "cited_view",
    "completion_request",
    "conflict_declare",
    "dossier_detail",
    "dossier_manifest",
    "uncite",
]
