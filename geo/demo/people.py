"""What residents write: unsafe and safe places, in their own Swedish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geo.demo import steady
from geo.demo.hours import LAST_WEEK

if TYPE_CHECKING:
    from geo.demo.ground import Ground
    from geo.demo.lamps import Lighting
    from geo.demo.sites import Site
    from geo.demo.world import World

REPORTS = 120
_ERROR_M = 15.0
# What people say, by reasons: several ways each.
_SAID: dict[tuple[str, ...], tuple[str, ...]] = {
    ("dark", "lamp_out"): (
        "Lamporna på gångvägen har varit släckta i flera veckor, man ser inte var man går.",
        "Kolsvart när jag går hem från bussen. Tre stolpar i rad lyser inte.",
        "Jag går en omväg på kvällarna för att det är släckt här.",
        "Vi är flera grannar som felanmält men det är fortfarande mörkt.",
    ),
    ("dark", "hidden_sight"): (
        "Buskarna har vuxit över lampan, det blir en mörk ficka vid kröken.",
        "Man ser inte vem som kommer runt hörnet, och det är dåligt ljus.",
        "Häcken skymmer hela gångvägen på kvällen.",
    ),
    ("deserted",): (
        "Inga människor här efter att affären stängt, känns ödsligt.",
        "Ödsligt på kvällen, jag ringer alltid någon när jag går här.",
    ),
    ("groups",): (
        "Gäng som hänger här på kvällarna och ropar efter folk.",
        "Det är ofta bråkigt här på helgerna, jag undviker platsen.",
        "Ungdomar som kör moped och är allmänt stökiga.",
    ),
    ("litter", "vandalism"): (
        "Krossat glas och skräp nästan varje måndag.",
        "Klotter och sönderslagna rutor, det känns som att ingen bryr sig.",
    ),
    ("tunnel", "dark"): (
        "Tunneln luktar illa och är mörk, jag vill inte gå där ensam.",
        "Man ser inte igenom gångtunneln och lampan blinkar.",
    ),
    ("traffic",): (
        "EPA-traktorer som kör på gångbanan, farligt för barnen.",
        "Bilar kör fort förbi skolan, mina barn vågar inte gå över.",
    ),
    ("well_lit", "people_present"): (
        "Här är det alltid folk och bra belyst, det känns tryggt.",
        "Fint upplyst sedan ni bytte lampor, nu vågar jag gå här.",
    ),
}  # fmt: skip
_STAFF = {
    ("dark", "lamp_out"): "Släckta ljuspunkter på gångväg.",
    ("dark", "hidden_sight"): "Växtlighet skymmer belysning.",
    ("groups",): "Stökiga samlingar kvällstid.",
    ("tunnel", "dark"): "Mörk gångtunnel.",
}


def write_reports(
    world: World,
    ground: Ground,
    lighting: Lighting,
    sites: list[Site],
    *,
    planted: bool,
    light: bool = True,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """
    Let residents report over the last year.

    Parameters
    ----------
    world
        The municipality.
    ground
        Where its streets are.
    lighting
        What is out.
    sites
        Planted places: some are talked about.
    planted
        Whether they are.
    light
        Whether anybody feels a place is unsafe because lamps are out there.
    rng
        Source of chance.

    Returns
    -------
    pandas.DataFrame
        ``number``, ``received`` (UTC), ``felt``, ``when``, ``reasons``, ``words``, ``state``,
        ``public_text``, ``channel``, ``x``, ``y``, ``site``.
    """
    spots = _spots(world, ground, lighting, sites, planted=planted, light=light, rng=rng)
    end = pd.Timestamp(LAST_WEEK.end())
    rows: list[dict[str, Any]] = []
    for xy, reasons, site, days in spots:
        said = _SAID[reasons]
        age_h = float(rng.uniform(4, 24 * days))
        felt = "safe" if reasons[0] == "well_lit" else "unsafe"
        dark = "dark" in reasons
        when = "" if felt == "safe" else str(rng.choice(
            ["evening", "night"] if dark else ["evening", "day", "always", "night"]))  # fmt: skip
        done = str(
            rng.choice(["accepted", "closed", "merged", "hidden"], p=[0.72, 0.16, 0.07, 0.05])
        )
        state = "received" if age_h < 24 * 9 else done
        staff = _STAFF.get(reasons, "") if state in {"accepted", "closed"} else ""
        rows.append({
            "received": end - pd.Timedelta(minutes=round(age_h * 60)), "felt": felt, "when": when,
            "reasons": ",".join(reasons), "words": str(rng.choice(said)), "state": state,
            "public_text": staff, "x": float(xy[0] + rng.normal(0, _ERROR_M)),
            "y": float(xy[1] + rng.normal(0, _ERROR_M)), "site": site,
            "channel": str(rng.choice(["web", "phone", "walk"], p=[0.8, 0.1, 0.1])),
        })  # fmt: skip
    table = pd.DataFrame(rows).sort_values("received", kind="stable").reset_index(drop=True)
    table["received"] = table["received"].dt.as_unit("us")
    table.insert(0, "number", [f"OT-{1001 + i}" for i in range(len(table))])
    return table


def _spots(
    world: World,
    ground: Ground,
    lighting: Lighting,
    sites: list[Site],
    *,
    planted: bool,
    light: bool,
    rng: np.random.Generator,
) -> list[tuple[Any, tuple[str, ...], str, float]]:
    """Choose where, why, which planted place, and how many days back at most."""
    out: list[tuple[Any, tuple[str, ...], str, float]] = []
    if planted:
        for site in sites:
            n, reasons, days = {
                "light": (9, ("dark", "lamp_out"), 95) if light else (2, ("groups",), 300),
                "look_alike": (2, ("groups",), 300),
                "new": (5, ("groups",), 50),
                "worked": (4, ("groups",), 350),
            }.get(site.role, (2, ("groups",), 350) if site.effect >= 3 else (0, ("groups",), 1))
            out += [(site.centre + rng.normal(0, 30, 2), reasons, site.key, days) for _ in range(n)]
    lamps = lighting.lamps.set_index("pole_ref")
    for k, group in enumerate(lighting.groups[1:]):
        middle = shapely.get_coordinates(lamps.loc[group[len(group) // 2], "geometry"])[0]
        out += [(middle, ("dark", "lamp_out"), "", 60.0)] * (2 if k % 2 else 1)
    lines = world.streets.geometry
    out += [
        (shapely.get_coordinates(lines.iloc[row].centroid)[0], ("dark", "hidden_sight"), "", 330.0)
        for row in lighting.bare
    ]
    tunnels = lines[world.streets["kind"] == "gc_tunnel"]
    out += [
        (shapely.get_coordinates(line.centroid)[0], ("tunnel", "dark"), "", 300.0)
        for line in list(tunnels)[:5]
    ]
    urban = np.flatnonzero(ground.kind != "rural")
    keys = [k for k in _SAID if "lamp_out" not in k and "tunnel" not in k]
    clear = np.array([s.centre for s in sites if s.role == "look_alike"])
    while len(out) < REPORTS:
        at = ground.xy[int(rng.choice(urban))]
        said = keys[int(rng.integers(len(keys)))]
        if "dark" in said and steady.length(clear - at).min() < 400:
            continue
        out.append((at, said, "", 364.0))
    return out
