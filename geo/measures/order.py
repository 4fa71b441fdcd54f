"""An order to the contractor, by pole number, and what it says when it comes back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geo.frames import MEASURES
from geo.measures.answer import CODES, RefusedRowError, read_answer
from geo.measures.words import duration

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geopandas import GeoDataFrame

SOURCE = "belysningsbestallning"
REMEASURE_DAYS = 14
"""So long after the last lamp is mended the light should be measured again."""


@dataclass(frozen=True, slots=True)
class Settled:
    """
    What a returned order comes to.

    Parameters
    ----------
    measures
        Measures as they are now, those told of in the file, shape (n,).
    checks
        New measures: measure the light again.
    done
        Day each lamp was mended, by lamp id.
    finished
        Day the last lamp was mended, by id of the measures that are done.
    rejects
        Impossible rows of the file: row, reasons, columns.
    counts
        n_read = n_closed + n_noted + n_unchanged + n_blank + n_rejected.
    """

    measures: GeoDataFrame
    checks: GeoDataFrame
    done: Mapping[str, date]
    finished: Mapping[str, date]
    rejects: pd.DataFrame
    counts: Mapping[str, int]


def order_id(subject: str, ordered_on: date) -> str:
    """
    Name an order of one errand: the same errand on the same day has the same name.

    Parameters
    ----------
    subject
        What is ordered, the id of a row of the worklist.
    ordered_on
        Day of the order.

    Returns
    -------
    str
        ``B`` and eight characters that are not mistaken for each other.
    """
    letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
    number = int(hashlib.sha256(f"{subject}\n{ordered_on}".encode()).hexdigest(), 16)
    name = ""
    for _ in range(8):
        number, at = divmod(number, len(letters))
        name += letters[at]
    return f"B{name}"


def order_measures(
    errands: Sequence[Mapping[str, Any]], *, ordered_on: date, crs: Any
) -> GeoDataFrame:
    """
    Turn errands into measures, one each, with a key for every lamp.

    Parameters
    ----------
    errands
        ``id``, ``place``, ``place_id``, ``work``, ``owner``, ``target_days``,
        ``lamps`` (list of ``lamp_id`` and ``pole_ref``) and ``geometry``.
    ordered_on
        Day of the order.
    crs
        The working CRS.

    Returns
    -------
    GeoDataFrame
        Rows of the frame ``measures``, state ``ongoing``; `goal` holds the rows of the order.
    """
    rows = []
    for errand in errands:
        name = order_id(errand["id"], ordered_on)
        lamps = [
            {**lamp, "key": f"{name}-{at:02d}", "done_on": None, "code": None, "lux": None}
            for at, lamp in enumerate(errand["lamps"], start=1)
        ]
        due = ordered_on + timedelta(days=int(errand["target_days"]))
        goal = {"indicator": "lamps_out", "baseline": len(lamps), "target": 0}
        hours = {"within": duration(errand["target_days"])} if errand["target_days"] < 1 else {}
        rows.append(
            {
                "id": name,
                "recommendation_id": errand["id"],
                "place_id": errand["place_id"],
                "problem": f"{len(lamps)} ljuspunkter är släckta.",
                "judged_by": [],
                "title": f"Reparera belysningen: {errand['place'] or 'utan namn'}",
                "kind": "lamp_repair",
                "goal": {**goal, **hours, "date": due.isoformat(), "rows": lamps},
                "owner_unit": errand["owner"],
                "state": "ongoing",
                "decided_at": ordered_on,
                "starts_on": ordered_on,
                "ends_on": due,
                "expected": "Ljuset fungerar igen. Det kan öka tryggheten.",
                "revision": 1,
                "batch_id": "",
                "geometry": errand["geometry"],
            }
        )
    return _measures(rows, crs=crs)


def _measures(rows: list[dict[str, Any]], *, crs: Any) -> GeoDataFrame:
    """Give measures the shape of their frame."""
    if not rows:
        return MEASURES.empty(crs=crs)
    table = pd.DataFrame(rows)
    for name in ("decided_at", "starts_on", "ends_on", "follow_up_on"):
        if name in table:
            table[name] = pd.to_datetime(table[name]).dt.as_unit("us")
    geometry = gpd.GeoSeries(table.pop("geometry"), crs=crs)
    return MEASURES.conform(gpd.GeoDataFrame(table, geometry=geometry, crs=crs), crs=crs)


def ordered_lamps(measures: GeoDataFrame) -> dict[str, str]:
    """
    Say which lamps are ordered and not yet mended.

    Parameters
    ----------
    measures
        Rows of the frame ``measures``.

    Returns
    -------
    dict
        Day of the order, ISO, by lamp id.
    """
    out = {}
    for measure in measures[measures["state"] == "ongoing"].itertuples():
        for row in _rows(measure.goal):
            if row["done_on"] is None:
                out[row["lamp_id"]] = measure.decided_at.date().isoformat()
    return out


def _rows(goal: Any) -> list[dict[str, Any]]:
    """Give the rows of an order; none for any other measure."""
    rows = goal.get("rows", []) if isinstance(goal, dict) else []
    return [dict(row) for row in rows]


def settle(rows: pd.DataFrame, measures: GeoDataFrame, *, today: date) -> Settled:
    """
    Hold a returned order against what was ordered.

    A row is known by its key, wherever it stands; rows that are missing are
    left as they were. An impossible row is rejected and changes nothing.

    Parameters
    ----------
    rows
        Text: ``key``, ``pole_ref``, ``done_on``, ``code``, ``lux``, by row number.
    measures
        Rows of the frame ``measures``, all of them.
    today
        No work is done after this day.

    Returns
    -------
    Settled
        What becomes of measures and lamps, and the rows that were rejected.
    """
    known = {
        row["key"]: (str(measure.id), row, measure.decided_at.date())
        for measure in measures.itertuples()
        for row in _rows(measure.goal)
    }
    counts = dict.fromkeys(("n_closed", "n_noted", "n_unchanged", "n_blank", "n_rejected"), 0)
    rejects: list[dict[str, Any]] = []
    told: dict[str, dict[str, Any]] = {}
    touched, news = set[str](), set[str]()
    for number, cells in zip(rows.index, rows.to_dict("records"), strict=True):
        key = cells["key"].strip().upper()
        found = known.get(key)
        if found is not None:
            touched.add(found[0])
        try:
            answer = read_answer(cells, found, seen=key in told, today=today)
        except RefusedRowError as refused:
            line = {"reasons": [refused.reason], "columns": [refused.column]}
            rejects.append({"row": int(number), **line})
            counts["n_rejected"] += 1
            continue
        if answer is None or found is None:
            counts["n_blank"] += 1
            continue
        told[key] = answer
        before = {name: found[1][name] for name in answer}
        news |= {found[0]} if before != answer else set()
        done = "n_closed" if answer["done_on"] else "n_noted"
        counts["n_unchanged" if before == answer else done] += 1
    after = [_after(m, told) for m in measures[measures["id"].isin(touched)].itertuples()]
    table = pd.DataFrame(rejects, columns=["row", "reasons", "columns"])
    return _settled(after, news, measures, table, counts | {"n_read": len(rows)})


def _after(measure: Any, told: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Give a measure as it is once its rows are told of."""
    row = {name: getattr(measure, name) for name in (*MEASURES.names, "geometry")}
    rows = [{**line, **told.get(line["key"], {})} for line in _rows(measure.goal)]
    days = [date.fromisoformat(line["done_on"]) for line in rows if line["done_on"]]
    if rows == _rows(measure.goal):
        return row
    left = [line for line in rows if not line["done_on"]]
    row["goal"] = {**measure.goal, "rows": rows}
    row["outcome"] = _outcome(rows, days)
    row["revision"] = measure.revision + 1
    if not left and days:
        row |= {"state": "done", "ends_on": max(days)}
        row["follow_up_on"] = max(days) + timedelta(days=REMEASURE_DAYS)
    return row


def _outcome(rows: list[dict[str, Any]], days: list[date]) -> str:
    """Say what was done, in one line."""
    text = f"{len(days)} av {len(rows)} ljuspunkter åtgärdade"
    text += f", senast {max(days).isoformat()}." if days else "."
    left = sorted({CODES[row["code"]][1] for row in rows if row["code"] and not row["done_on"]})
    return text + (f" Kvar: {', '.join(left)}." if left else "")


def _settled(
    after: list[dict[str, Any]], news: set[str], measures: GeoDataFrame, rejects: pd.DataFrame,
    counts: dict[str, int],
) -> Settled:  # fmt: skip
    """Put it together; only a measure the file says something new of mends or ends anything."""
    told = [row for row in after if row["id"] in news]
    done = {
        line["lamp_id"]: date.fromisoformat(line["done_on"])
        for row in told
        for line in _rows(row["goal"])
        if line["done_on"]
    }
    ends = {str(row["id"]): row["ends_on"] for row in told if row["state"] == "done"}
    finished = {name: pd.Timestamp(day).date() for name, day in ends.items()}
    there = set(measures["id"])  # a check that people have taken over is left to them
    checks = [
        _check(row, finished[name])
        for row in after
        if (name := str(row["id"])) in finished and f"{name}-M" not in there
    ]
    return Settled(
        _measures(after, crs=measures.crs), _measures(checks, crs=measures.crs),
        done, finished, rejects, counts,
    )  # fmt: skip


def _check(row: Mapping[str, Any], day: date) -> dict[str, Any]:
    """Ask for the light to be measured again where it was mended."""
    place = str(row["title"]).partition(": ")[2]
    return {
        "id": f"{row['id']}-M",
        "recommendation_id": row["recommendation_id"],
        "place_id": row["place_id"],
        "problem": "Ljuset är lagat men inte mätt.",
        "judged_by": [],
        "title": f"Mät om ljuset i mörker: {place}",
        "kind": "check",
        "owner_unit": "planerare för belysning",
        "state": "proposed",
        "follow_up_on": day + timedelta(days=REMEASURE_DAYS),
        "expected": "Att det lyser som det ska, mätt på plats i mörker.",
        "revision": 1,
        "batch_id": "",
        "geometry": row["geometry"],
    }
