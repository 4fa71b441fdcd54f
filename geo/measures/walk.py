"""A safety walk's protocol (trygghetsvandring): what was seen becomes reports and measures."""

from __future__ import annotations

import hashlib
import math
import unicodedata
from dataclasses import dataclass
from datetime import datetime, time
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geo.clock import zone
from geo.frames import MEASURES, REPORTS
from geo.measures.answer import RefusedRowError, read_date

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geopandas import GeoDataFrame

PROGRAMME = "trygghetsvandring"
NOBODY = "ej utsedd"
HEADS: Mapping[str, str] = MappingProxyType(
    {
        "number": "Nr",
        "day": "Datum",
        "place": "Plats",
        "pole_ref": "Stolpnummer",
        "x": "Öst, m",
        "y": "Nord, m",
        "fault": "Brist (kod)",
        "action": "Åtgärd",
        "owner": "Ansvarig (funktion)",
        "due": "Klart senast",
    }
)
"""Our names for the columns of a protocol."""
FAULTS: Mapping[str, tuple[tuple[str, ...], str, str]] = MappingProxyType(
    {
        "slackt": (("lamp_out",), "lamp_repair", "Släckt ljuspunkt"),
        "svagt": (("dark",), "check", "Svagt ljus"),
        "blandning": (("other",), "lamp_adjust", "Bländande ljus"),
        "skymt": (("hidden_sight", "dark"), "vegetation", "Ljus skymt av växtlighet"),
        "mork_sida": (("dark",), "check", "Mörk sida eller dunge"),
        "ojamnt": (("dark",), "check", "Ojämnt ljus"),
        "skymd_sikt": (("hidden_sight",), "vegetation", "Skymd sikt"),
        "skrap": (("litter",), "physical", "Nedskräpning"),
        "skadat": (("vandalism",), "physical", "Skadegörelse"),
        "annat": (("other",), "other", "Annat"),
    }
)
"""What may be wrong: reasons of the report, kind of measure, and in words."""


@dataclass(frozen=True, slots=True)
class Walk:
    """
    What a protocol comes to.

    Parameters
    ----------
    reports, measures
        One row of each for every item.
    rejects
        Impossible rows: row, reasons, columns.
    n_blank
        Rows that were not filled in.
    """

    reports: GeoDataFrame
    measures: GeoDataFrame
    rejects: pd.DataFrame
    n_blank: int


def read_walk(
    rows: pd.DataFrame,
    lamps: GeoDataFrame,
    *,
    crs: Any,
    timezone: str,
    today: date | None = None,
    extent: tuple[float, float, float, float] | None = None,
) -> Walk:
    """
    Turn a filled protocol into reports and measures with owner and deadline.

    An item is placed by its coordinates, else by its pole number. Nothing of
    what people said is kept but the codes and the line on what is to be done.

    Parameters
    ----------
    rows
        Text cells under the keys of `HEADS`, by row number in the file.
    lamps
        Rows of the frame ``lamps``.
    crs
        The working CRS.
    timezone
        The local zone.
    today
        No walk is after this day; None for no such check.
    extent
        The municipality, as west, south, east, north in `crs`: no item is
        placed outside it. None where it is not known.

    Returns
    -------
    Walk
        Items, and rows that say something impossible.
    """
    poles = lamps.dropna(subset="pole_ref").groupby("pole_ref").geometry.agg(list).to_dict()
    reports: list[dict[str, Any]] = []
    measures: list[dict[str, Any]] = []
    rejects: list[dict[str, Any]] = []
    blank = 0
    for number, cells in zip(rows.index, rows.to_dict("records"), strict=True):
        if not any(cells[name].strip() for name in HEADS if name != "number"):
            blank += 1
            continue
        try:
            report, measure = _item(cells, poles, timezone=timezone, today=today, extent=extent)
        except RefusedRowError as refused:
            line = {"reasons": [refused.reason], "columns": [refused.column]}
            rejects.append({"row": int(number), **line})
            continue
        reports.append(report)
        measures.append(measure)
    table = pd.DataFrame(rejects, columns=["row", "reasons", "columns"])
    return Walk(_frame(REPORTS, reports, crs), _frame(MEASURES, measures, crs), table, blank)


def fault_code(text: str) -> str | None:
    """
    Read what is wrong, as a code or in the protocol's own words.

    Parameters
    ----------
    text
        As somebody wrote it, with or without accents.

    Returns
    -------
    str or None
        A key of `FAULTS`; None where it is none of them.

    Examples
    --------
    >>> [fault_code(word) for word in ("Släckt", "Mörk sida", "Ojämnt ljus", "fel")]
    ['slackt', 'mork_sida', 'ojamnt', None]
    """
    word = _folded(text)
    return next(
        (code for code, (*_, name) in FAULTS.items() if word in (code, _folded(name))), None
    )


def _folded(text: str) -> str:
    """Write a word without accents, capitals and spaces."""
    plain = unicodedata.normalize("NFKD", "_".join(text.casefold().split()))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _item(
    cells: Mapping[str, str], poles: Mapping[str, list[Any]], *, timezone: str,
    today: date | None, extent: tuple[float, float, float, float] | None,
) -> tuple[dict[str, Any], dict[str, Any]]:  # fmt: skip
    """Read one item as a report and a measure."""
    fault = fault_code(cells["fault"])
    if fault is None:
        raise RefusedRowError(reason="unknown_fault", column=HEADS["fault"])
    day = read_date(cells["day"])
    if day is None:
        raise RefusedRowError(reason="date_unreadable", column=HEADS["day"])
    if today is not None and day > today:
        raise RefusedRowError(reason="date_in_future", column=HEADS["day"])
    due = read_date(cells["due"])
    if cells["due"].strip() and due is None:
        raise RefusedRowError(reason="date_unreadable", column=HEADS["due"])
    if due is not None and due < day:
        raise RefusedRowError(reason="due_before_walk", column=HEADS["due"])
    spot = _spot(cells, poles)
    if extent is not None and not _within(spot, extent):
        raise RefusedRowError(reason="far_away", column=HEADS["x"])
    reasons, kind, problem = FAULTS[fault]
    place, owner = cells["place"].strip(), cells["owner"].strip()
    text = f"{day}\n{cells['number'].strip()}\n{place}\n{fault}\n{spot.wkt}"
    name = hashlib.sha256(text.encode()).hexdigest()[:16]
    moment = datetime.combine(day, time(20), tzinfo=zone(timezone))
    report = {
        "id": f"V{name}", "received_at": moment, "felt": "unsafe", "unsafe_when": "evening",
        "reasons": list(reasons), "state": "accepted", "channel": "walk", "batch_id": "",
        "geometry": spot,
    }  # fmt: skip
    measure = {
        "id": f"V{name}", "programme": PROGRAMME, "problem": problem, "judged_by": [PROGRAMME],
        "title": f"{cells['action'].strip() or problem}: {place or 'utan namn'}", "kind": kind,
        "owner_unit": owner or NOBODY, "state": "decided" if owner else "proposed",
        "decided_at": day if owner else None, "ends_on": due, "follow_up_on": due,
        "revision": 1, "batch_id": "", "geometry": spot,
    }  # fmt: skip
    return report, measure


def _spot(cells: Mapping[str, str], poles: Mapping[str, list[Any]]) -> Any:
    """Place an item: coordinates first, else the pole."""
    import shapely

    x, y = (cells[name].strip().replace(",", ".").replace(" ", "") for name in ("x", "y"))
    if x or y:
        try:
            at_xy = float(x), float(y)
        except ValueError:
            at_xy = math.nan, math.nan
        if not all(map(math.isfinite, at_xy)):
            raise RefusedRowError(reason="no_place", column=HEADS["x"])
        return shapely.Point(at_xy)
    pole = cells["pole_ref"].strip()
    at = poles.get(pole, [])
    if len(at) == 1:
        return at[0]
    unknown = "unknown_pole" if pole else "no_place"
    raise RefusedRowError(reason="pole_ref_shared" if at else unknown, column=HEADS["pole_ref"])


def _within(spot: Any, extent: tuple[float, float, float, float]) -> bool:
    """Tell whether a point lies in a box."""
    west, south, east, north = extent
    return bool(west <= spot.x <= east and south <= spot.y <= north)


def _frame(frame: Any, rows: list[dict[str, Any]], crs: Any) -> GeoDataFrame:
    """Give items the shape of their frame."""
    if not rows:
        return frame.empty(crs=crs)
    table = pd.DataFrame(rows)
    for name in ("decided_at", "ends_on", "follow_up_on"):
        if name in table:
            table[name] = pd.to_datetime(table[name]).dt.as_unit("us")
    if "received_at" in table:
        table["received_at"] = pd.to_datetime(table["received_at"], utc=True).dt.as_unit("us")
    geometry = gpd.GeoSeries(table.pop("geometry"), crs=crs)
    out: GeoDataFrame = frame.conform(gpd.GeoDataFrame(table, geometry=geometry, crs=crs), crs=crs)
    return out
