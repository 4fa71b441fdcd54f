"""The data quality page: what a role is told of the sources, in words."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from geo.clock import DEFAULT_ZONE, Week
from geo.maps import dates, swedish
from geo.maps.access import access
from geo.maps.quality.attention import attention, pace_sentence
from geo.maps.quality.rhythm import Pace
from geo.maps.quality.words import DOUBTS, FRAME_NAMES, NOTHING_FOUND, PERSONAL, word
from geo.privacy import suppress_small

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.maps.access import Access, Role
    from geo.maps.quality.records import DataQuality, Load, SourceQuality
    from geo.settings import Profile

_LINE = (
    "Lägesbilden bygger på det som har rapporterats. Vad ingen har rapporterat syns inte.",
    "The picture is made of what has been reported. What nobody has reported is not seen.",
)
_EMPTY = (
    "Inget är inläst än.",
    "Nothing has been loaded yet.",
)
_EMPTY_FIX = (
    "Börja med vägnätet och händelserna: lagesbild load streets FIL, lagesbild load incidents FIL.",
    "Begin with streets and incidents: lagesbild load streets FILE, lagesbild load incidents FILE.",
)


def quality_page(
    found: DataQuality, *, role: Role, profile: Profile, lang: str = "sv", out: str = "out"
) -> dict[str, Any]:
    """
    Tell a role of the data: everything, a summary without small counts, or one harmless line.

    Parameters
    ----------
    found
        As `data_quality` counted it.
    role
        Who is looking; the line ``quality`` of the access table decides.
    profile
        The municipality.
    lang
        ``"sv"`` or ``"en"``.
    out
        Folder of the lists of rejected rows, as the reader reaches it.

    Returns
    -------
    dict
        The contract of ``GET /quality``: ``detail`` is ``full``, ``summary`` or ``line``; `sources`
        are streams with times, `stocks` the layers that are replaced as a whole.
    """
    rule, at = access("quality", role), 0 if lang == "sv" else 1
    page: dict[str, Any] = {
        "municipality": {"name": profile.name, "made_up": profile.made_up},
        "role": {"id": role.value, "label": role.label(lang)},
        "detail": "line" if rule.hidden else "summary" if rule.min_count > 1 else "full",
        "week": None,
        "sentence": _LINE[at],
        "fix": None,
        "attention": [],
        "reporting": None,
        "sources": [],
        "stocks": [],
    }
    if rule.hidden:
        return page
    kept = tuple(s for s in found.sources if not access(s.frame, role).hidden)
    found = replace(found, sources=kept)
    if not found.sources:
        return page | {"sentence": _EMPTY[at], "fix": _EMPTY_FIX[at]}
    page["week"] = None if found.week is None else _week(found, lang=lang)
    items = attention(found, full=page["detail"] == "full", lang=lang, out=out)
    page["attention"] = items
    page["reporting"] = _reporting(found, full=page["detail"] == "full", lang=lang)
    page["sentence"] = _sentence(found, items, lang=lang)
    tell = _full if page["detail"] == "full" else _short
    rows = [tell(source, week=found.week, zone=profile.timezone, lang=lang)
            for source in found.sources]  # fmt: skip
    if page["detail"] == "summary":
        _hide_small(rows, rule)
    for source, row in zip(found.sources, rows, strict=True):
        page["sources" if source.first is not None else "stocks"].append(row)
    return page


def _week(found: DataQuality, *, lang: str) -> dict[str, Any]:
    """Name the week that is held against those before."""
    assert found.week is not None  # noqa: S101 (the caller has seen to it)
    return {
        "id": str(found.week),
        "label": dates.week_label(found.week, lang=lang),
        "whole": found.whole_week,
    }


def _sentence(found: DataQuality, items: list[dict[str, Any]], *, lang: str) -> str:
    """Open with the answer: how many sources, what is missing, what needs a look."""
    streams = [s for s in found.sources if s.first is not None]
    n = len(streams) or len(found.sources)
    gone = sum(item["code"] in {"missing", "silent"} for item in items)
    perhaps = sum(source.rhythm.pace is Pace.FEW for source in streams)
    rest = {"missing", "silent", "few"}
    look = sum(item["level"] == "warn" and item["code"] not in rest for item in items)
    say = partial(swedish.counting_word, lang=lang)
    if lang == "sv":
        parts = [f"{say(n)} {'källa' if n == 1 else 'källor'}."]
        parts += [f"{say(gone)} har inte kommit."] if gone else []
        parts += [f"{say(perhaps)} kan saknas."] if perhaps else []
        parts += ["Alla har kommit."] if len(streams) > 1 and not gone + perhaps else []
        parts += [f"{say(look)} {'sak' if look == 1 else 'saker'} att se efter."] if look else []
    else:
        parts = [f"{say(n)} {'source' if n == 1 else 'sources'}."]
        parts += [f"{say(gone)} not here."] if gone else []
        parts += [f"{say(perhaps)} may be missing."] if perhaps else []
        parts += ["All are here."] if len(streams) > 1 and not gone + perhaps else []
        parts += [f"{say(look)} {'thing' if look == 1 else 'things'} to look into."] if look else []
    return " ".join(swedish.capital(part) for part in parts)


def _reporting(found: DataQuality, *, full: bool, lang: str) -> dict[str, Any] | None:
    """Say who has given this week's assessment; by name only to those who may read them."""
    if found.absent is None:
        return None
    n, of = found.n_reporting - len(found.absent), found.n_reporting
    if lang == "sv":
        said = f"{n} av {of} har lämnat sin veckobedömning."
        names = f" Saknas: {swedish.joined(found.absent)}." if full and found.absent else ""
    else:
        said = f"{n} of {of} have given their weekly assessment."
        names = f" Missing: {swedish.joined(found.absent, lang=lang)}." if full else ""
        names = names if found.absent else ""
    return {"n": n, "of": of, "sentence": said + names}


def _short(
    source: SourceQuality, *, week: Week | None, zone: str = DEFAULT_ZONE, lang: str
) -> dict[str, Any]:
    """Tell what every role that is told anything is told."""
    last = source.last
    last_week = None if last is None else Week.of(last, timezone=zone)
    share = None if source.n_located is None or not source.n else source.n_located / source.n
    return {
        "frame": source.frame,
        "frame_label": word(FRAME_NAMES, source.frame, lang=lang),
        "source": source.source,
        "actor": source.actor,
        "n": source.n,
        "located": None if share is None else _share(source.n_located, source.n, lang=lang),
        "last_label": None if last_week is None else dates.week_label(last_week, lang=lang),
        "pace": None if week is None or source.first is None
        else {"code": source.rhythm.pace.value,
              "sentence": pace_sentence(source, week=week, full=False, lang=lang)},
    }  # fmt: skip


def _full(
    source: SourceQuality, *, week: Week | None, zone: str = DEFAULT_ZONE, lang: str
) -> dict[str, Any]:
    """Tell all there is of a source."""
    row = _short(source, week=week, zone=zone, lang=lang)
    if source.last is not None:
        row["last_label"] = dates.day_and_time(source.last, timezone=zone, lang=lang)
    if row["pace"] is not None and week is not None:
        beat = source.rhythm
        row["pace"] |= {
            "sentence": pace_sentence(source, week=week, full=True, lang=lang),
            "n": beat.n, "usual": None if beat.usual is None else round(beat.usual, 1),
            "low": beat.low, "high": beat.high, "weeks_before": beat.weeks_before,
        }  # fmt: skip
    timed = None if source.n_timed is None else _share(source.n_timed, source.n, lang=lang)
    loads = [_load(load, zone=zone, lang=lang) for load in source.loads]
    weekly = [
        {"id": name, "label": dates.week_label(Week.parse(name), lang=lang), "n": n}
        for name, n in source.weekly
    ]
    return row | {
        "timed": timed,
        "n_repeated": source.n_repeated,
        "n_stacked": source.n_stacked,
        "n_stacks": source.n_stacks,
        "flagged": _said(source.flagged, DOUBTS, lang=lang),
        "other": [{"word": name or "–", "n": n} for name, n in source.other.items()],
        "personal": _said(source.personal, PERSONAL, lang=lang),
        "personal_label": _personal(source, lang=lang),
        "weekly": weekly,
        "loads": loads,
    }


def _personal(source: SourceQuality, *, lang: str) -> str:
    """Say what was found; never that there is nothing."""
    if not source.personal:
        return NOTHING_FOUND[0 if lang == "sv" else 1]
    parts = [
        f"{swedish.number(n, lang=lang)} {word(PERSONAL, kind, lang=lang)}"
        for kind, n in source.personal.items()
    ]
    done = "borttaget" if lang == "sv" else "taken out"
    return f"{swedish.joined(parts, lang=lang)}, {done}"


def _share(n: int | None, of: int, *, lang: str) -> dict[str, Any]:
    """Give a count with its share of all."""
    share = None if n is None or not of else n / of
    told = share if share in {None, 1.0} else min(share or 0.0, 0.99)  # 100 % is all of them
    label = "" if told is None else swedish.percent(told, lang=lang)
    return {"n": n, "share": None if share is None else round(share, 4), "label": label}


def _said(counts: Mapping[str, int], table: Any, *, lang: str) -> list[dict[str, Any]]:
    """List counts by code with their words, most first."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{"code": code, "label": word(table, code, lang=lang), "n": n} for code, n in ranked]


def _load(load: Load, *, zone: str, lang: str) -> dict[str, Any]:
    """Tell of one load, and how to take it back."""
    return {
        "batch_id": load.batch_id,
        "file": load.file_name,
        "at": load.loaded_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "at_label": dates.day_and_time(load.loaded_at, timezone=zone, lang=lang),
        "n_read": load.n_read, "n_new": load.n_new, "n_changed": load.n_changed,
        "n_unchanged": load.n_unchanged, "n_rejected": load.n_rejected,
        "n_refused": load.n_refused,
        "rejected": _said(load.rejected, DOUBTS, lang=lang),
        "refused": _said(load.refused, DOUBTS, lang=lang),
        "undone": load.undone,
        "undo": f"lagesbild undo {load.batch_id}" if load.last and not load.undone else None,
    }  # fmt: skip


def _hide_small(rows: list[dict[str, Any]], rule: Access) -> None:
    """Hide small counts of sources, and one more where a total would give the lone one away."""
    import pandas as pd

    for frame in {row["frame"] for row in rows}:
        same = [row for row in rows if row["frame"] == frame]
        shown = suppress_small(pd.Series([row["n"] for row in same]), k=rule.min_count).cells[0]
        for row, n in zip(same, shown, strict=True):
            row["n"] = None if pd.isna(n) else int(n)
            located = row["located"]
            small = located and min(located["n"], (row["n"] or 0) - located["n"]) < rule.min_count
            if located and (row["n"] is None or (small and located["share"] not in {0.0, 1.0})):
                row["located"] = None
            elif located:
                row["located"] = {"n": None, "share": None, "label": located["label"]}
            if row["n"] is None:  # or the week of its last row would tell of that row
                row["last_label"] = None
                row["pace"] = None
