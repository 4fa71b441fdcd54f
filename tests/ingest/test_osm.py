from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import IngestError
from geo.ingest import Ingested, Mapping, read_file
from geo.ingest.osm_tags import lit_state, street_kind

if TYPE_CHECKING:
    from pathlib import Path

#      4
#      |
# 1 -- 2 -- 3     a road 1-2-3, a lit path 2-4, a ring at 3, stairs that leave the extract
NODES = {1: (14.80, 56.87), 2: (14.81, 56.87), 3: (14.82, 56.87), 4: (14.81, 56.88),
         5: (14.83, 56.88), 6: (14.83, 56.86)}  # fmt: skip
WAYS: list[tuple[int, list[int], dict[str, str]]] = [
    (10, [1, 2, 3], {"highway": "residential", "name": "Björkgatan"}),
    (11, [2, 4], {"highway": "path", "bicycle": "designated", "lit": "24/7"}),
    (12, [3, 5, 6, 3], {"highway": "footway", "lit": "no"}),
    (13, [4, 99], {"highway": "steps"}),
    (14, [1, 4], {"highway": "proposed"}),
    (15, [1, 6], {"building": "yes"}),
]
STREETS = {"frame": "streets", "source": "osm"}


def xml() -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6">']
    lines += [f'<node id="{n}" version="1" lat="{y}" lon="{x}"/>' for n, (x, y) in NODES.items()]
    lines += [
        '<node id="7" version="1" lat="56.871" lon="14.811">',
        '<tag k="highway" v="street_lamp"/><tag k="height" v="6 m"/><tag k="ref" v="B7"/></node>',
        '<node id="8" version="1" lat="56.871" lon="14.812">',
        '<tag k="highway" v="crossing"/></node>',
    ]
    for number, nodes, tags in WAYS:
        inner = "".join(f'<nd ref="{n}"/>' for n in nodes)
        inner += "".join(f'<tag k="{k}" v="{v}"/>' for k, v in tags.items())
        lines.append(f'<way id="{number}" version="1">{inner}</way>')
    return "\n".join([*lines, "</osm>"])


def load(path: Path, mapping: dict[str, Any]) -> Ingested:
    return read_file(
        path, mapping=Mapping.parse(mapping), crs="EPSG:3006", timezone="Europe/Stockholm",
        extent=None, key=b"k",
    )  # fmt: skip


@pytest.fixture(params=["a.osm", "a.osm.gz", "a.osm.pbf"])
def extract(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / str(request.param)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(xml().encode()))
    else:
        plain = tmp_path / "a.osm"
        plain.write_text(xml(), encoding="utf-8")
        if path.suffix == ".pbf":
            import osmium

            with osmium.SimpleWriter(str(path)) as writer:
                for item in osmium.FileProcessor(str(plain)):
                    writer.add(item)
    return path


def test_ways_become_stretches_between_junctions(extract: Path) -> None:
    got = load(extract, STREETS)
    assert got.reader == "osm"
    rows = got.accepted.set_index(["from_node", "to_node"]).sort_index()
    assert sorted(rows.index) == [("n1", "n2"), ("n2", "n3"), ("n2", "n4"), ("n3", "n3")]
    assert rows["kind"].to_dict() == {
        ("n1", "n2"): "road", ("n2", "n3"): "road", ("n2", "n4"): "cycleway",
        ("n3", "n3"): "footway"}  # fmt: skip
    assert rows["lit"].tolist() == ["unknown", "unknown", "yes", "no"]
    assert rows.loc[("n1", "n2"), "name"] == "Björkgatan"
    assert rows["length_m"].iloc[0] == pytest.approx(609.6, abs=1.5)
    assert got.layout == {"ways": 5, "ways_not_streets": 1, "ways_outside": 1}


def test_lamps_stand_there_and_their_state_is_unknown(extract: Path) -> None:
    got = load(extract, {"frame": "lamps", "source": "osm"})
    row = got.accepted.iloc[0]
    assert (len(got.accepted), row["state"], row["height_m"], row["pole_ref"]) == (
        1, "unknown", 6.0, "B7")  # fmt: skip


def test_a_lamp_lights_no_street(extract: Path) -> None:
    assert load(extract, STREETS).accepted["lit"].tolist().count("yes") == 1


def test_only_streets_and_lamps_come_from_an_extract(extract: Path) -> None:
    with pytest.raises(IngestError, match="streets and lamps, not areas"):
        load(extract, {"frame": "areas", "source": "osm"})
    with pytest.raises(IngestError, match="no column colour"):
        load(extract, STREETS | {"columns": {"owner": "colour"}})


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.osm", "<osm version='0.6'></osm>", "holds no streets"),
        ("a.osm", "<osm version='0.6'><way", "cannot be read as an OpenStreetMap extract"),
        ("a.pbf", "no pbf at all", "cannot be read as an OpenStreetMap extract"),
    ],
)
def test_broken_and_empty_extracts_are_refused(
    tmp_path: Path, name: str, content: str, told: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(IngestError, match=told):
        load(tmp_path / name, STREETS)


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"highway": "service"}, "road"),
        ({"highway": "steps"}, "stairs"),
        ({"highway": "footway", "tunnel": "yes"}, "gc_tunnel"),
        ({"highway": "footway", "tunnel": "no"}, "footway"),
        ({"highway": "cycleway"}, "cycleway"),
        ({"highway": "pedestrian"}, "footway"),
        ({"highway": "pedestrian", "area": "yes"}, "square"),
        ({"highway": "platform"}, None),
        ({"highway": "construction"}, None),
        ({}, None),
    ],
)
def test_kinds_of_ways(tags: dict[str, str], kind: str | None) -> None:
    assert street_kind(tags) == kind


@pytest.mark.parametrize(
    ("tag", "state"),
    [("yes", "yes"), ("automatic", "yes"), ("limited", "yes"), ("no", "no"), ("disused", "no"),
     ("", "unknown"), ("gas", "unknown"), (None, "unknown")],
)  # fmt: skip
def test_light_has_three_states(tag: str | None, state: str) -> None:
    assert lit_state(tag) == state
