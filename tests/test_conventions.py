"""What memory would not keep: rules of the whole house, read off the code and the database."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from certification.audit.append_only import GUARDS
from certification.audit.verbs import AuditVerb, describe

ROOT = Path(settings.BASE_DIR)
OURS = [app for app in apps.get_app_configs() if app.name.startswith(("certification", "institut"))]
MODELS = [model for app in OURS for model in app.get_models()]
SOURCES = [
    path
    for folder in ("certification", "institutions")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
]


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> list[tuple[str, URLPattern]]:
    """Every address of the house with its pattern."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += patterns(entry, path)
        else:
            found.append((path, entry))
    return found


# --- who may come in without signing in -------------------------------------------------------

PUBLIC = {
    "call_detail",
    "call_list",
    "home",
    "holder",
    "register_changes",
    "register_feed",
    "robots",
    "sitemap",
    "accessibility_statement",
    "privacy_notice",
    "set_language",
    "healthz",
    "style_guide",
    "session_token",
    "catalogue",
    "catalogue_set",
    "edition_changes",
    "edition_file",
    "register",
    "register_by_voivodeship",
    "register_csv",
    "register_json",
    "register_api",
    "register_openapi",
    "certificate_json",
    "certificate_badge",
    "seal_certificates",
    "credential",
    "credential_status",
    "did_document",
    "issued_files_json",
    "verification",
    "verification_code",
    "invitation",
    "my_email_confirm",
    "unsubscribe",
}


def is_allauth(path: str, entry: URLPattern) -> bool:
    """Sign-in and passwords; what else stands below /konto/ is ours."""
    return path.startswith("konto/") and str(entry.name).startswith("account_")


def test_public_views_are_these_and_no_others() -> None:
    public = {
        entry.name
        for path, entry in patterns()
        if not is_allauth(path, entry) and not getattr(entry.callback, "login_required", True)
    }
    assert public == PUBLIC


def test_every_address_has_a_name() -> None:
    assert [path for path, entry in patterns() if not entry.name] == []


# --- models -------------------------------------------------------------------------------

APPEND_ONLY = {
    "assessments.CardRemark",
    "assessments.RatingCorrection",
    "applications.CompletionItem",
    "assessments.ReturnedPart",
    "audit.Event",
    "applications.Dossier",
    "applications.DossierFile",
    "applications.PaperReview",
    "applications.PrintedPaper",
    "applications.SignedPaper",
    "applications.EditionChange",
    "certificates.Appeal",
    "certificates.AppealRefusal",
    "certificates.Certificate",
    "certificates.Charges",
    "certificates.ChargesDropping",
    "certificates.ChargesReply",
    "certificates.Credential",
    "certificates.CredentialKey",
    "certificates.SignedCopy",
    "correspondence.Message",
    "certificates.Reinstatement",
    "certificates.Withdrawal",
    "decisions.Decision",
    "decisions.Reason",
    "decisions.Resolution",
    "documents.SealCertificate",
    "documents.StoredDocument",
    "followup.Reminder",
    "holders.HandOver",
    "holders.Praise",
    "holders.PraiseSentence",
    "holders.PraiseStep",
    "institutions.CustodyRequest",
    "letters.SignedLetter",
    "printruns.Printing",
    "standards.Retirement",
    "visits.DateOffer",
    "visits.DateRound",
    "visits.ProtocolClosing",
    "visits.ProtocolRemark",
}
NEVER_CHANGED = {  # goes only while nothing points at it
    "applications.AnswerVersion",
    "institutions.EvidenceRevision",
}
FROZEN_WHEN = {
    "applications.CheckedPoint",
    "applications.FormalCheck",
    "assessments.Assessment",
    "assessments.CardSignature",
    "assessments.CalibrationCard",
    "assessments.CalibrationRating",
    "assessments.CalibrationRound",
    "assessments.ConsolidatedCard",
    "assessments.ConsolidatedRating",
    "assessments.EvidenceMark",
    "assessments.Rating",
    "assessments.SampleAnswer",
    "correspondence.Attachment",
    "letters.CommendationLetter",
    "letters.Ground",
    "letters.LetterParagraph",
    "standards.Area",
    "standards.Criterion",
    "standards.Descent",
    "standards.RatingLevel",
    "standards.Source",
    "standards.Standard",
    "standards.StandardSet",
    "visits.Protocol",
}
MUTABLE = {
    "applications.Answer",
    "applications.Application",
    "applications.Carried",
    "applications.Call",
    "applications.CallExtension",
    "applications.Citation",
    "applications.Comment",
    "applications.CompletionRequest",
    "applications.ConflictDeclaration",
    "applications.Extension",
    "assessments.AssessorProfile",
    "assessments.AssessorRegion",
    "assessments.Assignment",
    "assessments.CompletionProposal",
    "assessments.ThirdOpinion",
    "assessments.MoreTime",
    "assessments.RatingsDraft",
    "audit.ChainHead",
    "chores.Turn",
    "certificates.CertificateTemplate",
    "certificates.EarlierAward",
    "correspondence.Reading",
    "documents.Issuer",
    "followup.Limit",
    "institutions.Appointment",
    "institutions.EmployeeList",
    "institutions.Evidence",
    "institutions.EvidenceTag",
    "institutions.FormerName",
    "institutions.ImportDraft",
    "institutions.Institution",
    "institutions.Invitation",
    "institutions.ListedPerson",
    "institutions.Membership",
    "institutions.NameForm",
    "institutions.NoticeChoice",
    "institutions.Upload",
    "institutions.User",
    "letters.Bank",
    "letters.BankParagraph",
    "letters.Finding",
    "letters.Official",
    "numbering.Counter",
    "outbox.Email",
    "printruns.PrintFile",
    "printruns.PrintItem",
    "printruns.PrintRun",
    "printruns.Printer",
    "standards.EvidenceType",
    "standards.InstitutionKind",
    "visits.SiteVisit",
    "visits.VisitNote",
    "visits.VisitPhoto",
}


def test_every_model_is_mutable_frozen_or_append_only() -> None:
    assert {
        model._meta.label for model in MODELS
    } == APPEND_ONLY | NEVER_CHANGED | FROZEN_WHEN | MUTABLE


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_model_is_guarded_as_listed(model: type[models.Model]) -> None:
    guards = GUARDS.get(model._meta.db_table, [])
    always = {guard.event for guard in guards if guard.condition is None}
    sometimes = {guard.event for guard in guards if guard.condition is not None}
    label = model._meta.label
    assert ({"UPDATE", "DELETE"} <= always) == (label in APPEND_ONLY)
    assert (always == {"UPDATE"}) == (label in NEVER_CHANGED)
    assert ({"UPDATE", "DELETE"} <= sometimes) == (label in FROZEN_WHEN)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_who_is_paired_with_when(model: type[models.Model]) -> None:
    names = {field.name for field in model._meta.get_fields()}
    alone = {
        name
        for name in names
        if name.endswith("_by") and f"{name.removesuffix('_by')}_at" not in names
    }
    assert alone - {"replaced_by"} == set()  # the corrected certificate, not a person


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_model_has_str(model: type[models.Model]) -> None:
    assert "__str__" in vars(model)


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# --- the journal ---------------------------------------------------------------------------


def recorded_verbs() -> set[str]:
    """`Verb.X` handed to record() or move() anywhere in the source."""
    found = set()
    for path in SOURCES:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_named = isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name)
            if is_named and call.value.id.endswith("Verb"):
                found.add(call.attr)
    return found


def test_every_listed_verb_is_done_somewhere() -> None:
    listed = {verb.name for app in AuditVerb.__subclasses__() for verb in app}
    assert listed - recorded_verbs() == set()


def test_every_verb_has_a_label() -> None:
    verbs = [verb.value for app in AuditVerb.__subclasses__() for verb in app]
    assert [verb for verb in verbs if describe(verb) == verb] == []
    assert len(verbs) == len(set(verbs))


# --- layers, clock, words ------------------------------------------------------------------


def test_imports_go_one_way() -> None:
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_time_comes_from_the_clock(path: Path) -> None:
    if path.name == "clock.py":
        return
    elsewhere = r"timezone\.now|date\.today|datetime\.now|\.date\(\)"  # which may be a day of UTC
    found = re.findall(elsewhere, path.read_text("utf-8"))
    assert found == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_services_and_forms_take_no_request(path: Path) -> None:
    if not re.match(r"(services|forms|rules|states)(\.py)?$", path.name) and not {
        "services",
        "forms",
    } & set(path.parts):
        return
    assert "HttpRequest" not in path.read_text("utf-8")


def test_state_of_an_application_is_written_by_move_alone() -> None:
    writers = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if re.search(r"state=target|\.state = State", path.read_text("utf-8"))
        and "applications" in path.parts
    ]
    assert writers == ["certification/applications/services/moving.py"]


# --- templates and translations --------------------------------------------------------------

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_has_nothing_inline(path: Path) -> None:
    if path.parts[-2] == "documents":
        return  # printed, never sent to a browser
    text = path.read_text("utf-8")
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)[^>]*>\s*\S")
    assert inline.findall(text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_hides_no_colon_from_its_word(path: Path) -> None:
    """Hidden words stand outside the line: a name would be read with a space before the colon."""
    assert re.findall(r'visually-hidden"[^>]*>[:;,.]', path.read_text(encoding="utf-8")) == []


def po_entries() -> str:
    return (ROOT / "locale/pl/LC_MESSAGES/django.po").read_text("utf-8")


def test_polish_is_complete() -> None:
    """No text is left in English, or guessed from a similar one."""
    blocks = po_entries().split("\n\n")[1:]
    empty = [block for block in blocks if re.search(r'^msgstr(\[\d\])? ""$(?!\n")', block, re.M)]
    assert empty == []
    assert "#, fuzzy" not in po_entries()


def test_every_text_has_its_polish(tmp_path: Path) -> None:
    """What gettext finds in the source stands in the catalogue, in these very words."""
    for folder in ("certification", "institutions", "templates"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    (tmp_path / "locale").mkdir()
    django = Path(sys.executable).with_name("django-admin")
    gather = [django, "makemessages", "--symlinks", "--keep-pot", "--locale=pl", "--verbosity=0"]
    subprocess.run(gather, cwd=tmp_path, env={"PATH": os.environ["PATH"]}, check=True)
    compare = ["msgcmp", ROOT / "locale/pl/LC_MESSAGES/django.po", tmp_path / "locale/django.pot"]
    compared = subprocess.run(compare, capture_output=True, text=True, check=False)
    assert compared.returncode == 0, compared.stderr
