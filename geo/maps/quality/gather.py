"""What each source has given, when, how much of it can be used, and what has not come."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from geo.clock import Week, week_starts
from geo.frames import FRAMES, INCOMING
from geo.lighting.register import register_doubts
from geo.maps.once import count_once
from geo.maps.quality.doubled import doubled
from geo.maps.quality.records import DataQuality, Load, SourceQuality
from geo.maps.quality.rhythm import delivery, rhythm
from geo.privacy import SCRUBBED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    import pandas as pd
    from geopandas import GeoDataFrame

    from geo.store import Store

SHOWN_WEEKS = 26
FAR_H, CLEAR_H = 3.0, 2.0
"""A zone nearer to UTC than the first cannot be told by its calm hours; how near they must fit."""
REPORTING_WEEKS = 8
"""Whoever gave an assessment in these weeks uses to."""
MAIN_TIMES = {
    "incidents": "occurred_from",
    "reports": "received_at",
    "notices": "published_at",
    "faults": "reported_at",
    "measurements": "measured_at",
    "visits": "arrived",
}
"""What places a row in a week, for the frames that come as a stream; the others are stocks."""


def data_quality(
    store: Store, *, timezone: str, now: datetime, week: Week | None = None
) -> DataQuality:
    """
    Say what each source has given, when, and how much of it can be used.

    Parameters
    ----------
    store
        An open store.
    timezone
        The municipality's zone.
    now
        The present, aware; a week that is not over is compared as far as it has come.
    week
        The week to hold against those before; None is the latest with incidents.

    Returns
    -------
    DataQuality
        Every source with a load that holds; counts only, no row.
    """
    batches = store.batches()
    held = batches[batches["state"] == "loaded"]
    frames = {n: store.read(n) for n in INCOMING if n in set(held["frame"])}
    if "incidents" in frames:
        frames["incidents"] = count_once(frames["incidents"])
    week = week or _latest(frames, timezone=timezone)
    parts = []
    for (frame, source), loads in held.groupby(["frame", "source"], sort=True):
        rows = _rows_of(frames[frame], source=source, loads=loads)
        every = batches[(batches["frame"] == frame) & (batches["source"] == source)]
        told = _loads(store, every, frame_batches=batches[batches["frame"] == frame])
        parts.append(
            _source(rows, frame=frame, source=source, loads=told,
                    flagged=_flagged(rows, frames, frame=frame, told=loads["flagged"]),
                    also_in=doubled(frames[frame], frame=frame, source=source, held=held),
                    week=week, now=now, timezone=timezone)
        )  # fmt: skip
    order = list(INCOMING)
    parts.sort(key=lambda p: (p.first is None, order.index(p.frame), -p.n, p.source))
    whole = week is None or now >= week.end(timezone=timezone)
    absent, n_reporting = _absent(frames.get("assessments"), week=week)
    return DataQuality(
        week=week, whole_week=whole, sources=tuple(parts), absent=absent, n_reporting=n_reporting
    )


def _absent(
    assessments: GeoDataFrame | None, *, week: Week | None
) -> tuple[tuple[str, ...] | None, int]:
    """Name who gave an assessment in the weeks before and not this week; and how many use to."""
    if assessments is None or week is None:
        return None, 0
    earlier = {str(week.shift(-back)) for back in range(1, REPORTING_WEEKS + 1)}
    usual = set(assessments.loc[assessments["week"].isin(earlier), "actor"].dropna())
    now = set(assessments.loc[assessments["week"] == str(week), "actor"].dropna())
    return tuple(sorted(usual - now)) if usual else None, len(usual)


def _latest(frames: Mapping[str, GeoDataFrame], *, timezone: str) -> Week | None:
    """Find the latest week with incidents, else with anything that has a time."""
    for name, time in MAIN_TIMES.items():
        times = frames[name][time].dropna() if name in frames else None
        if times is not None and len(times):
            return Week.of(times.max().to_pydatetime(), timezone=timezone)
    return None


def _rows_of(frame: GeoDataFrame, *, source: str, loads: pd.DataFrame) -> GeoDataFrame:
    """Choose a source's rows: by name where rows carry it, else by the loads they came with."""
    if "source" in frame:
        return frame[frame["source"] == source]
    return frame[frame["batch_id"].isin(loads["batch_id"])]


def _flagged(
    rows: GeoDataFrame, frames: Mapping[str, GeoDataFrame], *, frame: str, told: pd.Series
) -> Iterable[Mapping[str, int]]:
    """Give the doubts of a source: of lamps, as they stand now, so that a mended file ends them."""
    if frame != "lamps":
        return list(told)
    return [register_doubts(rows, areas=frames.get("areas"), streets=frames.get("streets"))]


def _source(
    rows: GeoDataFrame, *, frame: str, source: str, loads: tuple[Load, ...],
    flagged: Iterable[Mapping[str, int]], also_in: dict[str, int], week: Week | None,
    now: datetime, timezone: str,
) -> SourceQuality:  # fmt: skip
    """Count one source."""
    time = MAIN_TIMES.get(frame)
    moments = None if time is None else rows[time].dropna()
    first, last = (None, None) if moments is None or moments.empty else _ends(moments)
    counts = () if moments is None else _weekly(moments, week=week, timezone=timezone)
    share = 1.0 if week is None else _elapsed(week, now=now, timezone=timezone)
    is_incident = frame == "incidents"
    doubts = Counter(doubt for row in rows["flags"] for doubt in row) if is_incident else Counter()
    said: Counter[str] = Counter()
    for table in flagged:
        said.update(table)
    personal = {k.removeprefix(SCRUBBED): n for k, n in said.items() if k.startswith(SCRUBBED)}
    if not is_incident:  # other frames have no doubts on their rows; their loads counted them
        doubts = Counter({k: n for k, n in said.items() if not k.startswith(SCRUBBED)})
    # A notice has no place of its own: it is shown on the area it names.
    needs_place = FRAMES[frame].geometry_required or frame in MAIN_TIMES.keys() - {"notices"}
    n_stacked, n_stacks = _stacks(rows) if is_incident else (0, 0)
    return SourceQuality(
        frame=frame,
        source=source,
        actor=_most_common(rows["actor"]) if "actor" in rows else None,
        n=len(rows),
        n_located=int(rows.geometry.notna().sum()) if needs_place else None,
        n_timed=int(rows["time_known"].sum()) if is_incident else None,
        n_repeated=int((rows["weight"] == 0).sum()) if is_incident else 0,
        n_stacked=n_stacked,
        n_stacks=n_stacks,
        quiet_hour=_quiet_hour(rows, timezone=timezone) if is_incident else None,
        flagged=dict(sorted(doubts.items())),
        other=_other(rows) if is_incident else {},
        also_in=also_in,
        personal=dict(sorted(personal.items())),
        first=first,
        last=last,
        weekly=tuple(counts[-SHOWN_WEEKS:]),
        rhythm=rhythm([n for _, n in counts], elapsed=share),
        delivery=delivery([x.loaded_at for x in loads if not x.undone], now=now),
        loads=loads,
    )


def _ends(moments: pd.Series) -> tuple[datetime, datetime]:
    """Give the first and the last moment."""
    return moments.min().to_pydatetime(), moments.max().to_pydatetime()


def _weekly(moments: pd.Series, *, week: Week | None, timezone: str) -> list[tuple[str, int]]:
    """Count rows by week, from the first week that was whole to the one asked for."""
    if week is None or moments.empty:
        return []
    import pandas as pd

    mondays = week_starts(moments, timezone=timezone)
    start, end = mondays.min() + pd.Timedelta(weeks=1), pd.Timestamp(week.monday)
    every = pd.date_range(start, end, freq="7D")
    counts = mondays.value_counts().reindex(every, fill_value=0)
    return [
        (str(Week(*monday.isocalendar()[:2])), int(n))
        for monday, n in zip(every, counts, strict=True)
    ]


def _elapsed(week: Week, *, now: datetime, timezone: str) -> float:
    """Give the share of a week that has gone."""
    start, end = week.start(timezone=timezone), week.end(timezone=timezone)
    return min(1.0, max(1e-3, (now - start) / (end - start)))


def _stacks(rows: GeoDataFrame) -> tuple[int, int]:
    """Count rows on points that too many share, and those points."""
    on = rows[rows["flags"].map(lambda flags: "stacked" in flags).astype(bool)]
    return len(on), int(on.geometry.to_wkb().nunique())


def _quiet_hour(rows: GeoDataFrame, *, timezone: str) -> float | None:
    """
    Find the calmest hours of what people report, where a wrong mark of UTC explains them.

    Nearer than three hours to UTC, as in Sweden, a wrong mark cannot be told from habits: damage
    to closed schools happens at night, and is calm by day. Then nothing is said.
    """
    from geo.ingest.propose.hours import ENOUGH, QUIET_HOUR, quiet_middle

    told = rows.loc[rows["time_known"] & (rows["found_by"] != "patrol"), "occurred_from"].dropna()
    if len(told) < ENOUGH:  # wardens' own hours say when they work, so they are left out
        return None
    local = told.dt.tz_convert(timezone)
    shift = (local.dt.tz_localize(None) - told.dt.tz_localize(None)).median().total_seconds() / 3600
    middle, night = quiet_middle(local.dt.hour.to_numpy()), QUIET_HOUR + 0.5
    wrong = min(_apart(middle, night + shift), _apart(middle, night - shift))
    explained = abs(shift) >= FAR_H and wrong <= CLEAR_H and _apart(middle, night) > FAR_H
    return middle if explained else None


def _apart(one: float, other: float) -> float:
    """Hours between two times of day, the shorter way round."""
    away = abs(one - other) % 24
    return min(away, 24 - away)


def _other(rows: GeoDataFrame) -> dict[str, int]:
    """Count the source's own words that have no category of ours, most first."""
    unknown = rows["flags"].map(lambda flags: "unknown_category" in flags).astype(bool)
    counts = Counter(rows.loc[unknown, "source_category"].fillna(""))
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _most_common(values: pd.Series) -> str | None:
    """Name the organisation most rows are from."""
    known = values.dropna()
    return None if known.empty else str(known.mode().iloc[0])


def _loads(store: Store, loads: pd.DataFrame, *, frame_batches: pd.DataFrame) -> tuple[Load, ...]:
    """Tell of a source's loads, newest first."""
    held = frame_batches.loc[frame_batches["state"] == "loaded", "batch_id"]
    newest = None if held.empty else held.iloc[-1]
    return tuple(
        _load(store, row, last=row.batch_id == newest)
        for row in loads.iloc[::-1].itertuples(index=False)
    )


def _load(store: Store, row: Any, *, last: bool) -> Load:
    """Tell of one load."""
    reasons = store.rejects(row.batch_id)["reasons"] if row.n_rejected else ()
    rejected = Counter(reason for each in reasons for reason in each)
    counts = {name: int(getattr(row, name)) for name in
              ("n_new", "n_changed", "n_unchanged", "n_rejected", "n_refused")}  # fmt: skip
    return Load(
        batch_id=row.batch_id,
        file_name=row.file_name,
        loaded_at=row.loaded_at.to_pydatetime(),
        undone=row.state != "loaded",
        last=last,
        n_read=sum(counts.values()),
        rejected=dict(sorted(rejected.items())),
        refused={reason: int(n) for reason, n in sorted(row.refused.items())},
        **counts,
    )
