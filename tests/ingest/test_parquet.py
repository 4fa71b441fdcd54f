"""Parquet and GeoParquet: typed cells read as every other file's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shapely import Point

from geo.errors import IngestError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.ingest import Ingested

TABLE = pd.DataFrame(
    {
        "Nr": [1, 2, 3],
        "Tid": pd.to_datetime(["2026-11-20 21:30", "2026-11-21 02:00", None]),
        "Typ": ["Klotter på vägg", "Inbrott", None],
        "E": [500_000.5, 500_100.0, float("nan")],
        "N": [6_300_000.0, 6_300_100.0, float("nan")],
    }
)


def content(path: Path) -> bytes:
    return path.read_bytes()


def test_a_table_is_read_like_its_csv(
    read: Callable[..., Ingested], incidents: dict[str, Any], tmp_path: Path
) -> None:
    TABLE.to_parquet(tmp_path / "t.parquet")
    TABLE.to_csv(tmp_path / "t.csv", index=False)
    got = read(content(tmp_path / "t.parquet"), incidents, name="a.parquet")
    same = read(content(tmp_path / "t.csv"), incidents, name="a.csv")
    assert (got.reader, got.n_read, len(got.accepted)) == ("parquet", 3, len(same.accepted))
    pd.testing.assert_series_equal(got.accepted["occurred_from"], same.accepted["occurred_from"])
    assert got.accepted["category"].tolist()[:2] == ["graffiti", "burglary"]
    assert got.accepted.geometry.iloc[0].equals(Point(500_000.5, 6_300_000))


def test_geoparquet_brings_its_own_system(read: Callable[..., Ingested], tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"nr": ["a", "b"]}, geometry=[Point(14.80, 56.88), Point(14.81, 56.88)], crs="EPSG:4326"
    )
    frame.to_parquet(tmp_path / "g.parquet")
    lamps = {"frame": "lamps", "source": "s", "columns": {"ref": "nr"}}
    got = read(content(tmp_path / "g.parquet"), lamps, name="lampor.geoparquet")
    back = got.accepted.geometry.to_crs("EPSG:4326")
    assert back.x.round(6).tolist() == [14.80, 14.81]
    frame.to_crs("EPSG:3006").to_parquet(tmp_path / "m.parquet")
    metres = read(content(tmp_path / "m.parquet"), lamps, name="lampor.parquet")
    assert metres.accepted.geometry.geom_equals_exact(got.accepted.geometry, 0.01).all()


def test_empty_broken_and_lacking_files_are_refused(
    read: Callable[..., Ingested], incidents: dict[str, Any], tmp_path: Path
) -> None:
    pq.write_table(pa.table({"Nr": pa.array([], pa.int64())}), tmp_path / "e.parquet")
    with pytest.raises(IngestError, match="has no rows"):
        read(content(tmp_path / "e.parquet"), incidents, name="e.parquet")
    with pytest.raises(IngestError, match="cannot be opened as Parquet"):
        read(b"PAR1 and then nothing of use", incidents, name="b.parquet")
    TABLE.drop(columns="Typ").to_parquet(tmp_path / "l.parquet")
    with pytest.raises(IngestError, match="lacks 1 of the mapping's columns: Typ"):
        read(content(tmp_path / "l.parquet"), incidents, name="l.parquet")


def test_more_rows_than_a_municipality_has_are_refused_unread(
    read: Callable[..., Ingested], incidents: dict[str, Any], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("geo.ingest.parquet._MOST_ROWS", 2)
    TABLE.to_parquet(tmp_path / "t.parquet")
    with pytest.raises(IngestError, match="more rows than a municipality has"):
        read(content(tmp_path / "t.parquet"), incidents, name="t.parquet")
