"""Who is answered, what every answer forbids a page to do, and which addresses are bound."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from geo.cli.service import require_free, require_loopback
from geo.errors import ServeError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost", "[::1]:8000", "127.0.0.1", "[::1]"]
)
def test_this_machines_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["lagesbild.example", "192.0.2.7:8000", "127.0.0.1.example", ""])
def test_another_name_for_this_machine_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/situations/latest", headers={"Host": host})
    assert answer.status_code == 400
    assert answer.json()["code"] == "host"


def test_a_page_may_fetch_from_nowhere_else(client: TestClient) -> None:
    for path in ("/", "/karta/", "/situations/latest", "/nope"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "lagesbild.example", ""])  # noqa: S104 (these are refused)
def test_other_addresses_are_refused_with_the_reason(host: str) -> None:
    with pytest.raises(ServeError, match="without sign-in anyone on the network"):
        require_loopback(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.9.1"])
def test_loopback_is_allowed(host: str) -> None:
    require_loopback(host)


def test_a_taken_port_is_said_before_anything_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ServeError, match="already in use"):
            require_free("127.0.0.1", taken.getsockname()[1])


def test_unknown_addresses_are_problems_too(client: TestClient) -> None:
    answer = client.get("/finns/inte")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_fault_of_ours_tells_nothing(demo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(demo_folder)

    def breaks(*_: object, **__: object) -> None:
        msg = "secret 56.8794, 14.8059"
        raise ValueError(msg)

    monkeypatch.setattr(app.state.library, "weeks", breaks)
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/situations")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.json()["code"] == "internal"


def test_the_page_is_served_and_paths_stay_inside(client: TestClient) -> None:
    assert client.get("/karta", follow_redirects=False).status_code == 308
    page = client.get("/karta/")
    assert page.headers["content-type"].startswith("text/html")
    for path in ("/karta/../pyproject.toml", "/karta/%2e%2e/%2e%2e/pyproject.toml"):
        assert "hatchling" not in client.get(path).text
    assert client.get("/karta/assets/finns-inte.js").status_code == 404
