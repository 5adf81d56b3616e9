"""The description of the API in OpenAPI 3.1, and the page that lists it; served answers are tested against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from djup.lifecycle.site.api_v1 import SCHEMA_VERSION
from djup.lifecycle.site.settings import Settings

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
FLAG: Schema = {"type": "boolean"}
MAYBE_FLAG: Schema = {"type": ["boolean", "null"]}
MAYBE_DATE: Schema = {"type": ["string", "null"], "format": "date"}
DATE_OR_FLAG: Schema = {"type": ["string", "boolean"]}
NAME: Schema = {"type": "string", "pattern": "^[a-z0-9._+-]+$"}
EXAMPLES = {
    "product": "django",
    "release": "5.2",
    "category": "framework",
    "tag": "database",
    "kind": "purl",
    "days": "30",
}


def _object(properties: Mapping[str, Schema], *optional: str, more: bool | Schema = False) -> Schema:
    needed = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": needed, "additionalProperties": more}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _answer(result: Schema, *, total: bool = False, modified: bool = False) -> Schema:
    properties: dict[str, Schema] = {"schema_version": TEXT, "generated_at": {"type": "string", "format": "date-time"}}
    if total:
        properties["total"] = {"type": "integer", "minimum": 0}
    if modified:
        properties["last_modified"] = {"type": "string", "format": "date-time"}
    return _object({**properties, "result": result})


SCHEMAS: dict[str, Schema] = {
    "Uri": _object({"name": TEXT, "uri": {"type": "string", "format": "uri-reference"}}),
    "Version": _object({"name": MAYBE_TEXT, "date": MAYBE_DATE, "link": MAYBE_TEXT}),
    "Release": _object(
        {
            "name": TEXT,
            "codename": MAYBE_TEXT,
            "label": TEXT,
            "releaseDate": MAYBE_DATE,
            "isLts": FLAG,
            "ltsFrom": MAYBE_DATE,
            "isEoas": MAYBE_FLAG,
            "eoasFrom": MAYBE_DATE,
            "isEol": MAYBE_FLAG,
            "eolFrom": MAYBE_DATE,
            "isDiscontinued": MAYBE_FLAG,
            "discontinuedFrom": MAYBE_DATE,
            "isEoes": MAYBE_FLAG,
            "eoesFrom": MAYBE_DATE,
            "isMaintained": FLAG,
            "latest": {"anyOf": [_ref("Version"), {"type": "null"}]},
            "custom": {"type": ["object", "null"], "additionalProperties": MAYBE_TEXT},
        },
        "isEoas",
        "eoasFrom",
        "isDiscontinued",
        "discontinuedFrom",
        "isEoes",
        "eoesFrom",
    ),
    "Summary": _object(
        {
            "name": TEXT,
            "aliases": _list(TEXT),
            "label": TEXT,
            "category": TEXT,
            "tags": _list(TEXT),
            "uri": {"type": "string", "format": "uri-reference"},
        }
    ),
    "Product": _object(
        {
            "name": TEXT,
            "aliases": _list(TEXT),
            "label": TEXT,
            "category": TEXT,
            "tags": _list(TEXT),
            "versionCommand": MAYBE_TEXT,
            "identifiers": _list(_object({"type": TEXT, "id": TEXT})),
            "labels": _object({"eoas": MAYBE_TEXT, "discontinued": MAYBE_TEXT, "eol": MAYBE_TEXT, "eoes": MAYBE_TEXT}),
            "links": _object({"icon": MAYBE_TEXT, "html": TEXT, "releasePolicy": MAYBE_TEXT}),
            "releases": _list(_ref("Release")),
        }
    ),
    "Cycle": _object(
        {
            "releaseDate": {"type": "string", "format": "date"},
            "eol": DATE_OR_FLAG,
            "latest": TEXT,
            "latestReleaseDate": {"type": "string", "format": "date"},
            "lts": DATE_OR_FLAG,
            "support": DATE_OR_FLAG,
            "extendedSupport": DATE_OR_FLAG,
            "link": MAYBE_TEXT,
        },
        "releaseDate",
        "eol",
        "latest",
        "latestReleaseDate",
        "support",
        "extendedSupport",
        "link",
        more=True,
    ),
    "Badge": _object({"schemaVersion": {"const": 1}, "label": TEXT, "message": TEXT, "color": TEXT}),
    "Event": _object(
        {
            "product": TEXT,
            "title": TEXT,
            "cycle": TEXT,
            "kind": {"enum": ["release", "eoas", "eol", "eoes", "discontinued"]},
            "day": {"type": "string", "format": "date"},
            "date": TEXT,
            "exact": FLAG,
            "text": TEXT,
        }
    ),
    "Problem": _object({"error": TEXT, "status": {"type": "integer"}}),
}

RELEASES = _answer(_list(_ref("Release")), total=True)
URIS = _answer(_list(_ref("Uri")), total=True)
SUMMARIES = _answer(_list(_ref("Summary")), total=True)
RELEASE = _answer(_ref("Release"))
IDENTIFIED = _answer(_list(_object({"identifier": TEXT, "product": _ref("Uri")})), total=True)
UPCOMING = _object({"schema_version": {"type": "integer"}, "days": {"type": "integer"}, "events": _list(_ref("Event"))})

PATHS: dict[str, tuple[str, Schema]] = {
    "/api/v1": ("What the API has", URIS),
    "/api/v1/products": ("All products", SUMMARIES),
    "/api/v1/products/full": ("All products with all their releases", _answer(_list(_ref("Product")), total=True)),
    "/api/v1/products/{product}": ("A product with its releases", _answer(_ref("Product"), modified=True)),
    "/api/v1/products/{product}/planned": ("Releases that are announced and not out", RELEASES),
    "/api/v1/products/{product}/releases/latest": ("The newest release that is out", RELEASE),
    "/api/v1/products/{product}/releases/{release}": ("A release", RELEASE),
    "/api/v1/categories": ("All categories", URIS),
    "/api/v1/categories/{category}": ("The products of a category", SUMMARIES),
    "/api/v1/tags": ("All tags", URIS),
    "/api/v1/tags/{tag}": ("The products of a tag", SUMMARIES),
    "/api/v1/identifiers": ("All kinds of identifiers: purl, cpe, repology", URIS),
    "/api/v1/identifiers/{kind}": ("All identifiers of a kind, each with its product", IDENTIFIED),
    "/api/all.json": ("The names of all products (first version of the API)", _list(TEXT)),
    "/api/{product}.json": (
        "The cycles of a product (first version of the API)",
        _list({"allOf": [{**_ref("Cycle")}, {"type": "object", "required": ["cycle"]}]}),
    ),
    "/api/{product}/{release}.json": ("A cycle (first version of the API)", _ref("Cycle")),
    "/badge/{product}.json": ("A badge of the newest release, for shields.io", _ref("Badge")),
    "/badge/{product}/{release}.json": ("A badge of a release, for shields.io", _ref("Badge")),
    "/upcoming/{days}.json": ("What begins or ends within 7, 30, 90, 180 or 365 days", UPCOMING),
}


def openapi(settings: Settings) -> Schema:
    """The description as OpenAPI wants it."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.title,
            "version": SCHEMA_VERSION,
            "description": "Which release of which product is supported until when; compatible with endoflife.date.",
        },
        "servers": [{"url": settings.url or "/"}],
        "paths": {path: {"get": _operation(path, words, schema)} for path, (words, schema) in PATHS.items()},
        "components": {"schemas": SCHEMAS},
    }


def api_text() -> str:
    """The list of all paths, as Markdown."""
    rows = "\n".join(f"| `{path}` | {words} |" for path, (words, _) in PATHS.items())
    return (
        "All answers are JSON and may be read from any site (CORS). Statuses are computed when the answer is made. "
        "The description for machines is [openapi.json](../openapi.json).\n\n"
        f"| path | answer |\n|---|---|\n{rows}\n\n"
        "Calendars are at `/calendar/{product}.ics` and `/calendar/all.ics`, feeds at `/feed/{product}.atom` and "
        "`/feed/all.atom`, roadmaps at `/roadmap/{product}.svg`.\n"
    )


def _operation(path: str, words: str, schema: Schema) -> Schema:
    names = [part.split("}")[0] for part in path.split("{")[1:]]
    responses: Schema = {"200": _response(words, schema)}
    if names:
        responses["404"] = _response("There is no such thing", _ref("Problem"))
    return {
        "summary": words,
        "operationId": "_".join(part.strip("{}") for part in path.replace(".json", "").strip("/").split("/")),
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": NAME, "example": EXAMPLES[name]} for name in names
        ],
        "responses": responses,
    }


def _response(words: str, schema: Schema) -> Schema:
    return {"description": words, "content": {"application/json": {"schema": schema}}}
