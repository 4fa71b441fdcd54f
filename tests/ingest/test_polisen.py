"""Police notices: of an area and a time, never of a place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import IngestError
from geo.ingest.polisen import occurred

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.ingest import Ingested

MAPPING: dict[str, Any] = {"frame": "notices", "source": "polisen"}
EVENT: dict[str, Any] = {
    "id": 7, "datetime": "2026-01-01 9:05:12 +01:00", "name": "31 december 23.50, Rån, Växjö",
    "summary": "Ring Kalle på 070-123 45 67.", "url": "/x/", "type": "Rån",
    "location": {"name": "Växjö", "gps": "56.8777,14.8094"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("title", "published", "expected"),
    [
        ("31 december 23.50, Rån, Växjö", "2026-01-01 0:10:12 +01:00", "2025-12-31 23:50"),
        ("15 juni 12.29, Brand, Leksand", "2025-06-15 13:39:01 +02:00", "2025-06-15 12:29"),
        ("15 juni 14:09, Brand, Leksand", "2025-06-15 13:39:01 +02:00", "2025-06-15 14:09"),
        ("16 juni 12.29, Brand, Leksand", "2025-06-15 13:39:01 +02:00", ""),  # a slip of the pen
        ("29 februari 12.29, Brand, Leksand", "2024-03-02 13:39:01 +01:00", "2024-02-29 12:29"),
        ("30 februari 12.29, Brand, Leksand", "2024-03-02 13:39:01 +01:00", ""),
        ("Sammanfattning natt", "2025-06-15 13:39:01 +02:00", ""),
        ("15 juni 12.29, Brand, Leksand", "snart", ""),
    ],
)
def test_a_heading_names_no_year(title: str, published: str, expected: str) -> None:
    assert occurred(title, published=published) == expected


def test_an_event_keeps_its_area_and_neither_point_nor_summary(
    read: Callable[..., Ingested],
) -> None:
    got = read(json.dumps([EVENT, EVENT | {"id": 8}]), MAPPING, name="events.json")
    assert (got.reader, got.n_read, got.n_unlocated) == ("polisen", 2, 2)
    row = got.accepted.iloc[0]
    assert (row["area"], row["type"], row["title"]) == ("Växjö", "Rån", EVENT["name"])
    assert row["published_at"].isoformat() == "2026-01-01T08:05:12+00:00"
    assert row["occurred"].isoformat() == "2025-12-31T22:50:00+00:00"
    assert row.geometry is None
    assert "Kalle" not in got.accepted.to_json(default=str)


def test_the_same_event_twice_is_one_notice(read: Callable[..., Ingested]) -> None:
    got = read(json.dumps([EVENT, EVENT]), MAPPING, name="events.json")
    assert (len(got.accepted), got.n_repeated) == (1, 1)


def test_events_are_refused_as_anything_but_notices(
    read: Callable[..., Ingested], incidents: dict[str, Any]
) -> None:
    with pytest.raises(IngestError, match="notices for an area") as refused:
        read(json.dumps([EVENT]), incidents, name="events.json")
    assert "middle of a municipality" in refused.value.fix


@pytest.mark.parametrize("broken", ['[{"datetime": 1, "location": {"gps": 2}}]', "[1"])
def test_a_list_of_something_else_is_refused(
    read: Callable[..., Ingested], tmp_path: Path, broken: str
) -> None:
    content = broken if "gps" in broken else json.dumps([EVENT])[:-3]
    with pytest.raises(IngestError, match="is not a list of police events"):
        read(content, MAPPING, name="events.json")
    assert tmp_path.exists()


def test_a_column_that_events_lack_is_named(read: Callable[..., Ingested]) -> None:
    mapping = MAPPING | {"columns": {"area": "kommun"}}
    with pytest.raises(IngestError, match="no column kommun"):
        read(json.dumps([EVENT]), mapping, name="events.json")
