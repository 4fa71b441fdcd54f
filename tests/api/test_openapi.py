"""The description of the service: OpenAPI 3.0 by its letter, an example everywhere, no 5xx."""

from __future__ import annotations

import random
import re
import string
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error

from api.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def told(client: TestClient) -> dict[str, Any]:
    """The description."""
    return dict(client.get("/api").json())


def _walk(value: Any) -> Any:
    if isinstance(value, dict):
        yield value
        for key, part in value.items():
            if key not in {"example", "examples"}:
                yield from _walk(part)
    elif isinstance(value, list):
        for part in value:
            yield from _walk(part)


def test_it_is_openapi_3_0_and_says_so(client: TestClient, told: dict[str, Any]) -> None:
    assert re.fullmatch(r"3\.0\.\d", told["openapi"])
    assert "version=3.0" in client.get("/api").headers["content-type"]
    assert "summary" not in told["info"]
    for part in _walk(told):
        assert part.get("type") != "null"
        assert not isinstance(part.get("type"), list)
        assert "const" not in part
        assert not isinstance(part.get("exclusiveMinimum", True), int | float) or isinstance(
            part.get("exclusiveMinimum", True), bool
        )


def test_every_operation_has_an_example_and_its_refusals(told: dict[str, Any]) -> None:
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            assert method in METHODS
            bodies = operation["responses"]["200"]["content"].values()
            assert all("example" in body for body in bodies), path
            for parameter in operation.get("parameters", []):
                known = "example" in parameter or parameter["in"] == "header"
                assert known, (path, parameter["name"])
            assert "application/problem+json" in operation["responses"]["400"]["content"]


def test_every_example_can_be_asked(client: TestClient, told: dict[str, Any]) -> None:
    missing = {"item": "nope", "run_id": "nope"}
    for path, methods in told["paths"].items():
        if "get" not in methods:
            continue
        values = {
            p["name"]: p["example"]
            for p in methods["get"].get("parameters", [])
            if p["in"] == "path"
        } | missing
        layer = "surface" if path.endswith("/image") else values.get("layer", "")
        answer = client.get(path.format(**(values | {"layer": layer})))
        expected = {404} if {"item", "run_id"} & set(re.findall(r"\w+", path)) else {200, 204}
        assert answer.status_code in expected, path


def test_the_limit_is_declared_as_the_standard_asks(told: dict[str, Any]) -> None:
    items = told["paths"]["/collections/{layer}/items"]["get"]["parameters"]
    by_name = {p["name"]: p for p in items}
    assert by_name["limit"]["schema"]["maximum"] == 10000
    assert by_name["limit"]["schema"]["minimum"] == 1
    assert {"bbox", "datetime", "limit"} <= set(by_name)


def test_nothing_that_fits_the_description_breaks_the_service(demo_folder: Path) -> None:
    app = create_app(demo_folder)  # its own: the fuzzer ends the service when it is done
    schema = schemathesis.openapi.from_asgi("/api", app)
    bounded = settings(
        max_examples=4,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    files = re.compile(r"^/(exports|worklist)")  # the slow ones are asked by hand below

    for found in schema.get_all_operations():
        operation = found.ok()
        if files.match(operation.path) or operation.method.lower() != "get":
            continue

        @bounded
        @schemathesis_given(operation)
        def asked(case: Any) -> None:
            response = case.call()
            case.validate_response(response, checks=[not_a_server_error])

        asked()


def schemathesis_given(operation: Any) -> Any:
    """Give a test the cases of one operation."""
    from hypothesis import given

    return given(case=operation.as_strategy())


NASTY = [
    "", " ", "nan", "-0", "1e400", "0x10", "١٢", "null", "[]", "%00", "\x00", "💡", "a" * 3000,
    "../..",
    "2026-11-20T25:00:00Z", "0000-00-00", "9999-12-31T23:59:59Z/..", "0001-01-01/..", "1,2,3,4,5",
    "-180,-90,180,90", "180,90,180,90", "0,89.9999,1,90", "-180,-90,-179,-89", "1,1,1,1",
    "inf,0,1,1",
]  # fmt: skip


@pytest.mark.parametrize("name", ["bbox", "datetime", "limit", "offset", "week", "role", "f"])
def test_nasty_parameters_are_answered_or_refused(client: TestClient, name: str) -> None:
    for value in NASTY:
        answer = client.get("/collections/places/items", params={name: value})
        assert answer.status_code < 500, (name, value)
        if answer.status_code >= 400:
            assert answer.json()["fix"]
            assert answer.json()["code"]


def test_random_texts_in_paths_are_answered_or_refused(client: TestClient) -> None:
    rng = random.Random(1)  # noqa: S311 (a seeded search, no secret)
    letters = string.printable.replace("#", "") + "åäö💡"
    parts = ["/collections/{}", "/collections/{}/items", "/collections/lamps/items/{}",
             "/collections/lamps/tiles/{}", "/collections/lamps/tiles/WebMercatorQuad/{}/0/0",
             "/situations/{}", "/exports/lamps.{}", "/exports/{}.csv"]  # fmt: skip
    for path in parts:
        for _ in range(12):
            text = "".join(rng.choices(letters, k=rng.randint(1, 30)))
            quoted = "".join(f"%{byte:02X}" for byte in text.encode())
            answer = client.get(path.format(quoted))
            assert answer.status_code < 500, (path, text)


def test_random_boxes_and_windows_are_answered_or_refused(client: TestClient) -> None:
    rng = random.Random(2)  # noqa: S311 (as above)
    for _ in range(60):
        scale = 10 ** rng.uniform(-8, 2)
        box = ",".join(f"{rng.choice((14.8, 56.9, 0, -180)) + rng.uniform(-1, 1) * scale:.9f}"
                       for _ in range(rng.choice((4, 4, 4, 6, 3))))  # fmt: skip
        year, month = rng.randint(1, 9999), rng.randint(0, 13)
        window = f"{year:04d}-{month:02d}-{rng.randint(0, 32):02d}T05:00:00Z/.."
        answer = client.get("/collections/lamps/items", params={"bbox": box, "datetime": window})
        assert answer.status_code in {200, 400}, (box, window)
