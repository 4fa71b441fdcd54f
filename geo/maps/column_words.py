"""The words for codes that only a table shows: of the register, of reports, of typed places."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNTOLD = ("går inte att avgöra", "cannot be told")

COLUMN_WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "light_source": {
            "led": ("LED", "LED"),
            "hps": ("högtrycksnatrium", "high-pressure sodium"),
            "mercury": ("kvicksilver", "mercury"),
            "metal_halide": ("metallhalogen", "metal halide"),
            "fluorescent": ("lysrör", "fluorescent tube"),
            "other": ("annan", "other"),
        },
        "flux_basis": {
            "lamp": ("ljuskällan", "the lamp"),
            "luminaire": ("armaturen", "the luminaire"),
        },
        "found_by": {
            "patrol": ("egen personal", "own staff"),
            "report": ("anmälan eller rapport", "a report"),
            "other": ("på annat sätt", "otherwise"),
        },
        "report_state": {
            "received": ("inkommen", "received"),
            "accepted": ("granskad", "reviewed"),
            "hidden": ("dold", "hidden"),
            "merged": ("ihopslagen med en annan", "merged with another"),
            "closed": ("avslutad", "closed"),
        },
        "channel": {
            "web": ("webben", "the web"),
            "phone": ("telefon", "phone"),
            "walk": ("trygghetsvandring", "safety walk"),
            "other": ("annat sätt", "another way"),
        },
        "area_level": {
            "municipality": ("kommun", "municipality"),
            "county": ("län", "county"),
            "district": ("stadsdel", "district"),
            "locality": ("tätort", "locality"),
            "land_use": ("markslag", "kind of land"),
            "inventory": ("inventerad belysning", "surveyed lighting"),
        },
        "type_basis": {
            "hotspot": ("plats med många händelser", "place with many events"),
            "reports": ("plats med otrygghetsrapporter", "place with reports of feeling unsafe"),
        },
        "type_events": {
            "many": ("många", "many"),
            "few": ("få", "few"),
            "cannot_tell": _UNTOLD,
        },
        "type_felt": {
            "unsafe": ("otrygg", "unsafe"),
            "few": ("få otrygghetsrapporter", "few reports of feeling unsafe"),
            "cannot_tell": _UNTOLD,
        },
        "type_light": {
            "dark": ("mörk", "dark"),
            "partly": ("delvis upplyst", "partly lit"),
            "lit": ("upplyst", "lit"),
            "cannot_tell": ("inte inventerad", "not surveyed"),
        },
    }
)
"""Vocabulary -> code -> (Swedish, English)."""
