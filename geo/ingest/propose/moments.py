"""Which columns say when, and how their times are meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd

from geo.frames import FRAMES, Kind
from geo.ingest.dates import clock_text
from geo.ingest.propose.clocks import Clock, clocks_of, numbered, times_of_day
from geo.ingest.propose.doubt import Option, Unsure
from geo.ingest.propose.hours import clock_reading
from geo.ingest.propose.vocabulary import likeness

if TYPE_CHECKING:
    from geo.ingest.propose.doubt import Place
    from geo.ingest.propose.sample import Field, Sample

_NAMED = 0.45
_HOUSEKEEPING = 0.6
_HALF = 0.5
_MOSTLY = 0.95
_MAIN = {"incidents": "occurred_from", "reports": "received_at", "notices": "published_at",
         "faults": "reported_at", "measurements": "measured_at", "visits": "arrived",
         "events": "starts_on"}  # fmt: skip
_AFTER = {"occurred_to": "occurred_from", "closed_at": "reported_at", "left": "arrived",
          "ends_on": "starts_on"}  # fmt: skip


_ROLES = {"occurred_from": "när det hände", "reported_at": "när det anmäldes",
          "closed_at": "när det var klart", "published_at": "när det publicerades",
          "installed": "när något sattes upp", "measured_at": "när något mättes",
          "decided_at": "när något beslutades"}  # fmt: skip
_BETTER = 0.1


@dataclass
class When:
    """What was found about times: parts of a mapping, why, and what is unsure."""

    columns: dict[str, str | list[str]] = field(default_factory=dict)
    timezone: str | None = None
    ignore_offset: bool = False
    date_order: str | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    unsure: list[Unsure] = field(default_factory=list)
    used: set[str] = field(default_factory=set)


def settle_times(sample: Sample, *, frame: str, place: Place, answers: dict[str, Any]) -> When:
    """
    Find the times of a frame among the file's columns.

    Parameters
    ----------
    sample
        The file.
    frame
        What it is loaded as.
    place
        Its zone is what local times are in.
    answers
        What people have settled: `date_order`, `offset` ("local" or "utc"),
        or one of our time columns.

    Returns
    -------
    When
        Parts of a mapping.
    """
    when = When()
    clocks = clocks_of(sample, order=answers.get("date_order"))
    when.used = {c.name for c in clocks}
    taken = _by_header(clocks, frame=frame, answers=answers)
    main = _MAIN.get(frame)
    if main is not None and main not in taken:
        _choose_main(when, taken, clocks, sample, main=main)
    _drop_backwards(taken)
    for ours, clock in taken.items():
        when.columns[ours] = clock.name
        when.reasons[ours] = _why(clock)
    if main in taken:
        _with_time_of_day(when, taken, clocks, sample, ours=main, place=place)
    _order_of_day(when, list(taken.values()), answers)
    _zone(when, taken, main=main, place=place, answers=answers)
    return when


def _by_header(clocks: list[Clock], *, frame: str, answers: dict[str, Any]) -> dict[str, Clock]:
    """Give each of our time columns the one whose header fits best; each of theirs once."""
    ours = [c.name for c in FRAMES[frame].columns if c.kind in {Kind.TIME, Kind.DATE}]
    by_name = {c.name: c for c in clocks}
    taken = {name: by_name[answers[name]] for name in ours if answers.get(name) in by_name}
    scores: list[tuple[float, int, str, Clock]] = []
    for clock in clocks:
        keeping = likeness(clock.name, "time", "housekeeping")
        for at, name in enumerate(ours):
            score = likeness(clock.name, "columns", name)
            if (
                score >= _NAMED
                and _elsewhere(clock, name)[1] <= score + _BETTER
                and (keeping < _HOUSEKEEPING or score > keeping)
            ):
                # of two that fit alike the one with more rows, and with a time of day, is meant
                full = clock.field.n_filled / max(len(clock.field.cells), 1)
                scores.append((score + 0.05 * clock.has_time + 0.05 * full, -at, name, clock))
    for _, _, name, clock in sorted(scores, key=lambda s: (-s[0], -s[1], s[3].field.at)):
        if name not in taken and clock.name not in {c.name for c in taken.values()}:
            taken[name] = clock
    if "occurred_to" in taken and "occurred_from" not in taken:
        del taken["occurred_to"]
    return taken


def _elsewhere(clock: Clock, ours: str) -> tuple[str, float]:
    """Find what else a header says it is: another of our times, and how well."""
    others = ((role, likeness(clock.name, "columns", role)) for role in _ROLES if role != ours)
    return max(others, key=lambda pair: pair[1])


def _choose_main(
    when: When, taken: dict[str, Clock], clocks: list[Clock], sample: Sample, *, main: str
) -> None:
    """Without a header that says when, take what there is, and say so; or ask."""
    parts = numbered(sample)
    if parts and main == "occurred_from":
        when.columns[main] = parts
        when.reasons[main] = "år, månad och dag i var sin kolumn"
        when.used |= set(parts)
        return
    told = taken.get("reported_at") if main == "occurred_from" else None
    free = [c for c in clocks if likeness(c.name, "time", "housekeeping") < _HOUSEKEEPING]
    if told is not None:
        taken[main] = told
        when.unsure.append(Unsure(
            "occurred_from", f"Filen säger när det anmäldes ({told.name}) men inte när det hände. "
            "Anmälningstiden används.", (Option(told.name, told.name),), chosen=0))  # fmt: skip
        return
    if len(free) == 1:
        taken[main] = free[0]
        role, named = _elsewhere(free[0], main)
        if named >= _HOUSEKEEPING:
            when.unsure.append(Unsure(
                main, f"Den enda tiden i filen, {free[0].name}, tycks säga {_ROLES[role]}. Den "
                "används.", (Option(free[0].name, free[0].name),), chosen=0))  # fmt: skip
        return
    options = tuple(Option(c.name, c.name, f'{main} = "{c.name}"') for c in (free or clocks)[:6])
    text = "Flera kolumner har tider och ingen rubrik säger vilken som gäller." if options else (
        "Ingen kolumn har datum eller tid som går att läsa.")  # fmt: skip
    when.unsure.append(Unsure(main, text, options, decisive=True))


def _drop_backwards(taken: dict[str, Clock]) -> None:
    """Leave out an end that is mostly before its start: it is something else."""
    for end, start in _AFTER.items():
        if end not in taken or start not in taken:
            continue
        first, last = taken[start].written, taken[end].written
        both = first.notna() & last.notna()
        if both.any() and float((last[both] >= first[both]).mean()) < _HALF:
            del taken[end]


def _why(clock: Clock) -> str:
    first, last = clock.written.min(), clock.written.max()
    kind = "bara månad" if clock.by_month else "bara år" if clock.by_year else (
        "datum och tid" if clock.has_time > _HALF else "datum utan tid")  # fmt: skip
    return f"{kind}, {first:%Y-%m-%d} till {last:%Y-%m-%d}"


def _with_time_of_day(
    when: When, taken: dict[str, Clock], clocks: list[Clock], sample: Sample, *, ours: str,
    place: Place,
) -> None:  # fmt: skip
    """Join a date with a time of day beside it; prefer the local pair to a UTC column."""
    main = taken[ours]
    hours = [f for f in times_of_day(sample) if f.name not in {c.name for c in clocks}]
    if not hours:
        return
    dates = [main] if main.has_time < _HALF and not (main.by_month or main.by_year) else []
    rivals = [c for c in clocks if c.has_time < _HALF and not (c.by_month or c.by_year)
              and likeness(c.name, "columns", ours) >= _NAMED]  # fmt: skip
    for date in dates or rivals:
        hour = min(hours, key=lambda f: (-likeness(f.name, "time", "clock") * 10 // 1,
                                         abs(f.at - date.field.at)))  # fmt: skip
        joined = _joined(date, hour)
        if not dates and not _is_utc_of(main.written, joined, place=place):
            continue
        when.columns[ours] = [date.name, hour.name]
        when.used.add(hour.name)
        when.reasons[ours] = _why(date) + f", klockslaget i {hour.name}"
        if not dates:
            when.reasons[ours] += f"; {main.name} är samma tid i UTC och används inte"
            taken[ours] = Clock(date.field, joined, 1.0, 0.0, by_month=False, by_year=False,
                                order=date.order, either_order=date.either_order)  # fmt: skip
        else:
            taken[ours] = Clock(date.field, joined, 1.0, 0.0, by_month=False, by_year=False,
                                order=date.order, either_order=date.either_order)  # fmt: skip
        return


def _joined(date: Clock, hour: Field) -> pd.Series:
    """Set dates and times of day together."""
    minutes = {}
    for word in hour.words:
        text = clock_text(word)
        if text:
            minutes[word] = int(text[:2]) * 60 + int(text[3:5])
    add = pd.to_timedelta(hour.cells.map(minutes).astype("float64"), unit="m")
    joined: pd.Series = (date.written.dt.normalize() + add).astype("datetime64[us]")
    return joined


def _is_utc_of(stamp: pd.Series, local: pd.Series, *, place: Place) -> bool:
    """Whether one column is the other's moment on the UTC clock, to the hour."""
    both = stamp.notna() & local.notna()
    if not both.any():
        return False
    moved = local[both].dt.tz_localize(
        ZoneInfo(place.timezone), ambiguous="NaT", nonexistent="NaT"
    ).dt.tz_convert("UTC").dt.tz_localize(None)  # fmt: skip
    off = (stamp[both].dt.floor("h") - moved.dt.floor("h")).dropna()
    shift = (stamp[both].dt.floor("h") - local[both].dt.floor("h")).dropna()
    zero = pd.Timedelta(0)
    return bool((off == zero).mean() > _MOSTLY and (shift == zero).mean() < 1 - _MOSTLY)


def _order_of_day(when: When, clocks: list[Clock], answers: dict[str, Any]) -> None:
    """Say which order of day and month is read; ask where both would do."""
    orders = {c.order for c in clocks if c.order is not None}
    unclear = [c for c in clocks if c.either_order]
    if "date_order" in answers:
        when.date_order = str(answers["date_order"])
    elif len(orders) == 1:
        when.date_order = orders.pop()
        when.reasons["date_order"] = "vissa datum går bara att läsa i den ordningen"
    elif unclear or orders:
        name = ", ".join(c.name for c in unclear or clocks)
        shown = (unclear or clocks)[0].field.words[0]
        when.unsure.append(Unsure(
            "date_order", f"Datumen i {name} ({shown}) kan läsas med dag eller månad först.",
            (Option("dag först", "dmy", 'date_order = "dmy"'),
             Option("månad först", "mdy", 'date_order = "mdy"')), decisive=True))  # fmt: skip


def _zone(
    when: When, taken: dict[str, Clock], *, main: str | None, place: Place, answers: dict[str, Any]
) -> None:
    """Say whether times are local or UTC; the calm hours of the day decide, or a person."""
    when.timezone = place.timezone
    clock = taken.get(main or "")
    if clock is None or clock.has_time < _HALF:
        return
    marked = clock.has_offset > _HALF
    said = answers.get("offset")
    read = clock_reading(clock.written, timezone=place.timezone)
    choices = (Option(f"lokal tid ({place.timezone})", "local",
                      "ignore_offset = true" if marked else f'timezone = "{place.timezone}"'),
               Option("UTC", "utc",
                      "ignore_offset = false" if marked else 'timezone = "UTC"'))  # fmt: skip
    utc_named = any("utc" in c.name.casefold() for c in taken.values())
    zulu = marked and _mostly_zulu(clock)
    suspect = "utc" if read is not None and read[0] == "utc" else (
        "local" if read is not None and read[0] == "local" else None)  # fmt: skip
    if said is None and marked and zulu and suspect == "local" and not utc_named:
        said = "local"
        _tell_hours(when, read, "Tiderna är märkta UTC (Z) men dygnsrytmen stämmer bara som lokal "
                    "tid. De läses som lokal tid.", choices, chosen=0)  # fmt: skip
    elif said is None and not marked and suspect == "utc":
        _tell_hours(when, read, "Tiderna saknar märkning och dygnsrytmen stämmer bara om de är "
                    "UTC.", choices, chosen=None)  # fmt: skip
    if marked and said == "local":
        when.ignore_offset = True
        when.reasons["ignore_offset"] = "dygnsrytmen är lokal trots märkningen"
    elif marked:
        when.reasons["timezone"] = "tiderna bär själva sin förskjutning från UTC"
    elif said == "utc":
        when.timezone = "UTC"


def _mostly_zulu(clock: Clock) -> bool:
    """Whether the offset written is zero: only then can it be a careless mark."""
    words = clock.field.words[:50]
    zero = [w for w in words if w.strip().upper().endswith(("Z", "UTC", "GMT", "+00:00", "+0000"))]
    return len(zero) > _HALF * len(words)


def _tell_hours(
    when: When, read: tuple[str, float, float] | None, text: str, options: tuple[Option, ...], *,
    chosen: int | None,
) -> None:  # fmt: skip
    assert read is not None  # noqa: S101 - callers looked
    calm = f" Lugnast är det omkring klockan {read[1]:.0f} som lokal tid, {read[2]:.0f} som UTC."
    when.unsure.append(Unsure("offset", text + calm, options, decisive=chosen is None,
                              chosen=chosen))  # fmt: skip
