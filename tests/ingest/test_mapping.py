from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import IngestError
from geo.ingest import Mapping

if TYPE_CHECKING:
    from pathlib import Path


def test_a_mapping_file_is_read_and_its_version_follows_its_words(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    text = 'frame = "lamps"\nsource = "a"\ncrs = "EPSG:3006"\n[columns]\nx = "E"\ny = "N"\n'
    path.write_text(text, encoding="utf-8")
    first = Mapping.read(path)
    path.write_text("# a remark\n" + text, encoding="utf-8")
    assert Mapping.read(path).version == first.version
    path.write_text(text.replace('"E"', '"X"'), encoding="utf-8")
    assert Mapping.read(path).version != first.version


def test_an_unknown_key_is_an_error_that_lists_the_known_ones(incidents: dict[str, Any]) -> None:
    with pytest.raises(IngestError, match="colums") as caught:
        Mapping.parse({**incidents, "colums": {}})
    assert "columns" in str(caught.value.facts["known"])


def test_free_text_has_nowhere_to_go(incidents: dict[str, Any]) -> None:
    incidents["columns"]["description"] = "Fritext"
    with pytest.raises(IngestError, match="keep no free text"):
        Mapping.parse(incidents)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"columns": {"occured_from": "Tid"}}, "occured_from"),
        ({"columns": {"x": "E"}}, "belong together"),
        ({"columns": {"ref": []}}, "no column of theirs"),
        ({"categories": {"a": "grafitti"}}, "grafitti"),
        ({"constants": {"setting": "garden"}}, "garden"),
        ({"values": {"found_by": {"x": "nobody"}}}, "nobody"),
        ({"units": {"accuracy_m": "furlong"}}, "furlong"),
        ({"units": {"category": "m"}}, "is no number"),
        ({"timezone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"crs": "EPSG:99999999"}, "99999999"),
        ({"encoding": "utf-9"}, "utf-9"),
        ({"separator": ";;"}, "one character"),
        ({"decimal": "'"}, "decimal"),
        ({"frame": "hotspots"}, "hotspots"),
    ],
)
def test_every_name_that_does_not_exist_is_told(
    incidents: dict[str, Any], change: dict[str, Any], told: str
) -> None:
    with pytest.raises(IngestError) as caught:
        Mapping.parse(incidents | change)
    assert told in str(caught.value)


def test_points_cannot_be_made_of_streets() -> None:
    with pytest.raises(IngestError, match="LineString"):
        Mapping.parse({"frame": "streets", "source": "a", "columns": {"x": "E", "y": "N"}})


def test_a_missing_file_and_a_broken_one_say_so(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="no mapping file"):
        Mapping.read(tmp_path / "none.toml")
    broken = tmp_path / "broken.toml"
    broken.write_text("frame = ", encoding="utf-8")
    with pytest.raises(IngestError, match="not valid TOML"):
        Mapping.read(broken)
