"""OpenStreetMap extracts: ways split at junctions into stretches, and lamps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import IngestError
from geo.ingest.base import RawTable, Reader
from geo.ingest.osm_tags import lit_state, street_kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.ingest.mapping import Mapping

_STREET_TAGS = ("highway", "lit", "name", "operator", "surface")
_LAMP_TAGS = ("ref", "operator", "lamp_type", "light:method", "height", "support")


@dataclass
class _Way:
    """A way that is a street: its tags, and its nodes in order."""

    number: int
    tags: dict[str, str]
    nodes: list[int]
    spots: list[tuple[float, float]]


@dataclass
class _Found:
    """What an extract holds."""

    ways: list[_Way] = field(default_factory=list)
    lamps: list[tuple[int, dict[str, str], tuple[float, float]]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


class OpenStreetMap(Reader):
    """Streets with junctions, kind and `lit`; or street lamps."""

    name = "osm"
    title = "OpenStreetMap (.osm, .osm.gz, .pbf)"
    suffixes = (".osm", ".osm.gz", ".osm.bz2", ".pbf")

    @classmethod
    def claims(cls, path: Path, head: bytes) -> bool:
        """
        Tell whether a file is an OpenStreetMap extract.

        Parameters
        ----------
        path
            The file.
        head
            Its first bytes, unpacked.

        Returns
        -------
        bool
            True for OSM XML and PBF.
        """
        named = path.name.casefold().endswith(cls.suffixes)
        return named or b"<osm " in head[:2000] or b"OSMHeader" in head[:32]

    def read(self, path: Path, *, mapping: Mapping) -> RawTable:
        """
        Read streets or lamps, as the mapping's frame says.

        Parameters
        ----------
        path
            The extract.
        mapping
            Its frame is `streets` or `lamps`; columns are known without it.

        Returns
        -------
        RawTable
            A row a stretch between two junctions, or a row a lamp.

        Raises
        ------
        IngestError
            If the frame is another, the file is broken, or holds none.
        """
        found = _scan(path, frame=mapping.frame)
        table = _streets(found) if mapping.frame == "streets" else _lamps(found)
        if not len(table.rows):
            msg = f"{path.name} holds no {mapping.frame}."
            raise IngestError(msg, found=dict(found.counts), fix="choose a larger extract")
        lacking = [c for c in mapping.wanted if c not in table.rows]
        if lacking:
            msg = f"OpenStreetMap rows have no column {', '.join(lacking)}."
            raise IngestError(msg, known=", ".join(table.headers), fix="leave them out")
        return table


def _scan(path: Path, *, frame: str) -> _Found:
    """Gather the ways or lamps of an extract."""
    import osmium

    if frame not in {"streets", "lamps"}:
        msg = f"an OpenStreetMap extract gives streets and lamps, not {frame}."
        raise IngestError(msg, expected="streets, lamps", fix="change frame in the mapping")
    if not path.is_file():
        msg = f"there is no file {path.name!r}."
        raise IngestError(msg, fix="check the path")
    found = _Found()
    try:
        objects = osmium.FileProcessor(str(path)).with_locations()
        for item in objects.with_filter(osmium.filter.KeyFilter("highway")):
            if frame == "streets" and isinstance(item, osmium.osm.Way):
                _take_way(item, found)
            elif (
                frame == "lamps"
                and isinstance(item, osmium.osm.Node)
                and item.tags["highway"] == "street_lamp"
            ):
                tags = {tag.k: tag.v for tag in item.tags}
                found.lamps.append((item.id, tags, (item.location.lon, item.location.lat)))
    except (RuntimeError, OSError) as error:
        msg = f"{path.name} cannot be read as an OpenStreetMap extract."
        raise IngestError(msg, found=str(error)[:120], fix="fetch it again") from error
    return found


def _take_way(item: Any, found: _Found) -> None:
    """Keep a way that is a street, with the nodes that lie in the extract."""
    found.counts["ways"] += 1
    tags = {tag.k: tag.v for tag in item.tags}
    if street_kind(tags) is None:
        found.counts["ways_not_streets"] += 1
        return
    nodes: list[int] = []
    at: list[tuple[float, float]] = []
    for node in item.nodes:
        if node.location.valid() and (not nodes or nodes[-1] != node.ref):
            nodes.append(node.ref)
            at.append((node.location.lon, node.location.lat))
    if len(nodes) < 2:
        found.counts["ways_outside"] += 1
        return
    if len(nodes) < len(item.nodes):
        found.counts["ways_cut"] += 1
    found.ways.append(_Way(item.id, tags, nodes, at))


def split_at_junctions(ways: list[_Way]) -> Iterator[tuple[_Way, int, int]]:
    """
    Split ways where they meet themselves or each other, and at their ends.

    Parameters
    ----------
    ways
        Ways with at least two nodes.

    Yields
    ------
    tuple
        The way, and first and last position of a stretch among its nodes.
    """
    uses = Counter(node for way in ways for node in way.nodes)
    for way in ways:
        start = 0
        for here in range(1, len(way.nodes)):
            if here == len(way.nodes) - 1 or uses[way.nodes[here]] > 1:
                yield way, start, here
                start = here


def _streets(found: _Found) -> RawTable:
    """Make a row of each stretch."""
    cells: list[list[str]] = []
    lines: list[list[tuple[float, float]]] = []
    seen: Counter[tuple[int, int, int]] = Counter()
    for way, start, end in split_at_junctions(found.ways):
        first, last = way.nodes[start], way.nodes[end]
        part = seen[way.number, first, last]
        seen[way.number, first, last] += 1
        cells.append(
            [str(way.number), f"n{first}", f"n{last}", str(part), street_kind(way.tags) or "",
             lit_state(way.tags.get("lit")), *(way.tags.get(t, "") for t in _STREET_TAGS)]
        )  # fmt: skip
        lines.append(way.spots[start : end + 1])
    own = ["osm_id", "from_node", "to_node", "part", "kind", "lit_state"]
    native = {
        "ref": ["osm_id", "from_node", "to_node", "part"], "from_node": ["from_node"],
        "to_node": ["to_node"], "kind": ["kind"], "lit": ["lit_state"], "name": ["name"],
    }  # fmt: skip
    sizes = [len(line) for line in lines]
    shapes = shapely.linestrings(
        np.concatenate([np.asarray(line) for line in lines]) if lines else np.empty((0, 2)),
        indices=np.repeat(np.arange(len(lines)), sizes),
    )
    return _table([*own, *_STREET_TAGS], cells, shapes, native, found)


def _lamps(found: _Found) -> RawTable:
    """Make a row of each lamp; the tag says that it stands there, not that it burns."""
    cells = [
        [str(number), *(tags.get(t, "") for t in _LAMP_TAGS)] for number, tags, _ in found.lamps
    ]
    spots = [position for _, _, position in found.lamps]
    points = shapely.points(np.asarray(spots, dtype="float64").reshape(-1, 2))
    found.counts["lamps"] = len(cells)
    native = {"ref": ["osm_id"], "pole_ref": ["ref"], "height_m": ["height"],
              "owner": ["operator"]}  # fmt: skip
    return _table(["osm_id", *_LAMP_TAGS], cells, points, native, found)


def _table(
    names: list[str], cells: list[list[str]], shapes: Any, native: dict[str, list[str]],
    found: _Found,
) -> RawTable:  # fmt: skip
    """Put cells and geometry together, in degrees."""
    index = pd.RangeIndex(1, len(cells) + 1)
    rows = pd.DataFrame(cells, columns=names, index=index, dtype="str")
    geometry = gpd.GeoSeries(shapes, index=index, crs="EPSG:4326")
    return RawTable(
        rows=rows, headers=names, geometry=geometry, crs="EPSG:4326", native=native,
        layout=dict(found.counts),
    )  # fmt: skip
