"""The description of the service as OpenAPI 3.0, with an example for every operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from api.examples import EXAMPLES, MEDIA, PARAMETERS, PROBLEM
from api.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

VERSION = "3.0.3"
_PROBLEMS = {
    "400": "En parameter är fel.",
    "403": "Lagret är inte för rollen.",
    "404": "Det finns inte.",
    "500": "Ett fel i tjänsten.",
}


def install(app: FastAPI) -> None:
    """
    Give an application its description at ``/api``.

    Parameters
    ----------
    app
        The application, with every route it has.
    """

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = describe(app)
        return app.openapi_schema

    async def answer(_: Request) -> JSONResponse:
        kind = f"application/vnd.oai.openapi+json;version={VERSION.rsplit('.', 1)[0]}"
        return JSONResponse(described(), media_type=kind)

    app.openapi = described  # type: ignore[method-assign]  # as FastAPI's own guide does it
    app.add_route("/api", answer, include_in_schema=False)


def describe(app: FastAPI) -> dict[str, Any]:
    """
    Describe every route.

    Parameters
    ----------
    app
        The application.

    Returns
    -------
    dict
        An OpenAPI 3.0 document.
    """
    told = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        routes=app.routes,
    )
    told["openapi"] = VERSION
    told["info"]["description"] = told["info"].pop("summary", "")
    schemas = {"Problem": _PROBLEM_SCHEMA}
    told["components"] = {"schemas": told.get("components", {}).get("schemas", {}) | schemas}
    for gone in ("HTTPValidationError", "ValidationError"):
        told["components"]["schemas"].pop(gone, None)
    for path, methods in told["paths"].items():
        for operation in methods.values():
            _complete(path, operation)
    found: dict[str, Any] = _older(told)
    return found


def _complete(path: str, operation: dict[str, Any]) -> None:
    """Add examples and the problems an operation can answer with."""
    for parameter in operation.get("parameters", []):
        if parameter["name"] in PARAMETERS:
            parameter["example"] = PARAMETERS[parameter["name"]]
            parameter.pop("examples", None)
    responses = operation["responses"]
    had_body = "requestBody" in operation
    responses.pop("422", None)
    kind, example = MEDIA.get(path, "application/json"), EXAMPLES.get(path)
    ok = responses.setdefault("200", {"description": "OK"})
    if kind != "application/json" or not ok.get("content"):
        ok["content"] = {kind: {"schema": _schema(kind)}}
    for body in ok["content"].values():
        if example is not None:
            body["example"] = example
    if path == "/":
        responses["307"] = {"description": "En webbläsare skickas till kartan."}
    if kind == "application/vnd.mapbox-vector-tile":
        responses["204"] = {"description": "Rutan är tom."}
    responses["304"] = {"description": "Oförändrat sedan den ETag som skickades med."}
    problems = _PROBLEMS | ({"422": "Innehållet är fel."} if had_body else {})
    for status, text in problems.items():
        schema = {"$ref": "#/components/schemas/Problem"}
        content = {MEDIA_TYPE: {"schema": schema, "example": {**PROBLEM, "status": int(status)}}}
        responses[status] = {"description": text, "content": content}


def _schema(kind: str) -> dict[str, Any]:
    """Say what kind of body a media type is."""
    if kind.endswith("json"):
        return {"type": "object"}
    return (
        {"type": "string"} if kind.startswith("text/") else {"type": "string", "format": "binary"}
    )


_PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457, med kod och vad man kan göra. På svenska för den som ber om det med "
    "Accept-Language eller lang=sv, annars på engelska.",
    "required": ["type", "title", "status", "code", "fix"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "fix": {"type": "string"},
        "facts": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}


def _older(value: Any) -> Any:
    """Write what OpenAPI 3.1 says in the words of 3.0."""
    if isinstance(value, list):
        return [_older(item) for item in value]
    if not isinstance(value, dict):
        return value
    out = {key: _older(item) for key, item in value.items() if key != "example"}
    if "example" in value:
        out["example"] = value["example"]
    kinds = out.get("anyOf")
    if isinstance(kinds, list) and {"type": "null"} in kinds:
        rest = [kind for kind in kinds if kind != {"type": "null"}]
        del out["anyOf"]
        out |= rest[0] if len(rest) == 1 else {"anyOf": rest}
        out["nullable"] = True
    if "const" in out and "type" in out:
        out["enum"] = [out.pop("const")]
    for bound, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(out.get(bound), int | float) and not isinstance(out.get(bound), bool):
            out[limit], out[bound] = out[bound], True
    return out
