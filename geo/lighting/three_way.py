"""The three-way picture: incidents, felt unsafe and light at a place, and who should act."""

from __future__ import annotations

import hashlib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.frames import PLACE_TYPES
from geo.intervals import benjamini_hochberg, poisson_interval
from geo.intervals.tails import poisson_tail
from geo.lighting.along_streets import Ground, along_streets
from geo.lighting.place_facts import REPORT_NEAR_M
from geo.spatial import require_metres

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

MANY, FEW, UNSAFE, UNSURE = "many", "few", "unsafe", "cannot_tell"
DARK, LIT, PARTLY = "dark", "lit", "partly"
FELT_NEAR_M = 25.0
"""Reports this near a place are about it: as far as a pin is off."""
CLUSTER_M = 75.0
"""Reports this near another are about one place."""
CLUSTER_N = 3
"""So many reports together make a place of their own."""
FALSE_SHARE = 0.05
FEW_RATE = 3.0
"""Few incidents: the upper limit lies below so many times the expected..."""
FEW_A_YEAR = 6.0
"""...or below so many a year."""
DARK_M = 30.0
SURVEYED = 0.8
_NEARLY_ALL = 0.9
_SURE = ("well_supported", "likely")
_TYPES = MappingProxyType(
    {
        (MANY, UNSAFE): "both",
        (MANY, FEW): "incidents_only",
        (FEW, UNSAFE): "felt_only",
        (FEW, FEW): "calm",
        (MANY, UNSURE): "incidents",
        (UNSURE, UNSAFE): "felt",
    }
)
"""(incidents, felt) -> type; any other pair cannot be told."""


def type_places(hotspots: GeoDataFrame, reports: GeoDataFrame) -> GeoDataFrame:
    """
    Gather the places to type: those that stand out, and those that several feel are unsafe.

    Parameters
    ----------
    hotspots
        Rows of the frame ``hotspots``, shape (n,).
    reports
        Live reports of feeling unsafe, in the same CRS.

    Returns
    -------
    GeoDataFrame
        ``id``, ``place_id``, ``basis`` (``hotspot`` or ``reports``), ``certainty``, ``n``,
        ``expected`` and geometry. A hotspot with two claims comes once. Three reports or more,
        each within 75 m of another and none within 50 m of a hotspot, are a place of their own.

    Raises
    ------
    CrsError
        If the frames are not in one metric CRS.
    """
    import geopandas as gpd

    require_metres(hotspots, name="hotspots")
    require_metres(reports, name="reports", crs=hotspots.crs)
    first = hotspots[hotspots["claim"] == "stands_out"].sort_values(["rank", "id"])
    known = first.drop_duplicates("place_id")
    columns = ["id", "place_id", "name", "certainty", "n", "expected", "geometry"]
    places = known[columns].assign(basis="hotspot")
    rows = [
        {"id": _name(shape), "place_id": None, "name": None, "certainty": None, "n": np.nan,
         "expected": np.nan, "basis": "reports", "geometry": shape}
        for shape in _clusters(reports, places)
    ]  # fmt: skip
    felt = gpd.GeoDataFrame(rows, columns=[*columns, "basis"], geometry="geometry",
                            crs=hotspots.crs)  # fmt: skip
    both = [part for part in (places, felt) if len(part)]
    out = pd.concat(both, ignore_index=True) if both else felt
    return gpd.GeoDataFrame(out, geometry="geometry", crs=hotspots.crs)


def _clusters(reports: GeoDataFrame, places: GeoDataFrame) -> list[Any]:
    """Draw the ground that several reports share, away from places already known."""
    import shapely

    spots = reports.geometry[reports.geometry.notna()].to_numpy()
    if len(spots) == 0:
        return []
    near = shapely.union_all(places.geometry.to_numpy()).buffer(REPORT_NEAR_M)
    spots = spots[~shapely.intersects(spots, near)] if len(places) else spots
    blobs = shapely.get_parts(shapely.union_all(shapely.buffer(spots, CLUSTER_M / 2)))
    of, _ = shapely.STRtree(spots).query(blobs, predicate="intersects")
    n = np.bincount(of, minlength=len(blobs))
    kept = shapely.set_precision(shapely.simplify(blobs[n >= CLUSTER_N], 1.0), 0.01)
    return sorted(kept.tolist(), key=lambda shape: shape.wkt)


def _name(shape: Any) -> str:
    """Name a place of reports by its ground: the same reports give the same name."""
    return "felt-" + hashlib.sha256(shape.wkt.encode()).hexdigest()[:12]


def three_way(
    places: GeoDataFrame,
    *,
    incidents: GeoDataFrame,
    reports: GeoDataFrame,
    streets: GeoDataFrame,
    areas: GeoDataFrame,
    light: pd.DataFrame,
    dark: pd.DataFrame,
    weeks: float = 52.0,
) -> GeoDataFrame:
    """
    Type each place by incidents, by how it is felt, and by its light.

    **Incidents** are many where the search says so (well supported or likely), few where the
    exact upper limit lies below three times the expected or below six a year, else not to be
    told. **Felt** unsafe: more reports within 25 m than street length and kind of land would give
    (exact Poisson tail, allowing for every other place it could have been where reports chose the
    place, false finds kept at 5 %); few only where there is none. **Light** is dark where 30 m or
    more lie dark for lamps out or missing, or where several lamps are out together, or where a
    path without lamps is felt as dark; lit where nothing is wrong and lamps reach nine tenths of
    the street, partly lit otherwise; where lamps are not surveyed it cannot be told.

    Parameters
    ----------
    places
        What `type_places` gave, shape (n,).
    incidents
        Rows of the frame ``incidents``, one period, each told once.
    reports
        Live reports of feeling unsafe.
    streets, areas
        Rows of those frames.
    light, dark
        What `light_picture` (its facts) and `dark_facts` gave for `places`.
    weeks
        Length of the period of incidents.

    Returns
    -------
    GeoDataFrame
        Rows of the frame ``place_types``, run_id "".

    Raises
    ------
    CrsError
        If the frames are not in one metric CRS.
    """
    require_metres(places, name="places")
    ids = pd.Index(places["id"])
    require_metres(streets, name="streets", crs=places.crs)
    ground = Ground.of(streets, areas=areas)
    happened = along_streets(places, incidents.geometry, ground=ground)
    told = along_streets(places, reports.geometry, ground=ground, around_m=FELT_NEAR_M)
    own = places.set_index("id")
    n = own["n"].astype(float).fillna(happened["n"].astype(float)).to_numpy()
    expected = own["expected"].astype(float).fillna(happened["expected"]).to_numpy()
    low, high = poisson_interval(n)
    felt_low, felt_high = poisson_interval(told["n"].to_numpy(float))
    seen, by_dark = light.reindex(ids), dark.reindex(ids)
    table = places.assign(
        name=_names(places, streets), n=n, expected=expected, rate=n / expected,
        rate_low=low / expected, rate_high=high / expected,
        incidents=_incidents(own["certainty"], high, expected, weeks=weeks),
        n_reports=told["n"].to_numpy(), reports_expected=told["expected"].to_numpy(),
        reports_low=felt_low, reports_high=felt_high,
        felt=_felt(told, chosen=(own["basis"] == "reports").to_numpy()),
        light=_light(seen), n_timed=by_dark["n_timed"].to_numpy(float),
        **{k: by_dark[k].to_numpy(float) for k in ("dark_share", "dark_low", "dark_high")},
        inventory_share=seen["inventory_share"].to_numpy(float),
        dark_m=seen["dark_m"].to_numpy(float), n_hidden=seen["n_hidden_reports"].to_numpy(),
        owners=[x if isinstance(x, list) else [] for x in seen["owners"]], run_id="",
    )  # fmt: skip
    pairs = zip(table["incidents"], table["felt"], strict=True)
    table["type"] = [_TYPES.get(pair, UNSURE) for pair in pairs]
    broken = (seen["n_out_together"] >= 1).to_numpy() | (seen["outage_m"] > 0).to_numpy()
    table["acts"] = [
        who_acts(kind, light=lit, broken=bool(out), hidden=int(bush or 0) >= 2)
        for kind, lit, out, bush in zip(
            table["type"], table["light"], broken, table["n_hidden"].fillna(0), strict=True
        )
    ]
    return PLACE_TYPES.conform(table[[*PLACE_TYPES.names, "geometry"]], crs=places.crs)


def who_acts(kind: str, *, light: str, broken: bool, hidden: bool) -> list[str]:
    """
    Say whose move it is.

    Parameters
    ----------
    kind
        Type of the place.
    light
        ``dark``, ``partly``, ``lit`` or ``cannot_tell``.
    broken
        Whether a lamp there is out.
    hidden
        Whether several say that sight is hidden.

    Returns
    -------
    list of str
        ``patrol``, ``dialogue``, ``lamp``, ``survey`` and ``greenery``, in that order; ``nothing``
        alone where nobody need act now.

    Examples
    --------
    >>> who_acts("both", light="dark", broken=True, hidden=False)
    ['patrol', 'lamp']
    >>> who_acts("felt_only", light="lit", broken=False, hidden=True)
    ['greenery']
    >>> who_acts("calm", light="lit", broken=False, hidden=False)
    ['nothing']
    """
    many = kind in {"both", "incidents_only", "incidents"}
    unsafe = kind in {"both", "felt_only", "felt"}
    acts = [
        ("patrol", many),
        ("dialogue", unsafe and light != DARK and not hidden),
        ("lamp", light == DARK and (unsafe or many or broken)),
        ("survey", light == UNSURE and (unsafe or many)),
        ("greenery", hidden and unsafe),
    ]
    return [name for name, due in acts if due] or ["nothing"]


def _incidents(
    certainty: pd.Series, high: NDArray[Any], expected: NDArray[Any], *, weeks: float
) -> NDArray[np.str_]:  # fmt: skip
    """Judge the incidents of each place."""
    few = (high < FEW_RATE * expected) | (high * 52 / weeks < FEW_A_YEAR)
    few &= certainty.isna().to_numpy() | (certainty == "cannot_tell").to_numpy()
    sure = certainty.isin(_SURE).to_numpy()
    return np.select([sure, few], [MANY, FEW], UNSURE)


def _felt(told: pd.DataFrame, *, chosen: NDArray[np.bool_]) -> NDArray[np.str_]:
    """Judge how each place is felt; places that reports chose pay for every place they could be."""
    n = told["n"].to_numpy()
    p = np.where(n >= 2, poisson_tail(n, told["expected"].fillna(np.inf).to_numpy()), 1.0)
    p = np.where(chosen, np.minimum(1.0, p * told["windows"].fillna(1.0).to_numpy()), p)
    unsafe = (n >= 2) & (benjamini_hochberg(p) <= FALSE_SHARE)
    return np.select([unsafe, n == 0], [UNSAFE, FEW], UNSURE)


def _light(seen: pd.DataFrame) -> NDArray[np.str_]:
    """Judge the light of each place."""
    dark = (seen["dark_m"] >= DARK_M) | (seen["n_out_together"] >= 2)
    dark |= (seen["unlit_m"] >= DARK_M) & (seen["n_dark_reports"] >= 1)
    known = (seen["inventory_share"] >= SURVEYED).to_numpy()
    whole = (seen["unlit_m"] < DARK_M) | (seen["lit_share"] >= _NEARLY_ALL)
    lit = whole & (seen["n_faulty"] == 0) & (seen["off_m"] < DARK_M)
    return np.select([dark.to_numpy(bool), ~known, lit.to_numpy(bool)], [DARK, UNSURE, LIT], PARTLY)


def _names(places: GeoDataFrame, streets: GeoDataFrame) -> list[Any]:
    """Name places that have no name after the nearest street that has one."""
    import shapely

    own = places["name"].to_numpy(object)
    named = streets[streets["name"].notna() & (streets["name"] != "")].sort_values("id")
    missing = np.flatnonzero(pd.isna(own))
    if named.empty or missing.size == 0:
        return [None if pd.isna(value) else value for value in own]
    middles = shapely.centroid(places.geometry.to_numpy()[missing])
    at, street = shapely.STRtree(named.geometry.to_numpy()).query_nearest(
        middles, max_distance=150.0, all_matches=False
    )
    own = own.copy()
    own[missing[at]] = named["name"].to_numpy(object)[street]
    return [None if pd.isna(value) else value for value in own]
