"""The service says what is wrong in the language that is asked for; codes never change."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api import problems
from api.guard import Guard
from geo.errors import NotFoundError

SV = "Vecka 2026-W01 är inte analyserad."
EN = "week 2026-W01 has not been analysed."


@pytest.fixture(scope="module")
def small() -> TestClient:
    """A service of one address, which refuses."""
    app = FastAPI()
    problems.install(app)
    app.add_middleware(Guard)

    @app.get("/week")
    def week(n: int = 0) -> None:
        raise NotFoundError(
            EN, known="none" if n else "2026-W02", fix="run `lagesbild analyse --week 2026-W01`"
        )

    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("accepted", "title"),
    [
        (None, EN),  # a program that does not say
        ("*", EN),
        ("en", EN),
        ("de-DE,de;q=0.9", EN),
        ("sv", SV),
        ("sv-SE,sv;q=0.9,en;q=0.8", SV),
        ("en;q=0.3, sv;q=0.7", SV),
        ("sv,en", SV),  # the first of equals
        ("en,sv", EN),
        ("sv;q=0, en;q=0.1", EN),
        ("sv;q=nonsense, en", EN),
    ],
)
def test_the_language_that_is_liked_best_is_spoken(
    small: TestClient, accepted: str | None, title: str
) -> None:
    headers = {} if accepted is None else {"Accept-Language": accepted}
    answer = small.get("/week", headers=headers)
    body = answer.json()
    assert (answer.status_code, body["code"], body["title"]) == (404, "not_found", title)
    assert body["facts"] == {"known": "2026-W02"}
    assert answer.headers["content-language"] == ("sv" if title == SV else "en")
    assert answer.headers["vary"] == "Accept-Language"


def test_the_address_decides_over_the_header(small: TestClient) -> None:
    asked = {"Accept-Language": "sv"}
    assert small.get("/week?lang=en", headers=asked).json()["title"] == EN
    assert small.get("/week?lang=sv").json()["title"] == SV


def test_facts_keep_their_names_and_say_their_words(small: TestClient) -> None:
    assert small.get("/week?n=1&lang=sv").json()["facts"] == {"known": "inget"}
    assert small.get("/week?n=1&lang=en").json()["facts"] == {"known": "none"}


def test_what_the_framework_refuses_is_said_too(small: TestClient) -> None:
    asked = {"Accept-Language": "sv"}
    assert small.get("/nej", headers=asked).json()["title"] == "Adressen finns inte."
    assert small.post("/week", headers=asked).json()["title"].startswith("Adressen kan inte")
    wrong = small.get("/week?n=x", headers=asked).json()
    assert (wrong["code"], wrong["title"]) == ("parameter", "En parameter går inte att förstå.")
    far = small.get("/week", headers=asked | {"Host": "elsewhere.example"})
    assert (far.status_code, far.json()["code"]) == (400, "host")
    assert far.json()["title"] == "Tjänsten svarar bara på den egna datorns namn."
