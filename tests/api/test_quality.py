"""GET /quality: each role its own answer, kept as long as nothing is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi.testclient import TestClient


def test_the_chief_is_told_all_of_every_source(client: TestClient) -> None:
    told = client.get("/quality").json()
    assert told["detail"] == "full"
    assert told["week"]["id"] == "2026-W47"
    names = {row["source"] for row in told["sources"]}
    assert {"polisen-handelser", "kommunen-skador", "felanmalan-belysning"} <= names
    assert all(row["loads"] for row in (*told["sources"], *told["stocks"]))


def test_roles_are_told_apart(client: TestClient) -> None:
    details = {
        role: client.get("/quality", headers={"X-Lagesbild-Role": role}).json()["detail"]
        for role in ("public", "reporter", "warden", "forum", "planner", "administrator")
    }
    line, summary = ("public", "reporter", "administrator"), ("warden", "forum", "planner")
    assert details == dict.fromkeys(line, "line") | dict.fromkeys(summary, "summary")
    forum = client.get("/quality", headers={"X-Lagesbild-Role": "forum"}).json()
    frames = {row["frame"] for row in (*forum["sources"], *forum["stocks"])}
    assert frames.isdisjoint({"visits", "assessments"})


def test_an_unchanged_answer_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/quality?week=2026-W46")
    again = client.get("/quality?week=2026-W46", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "private" in first.headers["cache-control"]


def test_a_week_that_is_none_is_refused(client: TestClient) -> None:
    assert client.get("/quality?week=i-gar").status_code in {400, 422}
    assert client.get("/quality?week=2026-W60").status_code in {400, 422}
