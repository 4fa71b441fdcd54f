"""What was truly planted, kept aside, and how well an analysis found it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    from pathlib import Path

    from geopandas import GeoDataFrame

NEAR_M = 100.0
CERTAIN = ("well_supported", "likely")


@dataclass(frozen=True, slots=True)
class Truth:
    """
    The truth behind the files; nothing but scoring reads it.

    Parameters
    ----------
    seed
        What everything was drawn from.
    is_planted
        False: incidents are Poisson on the expected.
    places
        Every place with an excess: ``key``, ``role``, ``name``, ``effect`` (over the last 52
        weeks), ``factor`` ("2x", "3x", "5x" or ""), ``expected_52w``, ``centre``, ``radius_m``,
        ``hours``, ``only_dark``, ``spells`` (first week, last week, times expected), ``n_52w``
        (incidents that happened there in the last 52 weeks beyond the background), ``wkt``.
    rates
        Kind of land -> incidents per km of street in 52 weeks.
    street_km
        Kind of land -> kilometres of street.
    light
        ``dark_odds`` (1 where darkness changes nothing), ``bare`` (streets without lamps),
        ``groups`` (poles out together), ``asleep`` (streets dark on purpose), ``out`` (every pole
        that is out), ``unlisted`` (lamps in no register: x, y, height m, lumen, whether lit),
        ``n_lamps``, ``n_listed``, ``gap`` and ``gap_missing``.
    told
        Counts by source: rows, bad, refused, unlocated, told twice.
    measures
        Number -> role, start and what it truly did.
    disagreements
        The three times when actors did not agree.
    monday
        Answers to the fifteen questions, by number, as far as the data decide them.
    """

    seed: int
    is_planted: bool
    places: list[dict[str, Any]]
    rates: dict[str, float]
    street_km: dict[str, float]
    light: dict[str, Any]
    told: dict[str, dict[str, int]]
    measures: dict[str, dict[str, Any]]
    disagreements: list[dict[str, str]]
    monday: dict[str, Any]

    def write(self, path: Path) -> None:
        """
        Write it as JSON.

        Parameters
        ----------
        path
            Where to.
        """
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Truth:
        """
        Read it back.

        Parameters
        ----------
        path
            From `write`.

        Returns
        -------
        Truth
            The same truth.
        """
        return cls(**json.loads(path.read_text(encoding="utf-8")))


def score(truth: Truth, places: GeoDataFrame) -> dict[str, Any]:
    """
    Count what an analysis found of what was planted, and what it found that was not.

    Parameters
    ----------
    truth
        What was planted.
    places
        Rows of the frame hotspots, shape (n,), EPSG:3006. Those count that claim to stand out
        and are well supported or likely.

    Returns
    -------
    dict
        ``planted``, ``found``, ``missed``, ``false`` (near nothing planted of any role) and
        ``by_effect``: factor -> [found, planted].
    """
    counted = places
    if len(places):
        sure = (places["claim"] == "stands_out") & places["certainty"].isin(CERTAIN)
        counted = places[sure.to_numpy()]
    shapes = counted.geometry.to_numpy()
    found = 0
    by_effect: dict[str, list[int]] = {}
    for row in truth.places if truth.is_planted else []:
        if row["role"] != "planted":
            continue
        ground = shapely.from_wkt(row["wkt"])
        hit = bool(len(shapes)) and bool(shapely.dwithin(shapes, ground, NEAR_M).any())
        found += hit
        pair = by_effect.setdefault(row["factor"], [0, 0])
        pair[0] += int(hit)
        pair[1] += 1
    planted = sum(pair[1] for pair in by_effect.values())
    excess = [shapely.from_wkt(row["wkt"]) for row in truth.places] if truth.is_planted else []
    near = shapely.union_all(excess).buffer(NEAR_M) if excess else shapely.Polygon()
    wrong = int((~shapely.intersects(shapes, near)).sum()) if len(shapes) else 0
    return {"planted": planted, "found": found, "missed": planted - found, "false": wrong,
            "by_effect": dict(sorted(by_effect.items()))}  # fmt: skip
