"""What a person should look at: what has not come, what looks odd, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.maps import dates, swedish
from geo.maps.quality.attention_words import FIXES, SAID
from geo.maps.quality.rhythm import Pace
from geo.maps.quality.words import DOUBTS, FRAME_NAMES, PERSONAL, word
from geo.maps.worklist_basis import LAMP_DOUBTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.clock import Week
    from geo.maps.quality.records import DataQuality, SourceQuality

_ENOUGH = 0.8
_JOIN = "\u2060"  # no line breaks at the dash of an interval
_MOST_WORDS = 3
_WARNS = {
    "missing",
    "silent",
    "few",
    "low",
    "high",
    "late",
    "rejected",
    "doubled",
    "stacked",
    "utc",
    "personal",
    "register",
}


def title(source: SourceQuality, *, lang: str = "sv") -> str:
    """
    Name a source as people do.

    Parameters
    ----------
    source
        The source.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        Its organisation and what it tells of, else what it tells of.
    """
    frame = word(FRAME_NAMES, source.frame, lang=lang)
    if source.actor is None or source.frame == "assessments":
        return frame
    return f"{swedish.capital(source.actor)}, {frame.lower()}"


def pace_sentence(source: SourceQuality, *, week: Week, full: bool, lang: str = "sv") -> str:
    """
    Say how a source's week stands against the weeks before.

    Parameters
    ----------
    source
        The source.
    week
        The week.
    full
        With the numbers, and the interval they are held against.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One sentence.
    """
    beat, sv = source.rhythm, lang == "sv"
    label = dates.week_label(week, lang=lang)
    nothing = f"Inget {label}" if sv else f"Nothing {label}"
    if beat.weeks_silent > 1 and beat.pace in {Pace.MISSING, Pace.SILENT, Pace.FEW}:
        nothing = (f"Inget på {beat.weeks_silent} veckor" if sv
                   else f"Nothing for {beat.weeks_silent} weeks")  # fmt: skip
    short = {
        Pace.MISSING: nothing, Pace.SILENT: nothing, Pace.FEW: nothing,
        Pace.LOW: "Ovanligt få" if sv else "Unusually few",
        Pace.HIGH: "Ovanligt många" if sv else "Unusually many",
        Pace.NEW: "För kort historia" if sv else "Too short a history",
        Pace.NO_TIME: "Utan tid" if sv else "Without times",
    }.get(beat.pace, "Som vanligt" if sv else "As usual")  # fmt: skip
    if not full or beat.usual is None or beat.low is None:
        return f"{short}."
    usual = swedish.number(beat.usual, decimals=0 if beat.usual >= 10 else 1, lang=lang)
    span = f"{beat.low}{_JOIN}{swedish.DASH}{_JOIN}{beat.high}"
    n = swedish.number(beat.n, lang=lang)
    told = "" if beat.n == 0 else f": {n} {label}"
    tail = (f"Brukar vara {usual} i veckan ({span})" if sv
            else f"Usually {usual} a week ({span})")  # fmt: skip
    return f"{short}{told}. {tail}."


def attention(
    found: DataQuality, *, full: bool, lang: str = "sv", out: str = "out"
) -> list[dict[str, Any]]:
    """
    List what needs a look, the most pressing first.

    Parameters
    ----------
    found
        What was counted.
    full
        With numbers, words and file names; else only what has not come.
    lang
        ``"sv"`` or ``"en"``.
    out
        Folder of the lists of rejected rows, as the reader reaches it.

    Returns
    -------
    list of dict
        ``code``, ``level`` (``warn`` or ``note``), ``source``, ``title``, ``sentence``, ``fix``.
    """
    items = []
    for source in found.sources:
        for code, sentence, fix in _of(source, found.week, full=full, lang=lang, out=out):
            item = {
                "code": code, "level": "warn" if code in _WARNS else "note",
                "source": source.source, "title": title(source, lang=lang),
                "sentence": sentence, "fix": fix,
            }  # fmt: skip
            items.append(item)
    if full:
        items += [
            *_together(found, "n_located", lang=lang),
            *_together(found, "n_timed", lang=lang),
        ]
    order = ["silent", "missing", "late", "few", "low", "high"]
    return sorted(items, key=lambda i: (order.index(i["code"]) if i["code"] in order else
                                        len(order) + (i["level"] != "warn")))  # fmt: skip


def _of(
    source: SourceQuality, week: Week | None, *, full: bool, lang: str, out: str
) -> Iterator[tuple[str, str, str]]:
    """Tell what needs a look in one source: code, sentence, what to do."""
    pace = source.rhythm.pace
    if week is not None:
        said = pace_sentence(source, week=week, full=full, lang=lang)
        if pace in {Pace.MISSING, Pace.SILENT}:
            yield pace.value, said, FIXES["missing"][lang != "sv"]
        elif pace in {Pace.LOW, Pace.HIGH} or (pace is Pace.FEW and full):
            yield pace.value, said, FIXES[pace.value][lang != "sv"]
    if full:
        facts = (*_of_rows(source, lang=lang), *_of_loads(source, lang=lang, out=out))
        for code, slots in facts:
            at = lang != "sv"
            yield code, SAID[code][at].format(**slots), FIXES[code][at].format(**slots)


def _of_rows(source: SourceQuality, *, lang: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Tell what is odd about the rows that hold."""
    if source.quiet_hour is not None:
        yield "utc", {"hour": f"{int(source.quiet_hour):02d}"}
    if source.n_stacked:
        rows, spots = (swedish.number(k, lang=lang) for k in (source.n_stacked, source.n_stacks))
        yield "stacked", {"n": rows, "spots": spots}
    if source.personal:
        kinds = [
            f"{swedish.number(k, lang=lang)} {word(PERSONAL, kind, lang=lang)}"
            for kind, k in source.personal.items()
        ]
        yield "personal", {"kinds": swedish.joined(kinds, lang=lang)}
    if doubts := [
        f"{word(DOUBTS, code, lang=lang)} ({swedish.number(k, lang=lang)})"
        for code, k in source.flagged.items()
        if code in LAMP_DOUBTS
    ]:
        yield "register", {"source": source.source, "doubts": ", ".join(doubts)}
    for other, k in source.also_in.items():
        batch = next((load.batch_id for load in source.loads if not load.undone), "")
        yield "doubled", {"n": _rows(k, lang=lang), "other": other, "batch": batch}
    if source.other:
        words = [f"”{name or swedish.DASH}” ({k})" for name, k in source.other.items()]
        rest = ["…"] if len(words) > _MOST_WORDS else []
        told = ", ".join([*words[:_MOST_WORDS], *rest])
        yield "other", {"n": _rows(sum(source.other.values()), lang=lang), "words": told}


def _of_loads(
    source: SourceQuality, *, lang: str, out: str
) -> Iterator[tuple[str, dict[str, object]]]:
    """Tell what the latest load could not take, and whether the next one is late."""
    late = source.delivery
    if late.late and late.usual_days is not None:
        usual = swedish.number(late.usual_days, lang=lang)
        yield "late", {"usual": usual, "since": late.since_days}
    load = next((each for each in source.loads if not each.undone), None)
    if load is None or not load.n_rejected:
        return
    reasons = [f"{word(DOUBTS, code, lang=lang)} ({k})" for code, k in load.rejected.items()]
    n = _rows(load.n_rejected, lang=lang)
    why = swedish.joined(reasons, lang=lang)
    yield "rejected", {"n": n, "why": why, "file": f"{out}/rejects-{load.batch_id}.csv"}


def _rows(n: int, *, lang: str) -> str:
    """Write a number of rows."""
    one, many = ("rad", "rader") if lang == "sv" else ("row", "rows")
    return swedish.plural(n, one, many, lang=lang)


def _together(found: DataQuality, counted: str, *, lang: str) -> Iterator[dict[str, Any]]:
    """Say once of all incidents what share of them lacks a place, or a time of day."""
    sources = [s for s in found.sources if s.frame == "incidents" and s.n]
    known = [getattr(s, counted) or 0 for s in sources]
    n = sum(s.n for s in sources)
    if sum(known) >= _ENOUGH * n:
        return
    lacking = [
        f"{s.actor or s.source} {swedish.percent(1 - k / s.n, lang=lang)}"
        for s, k in zip(sources, known, strict=True)
        if k < s.n
    ]
    code, at = counted.removeprefix("n_"), lang != "sv"
    said = {"share": swedish.percent(1 - sum(known) / n, lang=lang), "sources": ", ".join(lacking)}
    yield {
        "code": code,
        "level": "note",
        "source": None,
        "title": word(FRAME_NAMES, "incidents", lang=lang),
        "sentence": SAID[code][at].format(**said),
        "fix": FIXES[code][at],
    }
