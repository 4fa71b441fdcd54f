"""The planner's worklist: what to do about the light, why, whose it is and how sure we are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.maps import worklist_opening as opening
from geo.maps import worklist_words as words
from geo.maps.access import access
from geo.maps.geojson import box_to_degrees
from geo.maps.lacking import lacking_notes
from geo.maps.sentences import NO_RUN
from geo.maps.since import since_notes
from geo.maps.whose import streets_of
from geo.maps.worklist_advice import ALONE, SPACING_M, STEPS, advised, lamps_of, touch
from geo.maps.worklist_basis import basis_notes
from geo.maps.worklist_rounds import errand_reasons, round_row
from geo.measures.catalog import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopandas import GeoDataFrame

    from geo.maps.picture import Picture


@dataclass(frozen=True, slots=True)
class Worklist:
    """
    A worklist, and where each of its rows is.

    Parameters
    ----------
    told
        The contract of ``GET /worklist``; ready for JSON.
    shapes
        Geometry by row id, working CRS.
    """

    told: dict[str, Any]
    shapes: Mapping[str, Any]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Every row of work, the rounds last."""
        return [*self.told["rows"], *self.told["rounds"]]


def worklist(picture: Picture) -> Worklist:
    """
    Put the worklist of a week together, from what has passed the gate.

    Rows come from the recommendations that concern light; every errand of lamps out that none of
    them speaks of gets a row of its own, and lamps out alone are gathered into one round for each
    owner. Order: mend, trim, adjust, check, build; within a step as the rules rank.

    Parameters
    ----------
    picture
        One week as one role may see it.

    Returns
    -------
    Worklist
        Rows, rounds and places where light is probably not the cause.

    Raises
    ------
    AccessError
        If the role gets no recommendations.
    """
    lang = picture.lang
    advice = picture.layer("recommendations").set_index("id")
    lamps = picture.layer("lamps").set_index("id")
    outages = picture.layer("outages").set_index("id")
    told, run = picture.situation["recommendations"], picture.run
    work = [item for item in told if item["kind"] in STEPS]
    rows = advised(work, advice, lamps=lamps, outages=outages, lang=lang)
    shapes = {row["id"]: advice.geometry.loc[row["id"]] for row in rows}
    mended = {i for row in rows if row["kind"] == "lamp_repair" for i in row["lamp_ids"]}
    alone = []
    for errand in outages[~touch(outages, mended)].itertuples():
        if errand.kind == "single":
            alone.append(errand)
            continue
        row = _errand(errand, lamps, lang)
        rows.append(row)
        shapes[row["id"]] = errand.geometry
    rounds = _rounds(alone, shapes, lang)
    rows.sort(key=lambda row: (row["step"], row["priority"], -row["n_lamps"], row["id"]))
    _place(rows, shapes, picture)
    for at, row in enumerate(rows, start=1):
        row["rank"] = at
        del row["priority"]
    calm, unsure = (
        [words.not_light(item, lang=lang) for item in told if item["rule"] == rule]
        for rule in words.CLEARED
    )
    numbers = _numbers(picture, rows, rounds, calm, outages)
    first, rest = opening.first_and_rest(numbers, summary=run.summary, lang=lang)
    return Worklist(
        {
            "week": picture.situation["week"],
            "run_id": run.run_id,
            "role": picture.situation["role"],
            "sentence": f"{first} {rest}".strip(),
            "first": first,
            "rest": rest,
            "numbers": numbers,
            "order": opening.ORDER[words.at(lang)],
            "promise": opening.PROMISE[words.at(lang)],
            "rows": rows,
            "rounds": rounds,
            "not_light": calm,
            "cannot_tell": unsure,
            "notes": [
                *since_notes(picture, lang=lang),
                *lacking_notes(run.summary.get("lacking", ()), lang=lang),
                *opening.notes(numbers, lang=lang),
                *basis_notes(run.summary.get("light_facts"), lang=lang),
            ],
        },
        shapes,
    )


def _errand(errand: Any, lamps: GeoDataFrame, lang: str) -> dict[str, Any]:
    """Tell an errand that no rule has taken up: lamps out together, still within the target."""
    sure = errand.n_register > 0 and errand.n_reports > 1
    rule = RULES["outage_late"]
    why = errand_reasons(errand, lang=lang)
    return {
        "id": str(errand.Index),
        "place_id": None,
        "place": None,
        "step": STEPS["lamp_repair"],
        "priority": 10_000,
        "kind": "lamp_repair",
        "kind_label": words.kind_label("lamp_repair", lang=lang),
        "rule": "",
        "work": words.ERRAND[words.at(lang)],
        "why": why,
        **words.certainty("well_supported" if sure else "likely", lang=lang),
        "caveat": None,
        "grade": rule.grade,
        "basis": rule.basis,
        "follow_up_weeks": [],
        **lamps_of(errand.lamp_ids, lamps, lang=lang),
        **words.opened(errand, lang=lang),
        "cost": words.cost(rule, n=int(errand.n_lamps), spacing_m=SPACING_M, lang=lang),
        "n_lamps": int(errand.n_lamps),
    }


def _rounds(alone: list[Any], shapes: dict[str, Any], lang: str) -> list[dict[str, Any]]:
    """Gather lamps out alone into one round for each owner, the largest first."""
    import shapely

    by_owner: dict[str, list[Any]] = {}
    for errand in alone:
        by_owner.setdefault(errand.owners[0] if errand.owners else "", []).append(errand)
    out = []
    for owner, errands in sorted(by_owner.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        row = round_row(owner, errands, lang=lang)
        shapes[row["id"]] = shapely.MultiPoint([e.geometry for e in errands])
        out.append(row)
    return out


def _place(rows: list[dict[str, Any]], shapes: Mapping[str, Any], picture: Picture) -> None:
    """Give each row its street, the street's owner and where it is."""
    found = streets_of({row["id"]: shapes[row["id"]] for row in rows}, picture.layer("streets"))
    for row in rows:
        street, shape = found[row["id"]], shapes[row["id"]]
        row["place"] = row["place"] or words.unnamed(
            street["names"], row["pole_refs"], picture.lang
        )
        row["street_owners"] = street["owners"]
        row["street_owner_label"] = words.owners(
            street["owners"], unknown=street["unknown"], lang=picture.lang
        )
        known = shape is not None and not shape.is_empty
        row["bbox"] = list(box_to_degrees(shape.bounds, crs=picture.profile.crs)) if known else None


def _numbers(
    picture: Picture,
    rows: list[dict[str, Any]],
    rounds: list[dict[str, Any]],
    not_light: list[dict[str, Any]],
    outages: GeoDataFrame,
) -> dict[str, Any]:
    """Count what the opening and the notes speak of."""
    lamps = picture.layer("lamps")
    seen = (
        {} if access("faults", picture.role).hidden else {"n_faults": len(picture.layer("faults"))}
    )
    dark = picture.layer("dark_stretches")
    metres = dark.groupby("cause")["length_m"].sum()
    steps = [0 if row["rule"] == ALONE else row["step"] for row in rows]
    return {
        "analysed": picture.run.run_id != NO_RUN,
        "n_rows": len(rows),
        "n_repair": steps.count(1),
        "n_late": sum(
            1 for row, step in zip(rows, steps, strict=True) if row["late"] and step == 1
        ),
        "n_look": sum(1 for step in steps if step in {2, 3, 4}),
        "n_new": steps.count(5),
        "n_round": sum(r["n_lamps"] for r in rounds)
        + sum(row["n_lamps"] for row in rows if row["rule"] == ALONE),
        "n_not_light": len(not_light),
        "n_lamps": len(lamps),
        "n_out": int(outages["n_lamps"].sum()),
        "n_off_on_purpose": int((lamps["state"] == "off_on_purpose").sum()),
        "n_state_unknown": int((lamps["state"] == "unknown").sum()),
        "n_owner_unknown": int(lamps["owner"].isna().sum()),
        **seen,
        "dark_m": {cause: round(float(m)) for cause, m in sorted(metres.items())},
    }
