"""What was seen on site, and what the register alone can say: the part of `light` that looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

    told = register_overview(store.read("lamps"))
    streets = lit_streets(store.read("streets"))
    for sentence in register_sentences(told):
        console.say(sentence)
    console.say(street_sentence(streets))
    console.say(
        "Åtgärdslistan finns när gator och händelser är inlästa och lagesbild analyse körd."
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
