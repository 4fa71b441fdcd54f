"""What lies at each place: street by light, lamps, faults, reports, dark stretches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.lighting.dark_stretches import MISSING, OUTAGE
from geo.lighting.inventory import LIT, NOT_INVENTORIED, UNLIT
from geo.lighting.outages import OFF, OUT
from geo.lighting.places import in_places, place_ids, place_shapes, points_in_places

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

MIXED = "mixed"
LAMP_NEAR_M = 15.0
REPORT_NEAR_M = 50.0
DARK_REASONS = frozenset({"dark", "lamp_out"})
HIDDEN_REASONS = frozenset({"hidden_sight"})
LACKING_M = 30.0
OLD_SOURCES = frozenset({"hps", "mercury"})
_MOSTLY = 0.8
_HALF = 0.5


def says(reports: GeoDataFrame, words: AbstractSet[str]) -> NDArray[np.bool_]:
    """
    Tell which reports give one of some reasons.

    Parameters
    ----------
    reports
        Rows of the frame ``reports``, shape (n,).
    words
        The reasons looked for.

    Returns
    -------
    ndarray
        bool, shape (n,).
    """
    return np.array([not words.isdisjoint(reasons) for reasons in reports["reasons"]], dtype=bool)


def gather(place: NDArray[np.intp], ids: NDArray[np.object_], n: int) -> list[list[str]]:
    """
    Gather ids by place.

    Parameters
    ----------
    place
        Position of the place, shape (m,).
    ids
        What lies there, shape (m,).
    n
        How many places there are.

    Returns
    -------
    list of list of str
        Shape (n,), each sorted and without doubles.
    """
    out: list[list[str]] = [[] for _ in range(n)]
    for at, name in zip(place.tolist(), ids.tolist(), strict=True):
        out[at].append(name)
    return [sorted(set(names)) for names in out]


def state_facts(places: GeoDataFrame, samples: pd.DataFrame) -> pd.DataFrame:
    """
    Judge the street in each place; where there is none, that within 50 m.

    Parameters
    ----------
    places
        Areas or lines, shape (n,).
    samples
        What `light_samples` gave.

    Returns
    -------
    DataFrame
        By place id: ``state``, ``inventory_share``, ``lit_share``, ``street_m``.
    """
    x, y = samples["x"].to_numpy(), samples["y"].to_numpy()
    place, piece = points_in_places(places, x, y)
    bare = np.setdiff1d(np.arange(len(places)), place)
    if bare.size:
        more, further = points_in_places(places.iloc[bare], x, y, around_m=REPORT_NEAR_M)
        place, piece = np.r_[place, bare[more]], np.r_[piece, further]
    part = samples.iloc[piece]
    length, n = part["piece_m"].to_numpy(), len(places)
    total = np.bincount(place, length, minlength=n)
    safe = np.where(total > 0, total, 1.0)

    def share(mask: pd.Series) -> NDArray[np.float64]:
        out: NDArray[np.float64] = np.bincount(place, length * mask, minlength=n) / safe
        return out

    lit, unlit = share(part["state"] == LIT), share(part["state"] == UNLIT)
    known = lit + unlit
    of_known = lit / np.where(known > 0, known, 1.0)
    state = np.select(
        [known < _HALF, of_known >= _MOSTLY, of_known <= 1 - _MOSTLY],
        [NOT_INVENTORIED, LIT, UNLIT],
        default=MIXED,
    )
    table = {"inventory_share": share(part["inventoried"]), "lit_share": lit, "street_m": total}
    return pd.DataFrame({"state": pd.Series(state, dtype="str"), **table}).set_axis(
        place_ids(places), axis="index"
    )


def lamp_facts(
    places: GeoDataFrame,
    lamps: GeoDataFrame,
    *,
    status: pd.Series,
    events: pd.DataFrame,
    placed: pd.DataFrame,
) -> pd.DataFrame:
    """
    Count lamps and faults at each place.

    Parameters
    ----------
    places
        Areas or lines, shape (n,).
    lamps
        Rows of the frame ``lamps``.
    status, events, placed
        What `lamp_status`, `fault_events` and `place_lamps` gave.

    Returns
    -------
    DataFrame
        By place id: counts, share of assumed heights, ``untold_share`` (lamps of which neither
        the register nor any fault report says whether they give light), owners, ids of lamps
        with something wrong and of the open faults on them.
    """
    ordered = lamps.sort_values("id")
    ids = ordered["id"].to_numpy(object)
    state = status.reindex(ids).to_numpy(object)
    fault = events[events["closed_at"].isna() & events["lamp_id"].notna()]
    n_open = fault.groupby("lamp_id").size().reindex(ids, fill_value=0).to_numpy()
    n_told = fault.groupby("lamp_id")["n_reports"].sum().reindex(ids, fill_value=0).to_numpy()
    hidden = fault[fault["kind"] == "obscured"].groupby("lamp_id").size()
    obscured = hidden.reindex(ids, fill_value=0).to_numpy()
    by_lamp = fault.groupby("lamp_id")["fault_ids"].agg(lambda s: [i for ids in s for i in ids])
    place, lamp = in_places(places, ordered.geometry, around_m=LAMP_NEAR_M)
    n = len(places)

    def count(values: Any) -> NDArray[np.int64]:
        weights = np.asarray(values, float)[lamp]
        return np.bincount(place, weights, minlength=n).astype(np.int64)

    n_lamps = count(np.ones(len(ids)))
    assumed = count(placed["height_assumed"].reindex(ids).to_numpy(bool))
    wrong = (state == OUT) | (n_open > 0)
    # where fault reports are loaded, that none tells of a lamp says something of it
    untold = (ordered["state"] == "unknown").to_numpy() & ~wrong & (len(events) == 0)
    owner, faulty = ordered["owner"].to_numpy(object), wrong[lamp]
    owned = pd.notna(owner[lamp])
    broken = gather(place[faulty], ids[lamp[faulty]], n)
    return pd.DataFrame(
        {
            "n_lamps": n_lamps,
            "n_faulty": count(state == OUT),
            "n_register_out": count(ordered["state"] == "faulty"),
            "n_fault_reports": count(n_told),
            "n_open_faults": count(n_open),
            "n_off_on_purpose": count(state == OFF),
            "n_obscured": count(obscured),
            "untold_share": count(untold) / np.where(n_lamps > 0, n_lamps, 1),
            "height_assumed_share": assumed / np.where(n_lamps > 0, n_lamps, 1),
            "old_share": count(ordered["light_source"].isin(OLD_SOURCES))
            / np.where(n_lamps > 0, n_lamps, 1),
            "owners": gather(place[owned], owner[lamp[owned]], n),
            "lamp_ids": broken,
            "fault_ids": [sorted(f for i in row for f in by_lamp.get(i, [])) for row in broken],
        },
        index=place_ids(places),
    )


def report_facts(places: GeoDataFrame, reports: GeoDataFrame) -> pd.DataFrame:
    """
    Count reports of darkness and of hidden sight within 50 m of each place.

    Parameters
    ----------
    places
        Areas or lines, shape (n,).
    reports
        Rows of the frame ``reports`` that count.

    Returns
    -------
    DataFrame
        By place id: ``n_dark_reports``, ``n_hidden_reports`` and their ids.
    """
    place, row = in_places(places, reports.geometry, around_m=REPORT_NEAR_M)
    ids = reports["id"].to_numpy(object)
    table = {}
    for name, words in (("report", DARK_REASONS), ("hidden", HIDDEN_REASONS)):
        said = says(reports, words)[row] if len(row) else np.zeros(0, bool)
        table[f"{name}_ids"] = gather(place[said], ids[row[said]], len(places))
    out = pd.DataFrame(table, index=place_ids(places))
    return out.assign(
        n_dark_reports=out["report_ids"].map(len).astype("int64"),
        n_hidden_reports=out["hidden_ids"].map(len).astype("int64"),
    )


def stretch_facts(places: GeoDataFrame, stretches: GeoDataFrame) -> pd.DataFrame:
    """
    Measure the dark stretches at each place, as far as they lie there.

    Parameters
    ----------
    places
        Areas or lines, shape (n,).
    stretches
        What `dark_stretches` gave.

    Returns
    -------
    DataFrame
        By place id: ``outage_m``, ``missing_m``, ``dark_m`` (both together,
        short lit gaps included), ``off_m`` (dark on purpose), ``unlit_m``
        (paths that have no lamps), ``stretch_ids`` and ``missing_stretch_ids`` (those where 30 m
        or more have no lamp at all, whatever else is out there).
    """
    import shapely

    place, row = in_places(places, stretches.geometry, around_m=LAMP_NEAR_M)
    ground = place_shapes(places, around_m=LAMP_NEAR_M).to_numpy()[place]
    lines = stretches.geometry.to_numpy()[row]
    inside = shapely.length(shapely.intersection(ground, lines))
    whole = np.maximum(shapely.length(lines), 1e-9)
    n = len(places)

    def metres(values: pd.Series) -> NDArray[np.float64]:
        share = values.to_numpy(float)[row] * inside / whole
        return np.bincount(place, share, minlength=n).astype(float)

    fault = stretches["cause"].isin([OUTAGE, MISSING])
    names = stretches.index.to_numpy(object)
    bare = (stretches["missing_m"] >= LACKING_M) | (stretches["cause"] == UNLIT)
    lacking = bare.to_numpy(bool)[row]
    data: dict[str, Any] = {
        "outage_m": metres(stretches["outage_m"]),
        "missing_m": metres(stretches["missing_m"]),
        "dark_m": metres(stretches["length_m"].where(fault, 0.0)),
        "off_m": metres(stretches["length_m"].where(stretches["cause"] == OFF, 0.0)),
        "unlit_m": metres(stretches["length_m"].where(stretches["cause"] == UNLIT, 0.0)),
        "stretch_ids": gather(place, names[row], n),
        "missing_stretch_ids": gather(place[lacking], names[row[lacking]], n),
    }
    return pd.DataFrame(data, index=place_ids(places))
