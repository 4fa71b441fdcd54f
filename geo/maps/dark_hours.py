"""The dark-hours test told in words: per district and group of types, with its limits."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geo.maps import dates, swedish
from geo.maps.access import access
from geo.maps.swedish import DASH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.maps.picture import Picture

_SMALL = 5
GROUP_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "all": ("alla händelsetyper", "all types"),
        "violence": ("våld, rån och hot", "violence, robbery and threats"),
        "damage": ("skadegörelse, klotter och brand", "damage, graffiti and fire"),
        "property": ("stöld, inbrott och fordonsbrott", "theft, burglary and vehicle crime"),
        "disorder": ("ordningsstörningar", "disorder"),
    }
)
_FINDINGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "more_in_dark": ("fler i mörker vid samma klockslag", "more in the dark at the same hour"),
        "fewer_in_dark": (
            "färre i mörker vid samma klockslag",
            "fewer in the dark at the same hour",
        ),
        "cannot_tell": ("går inte att avgöra", "cannot be told"),
        "too_few": ("för få händelser", "too few events"),
    }
)
_NOTE_SV = (
    "Visar samband, inte orsak. Bara händelser utomhus räknas. Fler i mörker är ett skäl att se "
    "över ljuset, inget löfte om vad bättre ljus ger."
)
_NOTE_EN = (
    "Shows association, not cause. Only outdoor events count. More in the dark is a reason to look "
    "at the light, no promise of what better light would do."
)
_NOTE = (_NOTE_SV, _NOTE_EN)
_NOT_MADE = (
    "Jämförelsen mellan mörka och ljusa dagar kräver minst ett års händelser.",
    "Comparing dark and light days needs at least a year of events.",
)


def dark_hours(picture: Picture) -> dict[str, Any] | None:
    """
    Tell what the dark-hours test of a run found.

    Parameters
    ----------
    picture
        One week as one role may see it.

    Returns
    -------
    dict or None
        ``sentence``, ``period_label``, ``hours_label``, ``tests`` (each with area, group, finding,
        ratio with limits, n and share of unknown setting, and a sentence) and ``note``. None for
        a role that sees no findings.
    """
    if access("hotspots", picture.role).hidden:
        return None
    at = 0 if picture.lang == "sv" else 1
    told = picture.run.summary.get("dark_hours")
    if not isinstance(told, dict):
        return {"sentence": _NOT_MADE[at], "period_label": None, "hours_label": None, "tests": [],
                "note": _NOTE[at]}  # fmt: skip
    zone = picture.profile.timezone
    first, last = (
        dates.local(datetime.fromisoformat(told[name]), timezone=zone)
        for name in ("period_from", "period_to")
    )
    return {
        "sentence": _opening(told, lang=picture.lang),
        "period_label": f"{first:%Y-%m-%d} {DASH} {last:%Y-%m-%d}",
        "hours_label": _hours(told, lang=picture.lang),
        "tests": [_test(row, lang=picture.lang) for row in told["tests"]],
        "note": _NOTE[at],
    }


def told_sentence(row: Mapping[str, Any], *, lang: str = "sv") -> str:
    """
    Say one test: finding, ratio with limits, n, and the share of unknown setting.

    Parameters
    ----------
    row
        One of the run's tests.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        One or two sentences.
    """
    at = 0 if lang == "sv" else 1
    where = row["area"] or ("Hela kommunen", "The whole municipality")[at]
    what, found = GROUP_WORDS[row["group"]][at], _FINDINGS[row["finding"]][at]
    head = f"{where}, {what}: {found}"
    if row["finding"] == "too_few":
        return head + "."
    ratio, low, high = (
        swedish.number(row[k], decimals=2, lang=lang) for k in ("or_dark_vs_light", "low", "high")
    )
    n = swedish.number(row["n"], lang=lang)
    share = row["setting_unknown_share"] or 0.0
    if lang == "sv":
        body = f"{head} (oddskvot {ratio}, {low}{DASH}{high}; {n} händelser)."
        tail = f"Okänd miljö: {swedish.percent(share)}."
    else:
        body = f"{head} (odds ratio {ratio}, {low}{DASH}{high}; {n} events)."
        tail = f"Unknown setting: {swedish.percent(share, lang='en')}."
    return f"{body} {tail}"


def _test(row: Mapping[str, Any], *, lang: str) -> dict[str, Any]:
    """One test in the shape of the contract; small counts are not told."""
    at = 0 if lang == "sv" else 1
    tested = row["finding"] != "too_few"
    numbers = ("or_dark_vs_light", "low", "high", "q", "setting_unknown_share")
    return {
        "area_id": row["area_id"],
        "area": row["area"] or ("Hela kommunen", "The whole municipality")[at],
        "group": row["group"],
        "group_label": GROUP_WORDS[row["group"]][at],
        "finding": row["finding"],
        "finding_label": _FINDINGS[row["finding"]][at],
        "effect": row["effect"] if tested else None,
        "n": row["n"] if tested or row["n"] >= _SMALL else None,
        **{name: row[name] if tested else None for name in numbers},
        "sentence": told_sentence(row, lang=lang),
    }


def _opening(told: Mapping[str, Any], *, lang: str) -> str:
    """Say in one or two sentences what came out, and how much chance would have given."""
    loud = [row for row in told["tests"] if row["finding"] in {"more_in_dark", "fewer_in_dark"}]
    n = told["n_tested"]
    if lang == "sv":
        if n == 0:
            return "För få händelser för att jämföra samma klockslag i mörker och i ljus."
        found = (
            "; ".join(told_sentence(row).rstrip(".") for row in loud) + "."
            if loud
            else "Inget område och ingen händelsetyp skiljer säkert mellan mörka och ljusa dagar."
        )
        return f"{found} {n} jämförelser hade nog med händelser; av fynden får 5 % vara falska."
    if n == 0:
        return "Too few events to compare the same clock hour in dark and in light."
    found = (
        "; ".join(told_sentence(row, lang="en").rstrip(".") for row in loud) + "."
        if loud
        else "No district and no type differs for certain between dark and light days."
    )
    return f"{found} {n} comparisons had enough events; 5% of findings may be false."


def _hours(told: Mapping[str, Any], *, lang: str) -> str:
    """Name the clock hours that are compared, and those they are held against."""

    def listed(hours: list[int]) -> str:
        return ", ".join(f"{h:02d}" for h in hours)

    if not told["case_hours"]:
        return ""
    case, control = listed(told["case_hours"]), listed(told["control_hours"])
    if lang == "sv":
        kind = "alltid ljusa" if told["control"] == "light" else "alltid mörka"
        return f"Klockslag {case}, mot de {kind} {control}."
    kind = "always light" if told["control"] == "light" else "always dark"
    return f"Clock hours {case}, against the {kind} {control}."
