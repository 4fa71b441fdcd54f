"""Recommendations about light told as work: which lamps, whose, how long, at what cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.maps import swedish
from geo.maps import worklist_words as words
from geo.measures.catalog import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from geopandas import GeoDataFrame

STEPS = {
    "lamp_repair": 1,
    "vegetation": 2,
    "lamp_adjust": 3,
    "check": 4,
    "investigate": 4,
    "lamp_new": 5,
}
"""Kind of work -> its step: mend before trimming, before adjusting, checking and building new."""
ALONE = "lamp_single"
"""The rule for lamps that are taken on the next round, also where they are at a place."""
SPACING_M = 25.0
"""Distance between new poles that the number of them is reckoned with."""


def advised(
    work: Sequence[Mapping[str, Any]],
    advice: pd.DataFrame,
    *,
    lamps: GeoDataFrame,
    outages: GeoDataFrame,
    lang: str = "sv",
) -> list[dict[str, Any]]:
    """
    Tell recommendations as work.

    A place names the lamps that are out in it. Where they belong to a row of lamps that are out
    together the contractor mends the row: what lies outside every place goes with the first that
    names a lamp of it, so that no lamp is left to nobody and none is ordered twice.

    Parameters
    ----------
    work
        Recommendations as the picture tells them, in the order of their rank.
    advice
        The same as they came through the gate, by id.
    lamps, outages
        Lamps and errands that may leave, by id.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    list of dict
        A row each, in the same order; ``lamp_ids`` of a repair are what is to be mended.
    """
    spoken = {i for item in work if item["kind"] == "lamp_repair"
              for i in _named(advice.loc[item["id"]])}  # fmt: skip
    out = []
    for item in work:
        row, more = _advised(item, advice.loc[item["id"]], lamps=lamps, outages=outages,
                             spoken=spoken, lang=lang)  # fmt: skip
        spoken |= more
        out.append(row)
    return out


def _named(raw: Any) -> list[str]:
    """List the lamps that a recommendation names among its reasons."""
    return [i for r in raw["reasons"] or [] if r.get("layer") == "lamps" for i in r.get("ids", [])]


def _advised(
    item: Mapping[str, Any],
    raw: Any,
    *,
    lamps: GeoDataFrame,
    outages: GeoDataFrame,
    spoken: set[str],
    lang: str,
) -> tuple[dict[str, Any], set[str]]:
    """Tell one recommendation as work, and which lamps it takes on beyond those it names."""
    concerned = set(_named(raw)) & set(lamps.index)
    errands = outages[touch(outages, concerned)]
    mends = item["kind"] == "lamp_repair"
    out = [i for ids in errands["lamp_ids"] for i in ids] if mends else []
    more = set(out) - spoken
    mine = [i for i in dict.fromkeys(out) if i in concerned or i in more]
    rule = RULES[item["rule"]]
    metres = next((r["value"] for r in raw["reasons"] if r["code"] == "missing_metres"), None)
    row = {
        "id": item["id"],
        "place_id": item["place_id"],
        "place": item["place_name"],
        "step": STEPS[item["kind"]],
        "priority": item["priority"],
        "kind": item["kind"],
        "kind_label": item["kind_label"],
        "rule": item["rule"],
        "work": words.work(item["rule"], lang=lang),
        "why": [reason["text"] for reason in item["reasons"] if reason["code"] != "owner"],
        "confidence": item["confidence"],
        "confidence_label": item["confidence_label"],
        "caveat": item["caveat"],
        "grade": rule.grade,
        "basis": rule.basis,
        "follow_up_weeks": list(rule.follow_up_weeks),
    }
    if more:
        row["why"].append(_same_row(len(more), lang=lang))
    n = len(mine) if mends else words.poles(metres, spacing_m=SPACING_M)
    row |= lamps_of(mine or sorted(concerned), lamps, lang=lang)
    row |= _open(errands if mends else errands.iloc[:0], lang=lang)
    cost = words.cost(rule, n=n, spacing_m=SPACING_M, lang=lang)
    return row | {"cost": cost, "n_lamps": len(mine)}, more


def _same_row(n: int, *, lang: str) -> str:
    """Say that lamps outside the place are mended with those in it."""
    number = swedish.capital(swedish.counting_word(n, lang=lang))
    if lang == "sv":
        noun, out = ("ljuspunkt", "släckt") if n == 1 else ("ljuspunkter", "släckta")
        return f"{number} {noun} till i samma rad är {out} och lagas samtidigt"
    noun, verb = ("lamp", "is") if n == 1 else ("lamps", "are")
    return f"{number} more {noun} in the same row {verb} out and mended with them"


def touch(outages: GeoDataFrame, lamps: set[str]) -> pd.Series:
    """
    Tell which errands concern some of these lamps.

    Parameters
    ----------
    outages
        Errands, with ``lamp_ids``.
    lamps
        Ids.

    Returns
    -------
    pandas.Series
        bool, by errand.
    """
    return outages["lamp_ids"].map(lambda ids: bool(lamps & set(ids))).astype(bool)


def lamps_of(ids: list[str], lamps: GeoDataFrame, *, lang: str) -> dict[str, Any]:
    """
    Say which lamps, their pole numbers and whose they are.

    Parameters
    ----------
    ids
        Lamps.
    lamps
        The register, by id.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    dict
        ``lamp_ids``, ``pole_refs``, ``owners`` and ``owner_label``.
    """
    mine = lamps.reindex(ids)
    owners = list(dict.fromkeys(mine["owner"].dropna()))
    unknown = bool(len(mine)) and bool(mine["owner"].isna().any())
    return {
        "lamp_ids": list(ids),
        "pole_refs": mine["pole_ref"].dropna().tolist(),
        "owners": owners,
        "owner_label": words.owners(owners, unknown=unknown, lang=lang) if len(mine) else "",
    }


def _open(errands: GeoDataFrame, *, lang: str) -> dict[str, Any]:
    """Say how long the oldest of some errands has been open, against its target."""
    if errands.empty:
        return {"days_open": None, "target_days": None, "late": None, "open_label": ""}
    ordered = errands.sort_values("days_open", ascending=False, na_position="last")
    first = next(ordered.itertuples())
    return words.opened(first, lang=lang) | {"late": bool(errands["late"].any())}
