"""The forum's bundle over HTTP: the same numbers as the library's, and honest caching."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.maps import Role, picture
from geo.pipeline import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient


def test_the_weeks_are_listed_newest_first(client: TestClient) -> None:
    body = client.get("/situations").json()
    weeks = [row["id"] for row in body["weeks"]]
    assert weeks == sorted(weeks, reverse=True)
    assert body["latest"] == weeks[0] == "2026-W47"


@pytest.mark.parametrize("role", list(Role))
def test_the_bundle_is_the_librarys_own(client: TestClient, demo_folder: Path, role: Role) -> None:
    workspace = Workspace.open(demo_folder)
    with workspace.store() as store:
        wanted = picture(
            store, workspace.profile, role=role, week="2026-W47", surfaces=workspace.surfaces
        ).situation
    got = client.get("/situations/2026-W47", params={"role": role.value})
    assert got.status_code == 200
    assert got.json() == wanted


def test_latest_is_the_last_week(client: TestClient) -> None:
    assert client.get("/situations/latest").json()["week"]["id"] == "2026-W47"


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/situations/latest")
    again = client.get("/situations/latest", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert first.headers["cache-control"] == "private, no-cache"


def test_the_name_of_an_answer_depends_on_role_and_language(client: TestClient) -> None:
    asked = [{}, {"role": "forum"}, {"lang": "en"}, {"role": "public"}]
    tags = {client.get("/situations/latest", params=q).headers["etag"] for q in asked}
    by_header = client.get("/situations/latest", headers={"X-Lagesbild-Role": "forum"})
    assert len(tags) == 4
    assert by_header.headers["etag"] not in tags


def test_a_week_without_analysis_is_a_problem_with_a_fix(client: TestClient) -> None:
    answer = client.get("/situations/2020-W01")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["code"] == "not_found"
    assert body["status"] == 404
    assert body["fix"]


def test_an_unknown_role_is_refused_with_the_known_ones(client: TestClient) -> None:
    answer = client.get("/situations/latest", params={"role": "kung"})
    assert answer.status_code == 403
    assert "forum" in answer.json()["facts"]["known"]


def test_roles_say_in_swedish_what_they_see(client: TestClient) -> None:
    roles = client.get("/roles").json()
    assert [row["id"] for row in roles] == [role.value for role in Role]
    assert all(row["label"] and row["note"] for row in roles)
