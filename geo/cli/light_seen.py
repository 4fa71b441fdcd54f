"""What was seen on site, and what the register alone can say: the part of `light` that looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from geo.cli.output import Console
    from geo.pipeline import Workspace
    from geo.store import Store


def register(console: Console, store: Store) -> dict[str, Any]:
    """
    Tell what the register of lamps holds, when nothing has been analysed yet.

    Parameters
    ----------
    console
        Where to tell of it.
    store
        The municipality's open store.

    Returns
    -------
    dict
        What `--json` prints.
    """
    from geo.lighting.register import lit_streets, register_overview
    from geo.maps.survey_words import register_sentences, street_sentence
    from geo.maps.worklist_basis import doubt_notes

    told = register_overview(store.read("lamps"), areas=store.read("areas"))
    streets = lit_streets(store.read("streets"))
    for sentence in register_sentences(told):
        console.say(sentence)
    for sentence in doubt_notes(told["doubts"], n=told["n"]):
        console.say(sentence)
    console.say(street_sentence(streets))
    console.say(
        "Åtgärdslistan finns när lagesbild analyse är körd. Gatunätet ger mörka sträckor; "
        "händelser behövs inte för belysningen."
    )
    return {"register": told, "streets": streets, "rows": [], "rounds": [], "not_light": []}


def measured(console: Console, workspace: Workspace, store: Store) -> dict[str, Any] | None:
    """
    Hold measured light against the register's, when any was measured.

    Parameters
    ----------
    console
        Where to tell of it.
    workspace, store
        The municipality and its open store.

    Returns
    -------
    dict or None
        The summary; None without measurements of lux.
    """
    from geo.maps.survey_words import survey_sentence
    from geo.pipeline.surveyed import measured_against_model

    told = measured_against_model(store, timezone=workspace.profile.timezone)
    if told is not None:
        console.say(survey_sentence(told))
    return told


def from_above(console: Console, workspace: Workspace, path: Path) -> dict[str, Any]:
    """
    Tell how light each district is on a night image, beside its lamps in the register.

    Parameters
    ----------
    console
        Where to tell of it.
    workspace
        The municipality.
    path
        A GeoTIFF.

    Returns
    -------
    dict
        What `--json` prints.
    """
    from geo.lighting.night_light import districts, lamps_in, night_light
    from geo.maps.survey_words import NIGHT_HEADS, night_cells, night_sentences

    with workspace.store() as store:
        chosen = districts(store.read("areas"))
        lamps = store.read("lamps")
    table = night_light(path, chosen)
    table = table.assign(n_lamps=lamps_in(chosen, lamps).reindex(table["area_id"]).to_numpy())
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    console.show(NIGHT_HEADS, [night_cells(row) for row in rows])
    for sentence in night_sentences(rows):
        console.say(sentence)
    return {"file": path.name, "level": "district", "rows": rows}
