"""The register's description for programs, as OpenAPI 3.1; built from COLUMNS, so it cannot lag."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.identifiers import Voivodeship

from .exports import MOST_ON_A_PAGE
from .published import HISTORICAL_ONLY
from .register import COLUMNS, Shown, Sort
from .states import Status

VERSION = "1.1.0"
LICENCE = {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"}
DAYS = ("valid_from", "valid_to", "issued_on", "withdrawn_on")
MORE = {  # of one certificate alone
    "as_of": gettext_lazy("the day on which this is so, YYYY-MM-DD"),
    "withdrawal_reason": gettext_lazy("the published reason; empty when it was not withdrawn"),
    "corrects": gettext_lazy("number of the certificate that this one corrects"),
    "credential_url": gettext_lazy(
        "address of its credential (Open Badges 3.0), where it was issued with one"
    ),
}
PAGING = {  # of the register, when per_page is given
    "total": {"type": "integer"},
    "page": {"type": "integer"},
    "pages": {"type": "integer"},
    "next": {"type": ["string", "null"], "format": "uri"},
}
FILTERS: dict[str, tuple[object, dict[str, Any]]] = {
    "q": (gettext_lazy("words of the name, the town or the number"), {"type": "string"}),
    "voivodeship": (gettext_lazy("code of TERYT, two digits"), {"enum": Voivodeship.values}),
    "status": (gettext_lazy("in_force takes in what expires soon"), {"enum": Shown.values}),
    "sort": (gettext_lazy("order of the entries"), {"enum": Sort.values}),
    "per_page": (
        gettext_lazy("so many entries at a time; without it you get all of them"),
        {"type": "integer", "minimum": 1, "maximum": MOST_ON_A_PAGE},
    ),
    "page": (gettext_lazy("which page, when per_page is given"), {"type": "integer", "minimum": 1}),
}


def description() -> dict[str, Any]:
    """The whole document, in the language that is active."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Register of CAL Quality Certificates"),
            "version": VERSION,
            "license": LICENCE,
        },
        "servers": [{"url": settings.SITE_URL}],
        "paths": {
            reverse("register_json"): _get(
                "register",
                _("The register, narrowed and in order"),
                {"application/json": {"schema": {"$ref": "#/components/schemas/Register"}}},
                [_query(name, *facts) for name, facts in FILTERS.items()],
            ),
            reverse("register_csv"): _get(
                "registerAsCsv",
                _("The same for a spreadsheet"),
                {"text/csv": {"schema": {"type": "string"}}},
                [_query(name, *FILTERS[name]) for name in ("q", "voivodeship", "status", "sort")],
            ),
            _pattern("certificate_json"): _get(
                "certificate",
                _("One certificate by its number"),
                {"application/json": {"schema": {"$ref": "#/components/schemas/Certificate"}}},
                [_part("serial"), _part("year")],
                missing={"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
            ),
            _pattern("certificate_badge", "pl").replace(".pl.", ".{language}."): _get(
                "badge",
                _("A picture of how it stands today"),
                {"image/svg+xml": {"schema": {"type": "string"}}},
                [_part("serial"), _part("year"), _language()],
                missing={"image/svg+xml": {"schema": {"type": "string"}}},
            ),
        },
        "components": {"schemas": _schemas()},
    }


def _get(
    name: str,
    summary: str,
    content: dict[str, Any],
    parameters: list[dict[str, Any]],
    *,
    missing: dict[str, Any] | None = None,
) -> dict[str, Any]:
    responses: dict[str, Any] = {
        "200": {"description": summary, "content": content},
        "304": {"description": _("You have it already (If-None-Match)")},
    }
    if missing:
        responses["404"] = {"description": _("No such number was ever given"), "content": missing}
    operation = {"operationId": name, "summary": summary, "responses": responses}
    return {"get": operation | {"parameters": parameters}}


def _pattern(name: str, *more: str) -> str:
    return reverse(name, args=[1, 2, *more]).replace("/1-2", "/{serial}-{year}")


def _query(name: str, meaning: object, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": str(meaning), "schema": schema}


def _part(name: str) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 1}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _language() -> dict[str, Any]:
    schema = {"enum": [code for code, _name in settings.LANGUAGES]}
    return {"name": "language", "in": "path", "required": True, "schema": schema}


def _schemas() -> dict[str, Any]:
    return {
        "Register": _object(**_always_there()) | {"properties": _always_there() | PAGING},
        "Entry": _object(**{name: _field(name) for name in COLUMNS}),
        "Certificate": _object(
            **{name: _field(name) for name in COLUMNS if name not in HISTORICAL_ONLY},
            **{name: _text(meaning) for name, meaning in MORE.items()},
            links=_object(**dict.fromkeys(("self", "check", "badge"), {"type": "string"})),
        ),
        "Error": _object(error={"type": "string"}),
    }


def _always_there() -> dict[str, Any]:
    return {
        "as_of": {"type": "string", "format": "date"},
        "publisher": {"type": "string"},
        "fields": {"type": "object", "additionalProperties": {"type": "string"}},
        "entries": {"type": "array", "items": {"$ref": "#/components/schemas/Entry"}},
    }


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _field(name: str) -> dict[str, Any]:
    field = _text(COLUMNS[name][1])
    if name == "status":
        field |= {"type": "string", "enum": [*Status.values, Shown.HISTORICAL.value]}
    if name in DAYS:
        field["format"] = "date"
    return field


def _text(meaning: object) -> dict[str, Any]:
    return {"type": ["string", "null"], "description": str(meaning)}
