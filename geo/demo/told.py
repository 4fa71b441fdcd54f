"""What four actors tell of it: who, how exactly, how often twice, and how often without a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.demo import steady

if TYPE_CHECKING:
    from numpy.typing import NDArray

ACTORS = ("polisen", "bostadsbolaget", "vaktbolaget", "kommunen")
POSITION_SD_M = 30.0
UNLOCATED = 0.22
DUPLICATE_ROWS = 0.08
DUPLICATE_M = 38.0
DUPLICATE_MIN = 50
_SLOW = {"vandalism", "graffiti", "vehicle_crime", "burglary", "arson_fire"}
# Who tells of what: police, housing company, guards, municipality.
_TELLS: dict[str, tuple[float, float, float, float]] = {
    "vandalism": (3, 3, 1, 3), "graffiti": (1, 3, 1, 4), "vehicle_crime": (7, 2, 0, 0),
    "burglary": (8, 1, 0, 1), "theft": (9, 0, 1, 0.5), "disorder": (5, 1, 4, 0),
    "gathering": (1, 1, 5, 1), "noise": (2, 3, 3, 0), "substance_use": (3, 0, 4, 0),
    "arson_fire": (4, 1, 0, 2), "threat": (6, 0, 1, 1), "reckless_driving": (5, 1, 2, 1),
}  # fmt: skip
_POLICE_ONLY = (1.0, 0.0, 0.0, 0.0)


def tell(events: pd.DataFrame, *, until: pd.Timestamp, rng: np.random.Generator) -> pd.DataFrame:
    """
    Turn incidents into rows of registers.

    Parameters
    ----------
    events
        From `geo.demo.incidents.happen`.
    until
        When the registers are exported: nothing is reported later.
    rng
        Source of chance.

    Returns
    -------
    pandas.DataFrame
        One row a told incident, in order of time: ``event`` (number), ``actor``, ``told_from``,
        ``told_to`` (NaT for a moment), ``reported_at``, ``x``, ``y`` (NaN when unlocated),
        ``category``, ``setting``, ``second`` (told before by another).
    """
    n = len(events)
    chance = np.array([_TELLS.get(c, _POLICE_ONLY) for c in events["category"]], float)
    chance[(events["kind"] == "rural").to_numpy()] *= (1, 0, 0.2, 0.3)
    usual = chance.copy()
    fixed = events["setting"].isin(["dwelling", "dwelling_exterior", "public_indoor"]).to_numpy()
    chance[fixed] = _POLICE_ONLY
    first = _pick(chance, rng=rng)
    error = rng.normal(0, POSITION_SD_M, (n, 2))
    indoors = (events["site"] == "shops").to_numpy()
    error[indoors] = rng.normal(0, 3.0, (int(indoors.sum()), 2))
    table = pd.DataFrame(
        {
            "event": np.arange(n),
            "actor": first,
            "told_from": events["at"].array,
            "x": events["x"].to_numpy() + error[:, 0],
            "y": events["y"].to_numpy() + error[:, 1],
            "category": events["category"].to_numpy(),
            "setting": events["setting"].to_numpy(),
            "second": False,
        }
    )
    table = pd.concat([table, _again(table, usual, first, rng=rng)], ignore_index=True)
    table = _as_intervals(table, rng=rng)
    lag = pd.to_timedelta(np.rint(rng.exponential(14 * 60, len(table))), unit="min")
    known = table["told_to"].fillna(table["told_from"])
    table["reported_at"] = (known + lag).clip(upper=until)
    table["told_to"] = table["told_to"].clip(upper=until)
    lost = rng.random(len(table)) < UNLOCATED
    table.loc[lost, ["x", "y"]] = np.nan
    return table.sort_values(["told_from", "event", "second"], kind="stable").reset_index(drop=True)


def _pick(chance: NDArray[np.float64], *, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw one actor a row."""
    total = np.cumsum(chance, axis=1)
    over = (rng.random(len(chance)) * total[:, -1])[:, None] >= total
    return np.asarray(over.sum(axis=1), np.int64)


def _again(
    table: pd.DataFrame,
    chance: NDArray[np.float64],
    first: NDArray[np.int64],
    *,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Tell some again: another actor, within the hour and 40 m."""
    home = (table["setting"] == "dwelling").to_numpy()
    odds = DUPLICATE_ROWS / (1 - DUPLICATE_ROWS)
    rows = np.flatnonzero((rng.random(len(table)) < odds) & ~home)
    others = np.maximum(chance[rows], (0.02, 0.0, 0.02, 0.0))
    others[np.arange(len(rows)), first[rows]] = 0.0
    out = table.iloc[rows].copy()
    out["actor"] = _pick(others, rng=rng)
    radius = DUPLICATE_M * np.sqrt(rng.random(len(rows)))
    turn = rng.uniform(0, 2 * np.pi, len(rows))
    out["x"] += radius * steady.cos(turn)
    out["y"] += radius * steady.sin(turn)
    shift = rng.integers(-DUPLICATE_MIN, DUPLICATE_MIN + 1, len(rows))
    out["told_from"] += pd.to_timedelta(shift, unit="min")
    return out.assign(second=True)


def _as_intervals(table: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Let damage be found: housing company and some police rows know only from when to when."""
    actor, slow = table["actor"].to_numpy(), table["category"].isin(_SLOW).to_numpy()
    luck = rng.random(len(table))
    wide = (actor == 1) & slow | (actor == 0) & slow & (luck < 0.55)
    wide &= ~table["event"].duplicated(keep=False).to_numpy()
    before = np.where(wide, rng.gamma(2.0, 110, len(table)), 0)
    after = np.where(wide, rng.gamma(2.0, 140, len(table)) + 15, 0)
    if not len(table):
        return table.assign(told_to=pd.NaT)
    start = table["told_from"] - pd.to_timedelta(np.rint(before), unit="min")
    stop = table["told_from"] + pd.to_timedelta(np.rint(after), unit="min")
    return table.assign(
        told_from=start.where(~wide, table["told_from"]),
        told_to=stop.where(wide, pd.NaT).astype("datetime64[us, UTC]"),
    )
