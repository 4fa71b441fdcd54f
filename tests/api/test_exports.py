"""Files over HTTP: same rows as the layer, named after the week, noted in the audit."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pandas as pd
import pyogrio
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient


@pytest.mark.parametrize("suffix", ["gpkg", "parquet", "csv", "xlsx", "geojson"])
def test_every_format_holds_the_layers_rows(
    client: TestClient, suffix: str, tmp_path: Path
) -> None:
    n = client.get("/collections/places/items").json()["numberMatched"]
    answer = client.get(f"/exports/places.{suffix}")
    assert answer.status_code == 200
    assert f"places-2026-W47.{suffix}" in answer.headers["content-disposition"]
    path = tmp_path / f"x.{suffix}"
    path.write_bytes(answer.content)
    if suffix in {"gpkg", "geojson"}:
        layers = [row[0] for row in pyogrio.list_layers(path)]
        layer = "places" if "places" in layers else layers[0]
        assert pyogrio.read_info(path, layer=layer)["features"] == n
    elif suffix == "parquet":
        assert len(pd.read_parquet(io.BytesIO(answer.content))) == n
    else:
        assert answer.content


def test_an_export_is_noted_in_the_audit(client: TestClient) -> None:
    store = client.app.state.library.store  # type: ignore[attr-defined]  # Starlette's any-app
    before = len(store.audit_log())
    client.get("/exports/lamps.csv", params={"role": "planner"})
    log = store.audit_log()
    assert len(log) == before + 1
    assert log.iloc[-1]["action"] == "export"
    assert log.iloc[-1]["by"] == "planner"


def test_what_a_role_may_not_see_it_may_not_take_home(client: TestClient) -> None:
    assert client.get("/exports/places.csv", params={"role": "public"}).status_code == 403


def test_the_one_file_map_over_http(client: TestClient) -> None:
    answer = client.get("/exports/karta.html", params={"role": "forum"})
    assert answer.status_code == 200
    assert answer.text.lstrip().lower().startswith("<!doctype html>")
    assert "lagesbild-2026-W47.html" in answer.headers["content-disposition"]
