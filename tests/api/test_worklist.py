"""The worklist over HTTP: through the gate, with an ETag, and as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_the_planner_gets_a_ranked_list(client: TestClient) -> None:
    got = client.get("/worklist", headers={"X-Lagesbild-Role": "planner"})
    assert got.status_code == 200
    told = got.json()
    assert [row["rank"] for row in told["rows"]] == list(range(1, len(told["rows"]) + 1))
    assert told["sentence"].startswith("Börja med")
    for row in told["rows"]:
        assert row["why"]
        assert row["owner_label"] or row["street_owner_label"]
        west, south, east, north = row["bbox"]
        assert west <= east
        assert south <= north
    again = client.get("/worklist", headers={
        "X-Lagesbild-Role": "planner", "If-None-Match": got.headers["etag"],
    })  # fmt: skip
    assert again.status_code == 304


@pytest.mark.parametrize("role", ["public", "reporter", "administrator"])
def test_others_are_refused(client: TestClient, role: str) -> None:
    for path in ("/worklist", "/worklist.xlsx"):
        got = client.get(path, headers={"X-Lagesbild-Role": role})
        assert got.status_code == 403
        assert got.json()["fix"]


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "gpkg", "html"])
def test_files_are_given_and_noted(client: TestClient, suffix: str) -> None:
    got = client.get(f"/worklist.{suffix}?role=planner")
    assert got.status_code == 200
    assert f"belysning-2026-W47.{suffix}" in got.headers["content-disposition"]
    assert len(got.content) > 1000
    assert client.get("/worklist.docx").status_code in {404, 422}
