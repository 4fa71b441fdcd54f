"""What the picture rests on: how much, from whom, until when, and how much of it has a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.clock import DEFAULT_ZONE, Week, operative_date
from geo.maps import dates, swedish
from geo.maps.access import RAW_ROLES, Access, Precision, Role, access
from geo.maps.gate import placed
from geo.maps.swedish import NBSP
from geo.privacy import suppress_small

if TYPE_CHECKING:
    from datetime import datetime

    from geopandas import GeoDataFrame


def stamp(moment: Any) -> str | None:
    """
    Write a moment as JSON has it.

    Parameters
    ----------
    moment
        An aware datetime or timestamp, or nothing.

    Returns
    -------
    str or None
        UTC with Z, whole seconds.
    """
    if swedish.missing(moment):
        return None
    from datetime import UTC

    return str(moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def in_period(incidents: GeoDataFrame, *, start: datetime, end: datetime) -> GeoDataFrame:
    """
    Choose the incidents of a period, by when they can have begun.

    Parameters
    ----------
    incidents
        Incidents, shape (n,).
    start, end
        First moment, and first moment after.

    Returns
    -------
    GeoDataFrame
        Shape (<= n,).
    """
    import pandas as pd

    moment = incidents["occurred_from"]
    return incidents.loc[(moment >= pd.Timestamp(start)) & (moment < pd.Timestamp(end))]


def basis(
    incidents: GeoDataFrame,
    *,
    role: Role,
    week: Week,
    weeks: int,
    timezone: str = DEFAULT_ZONE,
    lang: str = "sv",
) -> dict[str, Any]:
    """
    Say what the picture of a week rests on.

    Parameters
    ----------
    incidents
        The whole incident frame, shape (n,).
    role
        Who is looking; single events do not show through for those who may
        not see them.
    week
        The last week of the period.
    weeks
        Its length.
    timezone
        IANA name of the local zone.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    dict
        As ``basis`` in the contract of a situation.
    """
    rule = access("incidents", role)
    start, end = week.shift(1 - weeks).start(timezone=timezone), week.end(timezone=timezone)
    out: dict[str, Any] = {
        "sentence": "",
        "n": None,
        "n_located": None,
        "located_share": None,
        "period_from": stamp(start),
        "period_to": stamp(end),
        "period_weeks": weeks,
        "data_until": None,
        "data_until_label": None,
        "sources": [],
        "n_repeated": 0,
    }
    if rule.hidden:
        return out
    shown_to = week.shift(-rule.delay_weeks).end(timezone=timezone)
    kept = _kept(in_period(incidents, start=start, end=shown_to), rule)
    out["n"], out["n_located"] = (
        _told(kept["weight"].sum(), rule),
        _told(kept.loc[placed(kept), "weight"].sum(), rule),
    )
    if out["n"] and out["n_located"] is not None:
        out["located_share"] = round(out["n_located"] / out["n"], 4)
    last = None if kept.empty else kept["occurred_from"].max().to_pydatetime()
    until = last if role in RAW_ROLES or last is None else _week_end(last, timezone=timezone)
    out["data_until"] = stamp(until)
    if last is not None:
        out["data_until_label"] = (
            dates.day(operative_date(last, timezone=timezone), lang=lang)
            if role in RAW_ROLES
            else dates.week_label(Week.of(last, timezone=timezone), lang=lang)
        )
    out["n_repeated"] = int((kept["weight"] == 0).sum())
    out["sentence"] = _sentence(out, lang=lang)
    if rule.small_shown:
        out["sources"] = _sources(kept, rule, role, timezone=timezone, lang=lang)
    return out


def _kept(incidents: GeoDataFrame, rule: Access) -> GeoDataFrame:
    """Leave out what the role's counts leave out."""
    kept = incidents.loc[~incidents["category"].isin(rule.withheld)]
    if rule.homes is Precision.HIDDEN:
        kept = kept.loc[kept["setting"] != "dwelling_exterior"]
    return kept


def _told(n: float, rule: Access) -> int | None:
    """Give a count, or nothing where it is small."""
    return None if 0 < n < rule.min_count else round(n)


def _week_end(moment: datetime, *, timezone: str) -> datetime:
    """End of the operative week a moment lies in."""
    return Week.of(moment, timezone=timezone).end(timezone=timezone)


def _sentence(found: dict[str, Any], *, lang: str) -> str:
    """Say how many could be placed, of how many, over what, until when."""
    n, located, weeks = found["n"], found["n_located"], found["period_weeks"]
    if n == 0:
        said = "Inga händelser i perioden" if lang == "sv" else "No events in the period"
    elif lang == "sv":
        share = f" ({swedish.percent(located / n)})" if n and located is not None else ""
        said = f"{swedish.count(located)} av {swedish.plural(n, 'händelse', 'händelser')}{share}"
        said += " kunde placeras på kartan"
    else:
        share = f" ({swedish.percent(located / n, lang=lang)})" if n and located is not None else ""
        events = swedish.plural(n, "event", "events", lang=lang)
        said = f"{swedish.count(located, lang=lang)} of {events}{share} could be placed on the map"
    until = found["data_until_label"]
    if lang == "sv":
        tail = f"Period {weeks}{NBSP}veckor" + (f", data t.o.m. {until}." if until else ".")
    else:
        tail = f"Period {weeks}{NBSP}weeks" + (f", data until {until}." if until else ".")
    return f"{swedish.capital(said)}. {tail}"


def _sources(
    incidents: GeoDataFrame, rule: Access, role: Role, *, timezone: str, lang: str
) -> list[dict[str, Any]]:
    """List what each source gave, most first; to the week where single events may not show."""
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for source, part in incidents.groupby("source", sort=True):
        last = part["occurred_from"].max().to_pydatetime()
        actors = part["actor"].dropna()
        if role in RAW_ROLES:
            label = dates.day(operative_date(last, timezone=timezone), lang=lang)
        else:
            week = Week.of(last, timezone=timezone)
            last, label = week.end(timezone=timezone), dates.week_label(week, lang=lang)
        rows.append(
            {
                "source": source,
                "actor_label": None if actors.empty else str(actors.mode().iloc[0]),
                "n": round(part["weight"].sum()),
                "last": stamp(last),
                "last_label": label,
            }
        )
    rows.sort(key=lambda row: (-row["n"], row["source"]))
    if rows and rule.min_count > 1:  # the total is told too: one hidden source alone would show
        shown = suppress_small(pd.Series([row["n"] for row in rows]), k=rule.min_count).cells[0]
        for row, n in zip(rows, shown, strict=True):
            row["n"] = None if pd.isna(n) else int(n)
            if row["n"] is None:  # or the week of its last event would tell of that event
                row["last"] = row["last_label"] = None
    return rows
