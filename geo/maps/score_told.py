"""How the lists did, told to one role: what the number means first, then the number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.clock import Week
from geo.maps import dates, swedish
from geo.maps.access import access
from geo.maps.soften import is_small

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.maps.picture import Picture

BEFORE = {
    "sv": "Listan prövas bara där ingen personal var. Där personal var kan lugn vara effekt eller "
    "slump, så där ges inget omdöme. Det som egen personal har hittat räknas aldrig som träff.",
    "en": "The list is tried only where no staff were. Where staff were, calm may be effect or "
    "chance, so no verdict is given there. What own staff found never counts as a hit.",
}
_EVEN = {
    True: {
        "sv": "fler än slumpen ger på lika stor yta.",
        "en": "more than chance gives on as large an area.",
    },
    False: {"sv": "inte säkert fler än slumpen ger.", "en": "not surely more than chance gives."},
}
_BESIDE = {
    "like_plain": {
        "sv": "Skillnaden mot enkel räkning ryms inom slumpen.",
        "en": "The difference from a plain count is within chance.",
    },
    "better": {
        "sv": "Det är fler än enkel räkning, mer än slumpen förklarar.",
        "en": "That is more than a plain count, beyond chance.",
    },
    "worse": {
        "sv": "Det är färre än enkel räkning, mer än slumpen förklarar.",
        "en": "That is fewer than a plain count, beyond chance.",
    },
}
_ALPHA = 0.05
_WHOLE = 10  # from here on a decimal says nothing
_RATES = ("hit_rate", "hit_rate_low", "hit_rate_high", "pai", "pai_low", "pai_high")
_HIDDEN = (*_RATES, "hits", "naive_hits", "only_list", "only_naive")


def score_told(picture: Picture) -> dict[str, Any] | None:
    """
    Tell how the lists before this week did, as the role may know it.

    Parameters
    ----------
    picture
        One week as one role may see it.

    Returns
    -------
    dict or None
        ``before_the_number``, ``sentence`` (the newest list), ``pooled`` (all weeks, with its own
        sentence) and ``weeks``; None where the role gets no places, or nothing has been tried.
        For a role that is not told small counts, hits from one to four are None and the sums of
        several weeks, from which they could be worked out, are words alone.
    """
    rule, kept = access("hotspots", picture.role), picture.run.summary.get("score")
    if rule.hidden or not kept or not kept.get("weeks"):
        return None
    lang = picture.lang
    weeks = [_week(week, least=rule.min_count, lang=lang) for week in kept["weeks"]]
    return {
        "before_the_number": BEFORE[lang],
        "sentence": weeks[0]["sentence"],
        "pooled": _pooled(kept.get("pooled"), told=rule.min_count <= 1, lang=lang),
        "weeks": weeks,
    }


def _week(week: Mapping[str, Any], *, least: int, lang: str) -> dict[str, Any]:
    """Tell one list: the row that tests it, and the row that does not."""
    rows = {row["row"]: _safe(row, least=least) for row in week["rows"]}
    free, at = rows.get("not_visited"), rows.get("visited")
    labels = {
        f"{name}_label": dates.week_label(Week.parse(week[name]), lang=lang)
        for name in ("week", "scored_week")
    }
    out = {
        "week": week["week"],
        "scored_week": week["scored_week"],
        **labels,
        "state": week["state"],
        "seal": week["seal"],
        "list_hash": week["list_hash"],
        "n": week.get("n"),
        "not_visited": free,
        "visited": at and {k: at[k] for k in ("n_places", "hits")},
    }
    if is_small(out["n"], min_count=least):
        out["n"] = None
    return out | {"sentence": _sentence(out | {"known": week.get("visits_known")}, lang=lang)}


def _safe(row: Mapping[str, Any], *, least: int) -> dict[str, Any]:
    """Take small counts, and what gives them away, out of a row."""
    out = {k: v for k, v in row.items() if k not in ("row", "why", "verdict")}
    counts = [row.get(name) for name in ("hits", "naive_hits", "n")]
    if least > 1 and any(is_small(count, min_count=least) for count in counts):
        out |= {name: None for name in _HIDDEN if name in out}
    if least > 1:  # what only one of two lists caught is a small count nearly always
        out = {k: v for k, v in out.items() if k not in ("only_list", "only_naive")}
    return out


def _sentence(week: Mapping[str, Any], *, lang: str) -> str:
    """Say in one breath how one list did."""
    sv = lang == "sv"
    named = {"a": week["week_label"], "b": week["scored_week_label"]}
    if week["state"] == "waiting":
        text = ("Listan för {a} prövas när {b} är slut.", "The list of {a} is tried when {b} ends.")
        return text[0 if sv else 1].format(**named)
    if week["state"] == "empty":
        text = (
            "Ingen plats stack ut i {a}, så det fanns ingen lista att pröva.",
            "No place stood out in {a}, so there was no list to try.",
        )
        return text[0 if sv else 1].format(**named)
    if week["seal"] == "broken":
        text = (
            "Listan för {a} är inte den som publicerades, så den prövas inte.",
            "The list of {a} is not the one that was published, so it is not tried.",
        )
        return text[0 if sv else 1].format(**named)
    parts = [_tested(week, named, lang=lang), _staffed(week, lang=lang)]
    return " ".join(part for part in parts if part)


def _tested(week: Mapping[str, Any], named: Mapping[str, str], *, lang: str) -> str:
    """Say what the unvisited places answered, beside the plain count."""
    row, sv = week["not_visited"], lang == "sv"
    k = row["n_places"]
    if not k:
        text = (
            "Alla platser på listan för {a} fick besök, så den kan inte prövas.",
            "Every place on the list of {a} was visited, so it cannot be tried.",
        )
        return text[0 if sv else 1].format(**named)
    hits, n = (swedish.count(v, lang=lang) for v in (row["hits"], week["n"]))
    if sv:
        where = f"på de {k} platser" if k > 1 else "på den enda plats"
        where += f" från listan för {named['a']} där ingen personal var"
        if not week["known"]:
            places = swedish.plural(k, "plats", "platser")
            where = f"på listans {places} (inga besök är inlästa)"
        told = f"{swedish.capital(named['b'])}: {hits} av {n} händelser skedde {where}."
    else:
        where = f"at the {k} places" if k > 1 else "at the only place"
        where += f" on the list of {named['a']} where no staff were"
        if not week["known"]:
            where = f"at the list's {swedish.plural(k, 'place', 'places')} (no visits are loaded)"
        told = f"{swedish.capital(named['b'])}: {hits} of {n} events were {where}."
    if row.get("naive_hits") is None:
        return told
    beside = "Enkel räkning på lika stor yta" if sv else "A plain count on as large an area"
    return f"{told} {beside}: {_rounded(row['naive_hits'], lang)}."


def _rounded(value: float, lang: str) -> str:
    """Write expected hits: whole where they are whole."""
    return swedish.number(value, decimals=0 if float(value).is_integer() else 1, lang=lang)


def _staffed(week: Mapping[str, Any], *, lang: str) -> str:
    """Say how many places were visited, and that nothing follows."""
    k = week["visited"]["n_places"]
    if not k:
        return ""
    if lang == "sv":
        return f"På {swedish.plural(k, 'plats', 'platser')} var personal: inget omdöme."
    return f"Staff were at {swedish.plural(k, 'place', 'places', lang=lang)}: no verdict."


def _pooled(kept: Mapping[str, Any] | None, *, told: bool, lang: str) -> dict[str, Any] | None:
    """Tell the sum of the weeks; in words alone where small counts could be worked out."""
    if kept is None:
        return None
    verdict = "like_plain"
    if kept["p"] < _ALPHA:
        verdict = "better" if kept["only_list"] > kept["only_naive"] else "worse"
    even = kept["pai_low"] > 1
    text = _verdict(kept, verdict, even=even, numbers=told, lang=lang)
    shown: dict[str, Any] = dict(kept) if told else {"weeks": kept["weeks"]}
    return shown | {"beside_plain": verdict, "beats_even": even, "sentence": text}


def _verdict(kept: Mapping[str, Any], verdict: str, *, even: bool, numbers: bool, lang: str) -> str:
    """Say what the weeks together can say."""
    weeks = kept["weeks"]
    if lang == "sv":
        lead = f"{swedish.plural(weeks, 'vecka', 'veckor')} tillsammans"
    else:
        lead = f"{swedish.plural(weeks, 'week', 'weeks', lang=lang)} together"
    told = _numbers(kept, lang=lang) if numbers else _EVEN[even][lang]
    return f"{lead}: {told} {_BESIDE[verdict][lang]}"


def _numbers(kept: Mapping[str, Any], *, lang: str) -> str:
    """Hits, and how many times as many as chance gives, with the plain count beside."""
    n, hits = (swedish.number(kept[k], lang=lang) for k in ("n", "hits"))
    decimals = 0 if kept["pai_low"] >= _WHOLE else 1
    pai, low, high = (
        swedish.number(kept[k], decimals=decimals, lang=lang)
        for k in ("pai", "pai_low", "pai_high")
    )
    plain, span = _rounded(round(kept["naive_hits"], 1), lang), f"{low}{swedish.DASH}{high}"
    if lang == "sv":
        return (
            f"{hits} av {n} händelser, {pai} gånger (95 %: {span}) vad lika stor yta ger av en "
            f"slump; enkel räkning {plain}."
        )
    return (
        f"{hits} of {n} events, {pai} times (95%: {span}) what as large an area gives by chance; "
        f"plain count {plain}."
    )
