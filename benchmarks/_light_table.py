"""The table of docs/accuracy-light.md, from the tallies of `light_truth.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.intervals import binomial_interval

if TYPE_CHECKING:
    from collections import Counter

CAUSES = ("outage", "missing", "unlit")
WHO = ("light", "look-alike", "shops", "rest")
# what is counted, tally of hits, tally of all
ROWS = (
    ("planted dark stretches found, where surveyed", "planted found", "planted"),
    ("planted ones where nobody surveyed that are called dark", "outside called dark",
     "planted outside"),
    ("planted ones that a street beside them truly lights, called dark", "planted truly lit found",
     "planted truly lit"),
    *((f"stretches found ({cause}) that truly lie under 1 lx", f"truly dark {cause}",
       f"stretches {cause}") for cause in CAUSES),
    ("all stretches found that truly lie under 1 lx", "truly dark all", "stretches all"),
    ("planted rows of lamps out that are one group", "one group row", "groups row"),
    ("... and hold no lamp that works", "pure row", "groups row"),
    ("planted fork of paths: most of it one group", "most together fork", "groups fork"),
    ("the place where light matters gets a lighting measure (repair, check, new, adjusted)",
     "light gets a measure", "asked"),
    ("... lamps are to be repaired", "light mend", "asked"),
    ("... light is to be new or adjusted", "light change", "asked"),
    ("... light is to be checked or looked into", "light look", "asked"),
    ("its look-alike is told *belysning sannolikt inte orsaken*", "look-alike cleared", "asked"),
    ("... of those with five in the dark, and no smaller share than elsewhere",
     "look-alike cleared", "look-alike open"),
    ("its look-alike gets any lighting measure", "look-alike gets a measure", "asked"),
    ("thefts indoors: lamps are to be repaired", "shops mend", "asked"),
    ("thefts indoors: light is to be new or adjusted", "shops change", "asked"),
    ("all planted places: lamps are to be repaired", "all mend", "all places"),
    ("... lamps named there that are truly out", "lamps to mend out", "lamps to mend"),
    ("all planted places: light is to be new or adjusted", "all change", "all places"),
    ("... of them with 30 m of street or more truly under 1 lx", "change truly dark", "all change"),
    ("all planted places: light is to be checked or looked into", "all look", "all places"),
    ("dark-hours test: any finding", "hours any finding", "asked"),
    ("dark-hours test: anything more in the dark", "hours more in the dark", "asked"),
    ("dark-hours test: all types, interval holds 1", "hours interval holds 1", "asked"),
)  # fmt: skip


def share(hits: int, of: int) -> str:
    """Write a share with its exact interval."""
    if of == 0:
        return "none"
    low, high = binomial_interval(hits, of)
    return f"{hits}/{of} = {100 * hits / of:.1f} % ({100 * float(low):.1f}-{100 * float(high):.1f})"


def table(sums: dict[str, Counter[str]]) -> list[str]:
    """Write the sums of each variant side by side."""
    lines = [f"| what | {' | '.join(sums)} |", "|---" * (1 + len(sums)) + "|"]
    for t in sums.values():
        t["stretches all"] = sum(t[f"stretches {cause}"] for cause in CAUSES)
        t["truly dark all"] = sum(t[f"truly dark {cause}"] for cause in CAUSES)
        for sort in ("places", "mend", "change", "look"):
            t[f"all {sort}"] = sum(t[f"{who} {sort}"] for who in WHO)
    for what, hits, of in ROWS:
        told = " | ".join(share(t[hits], t[of]) for t in sums.values())
        lines.append(f"| {what} | {told} |")
    return [*lines, "", _rules(sums)]


def _rules(sums: dict[str, Counter[str]]) -> str:
    """Name the rules behind what is to be checked, adjusted or new, and how often each fired."""
    quiet = (
        "presence",
        "presence_possible",
        "lamp_repair",
        "lamp_single",
        "light_not_cause",
        "light_cannot_tell",
    )
    parts = []
    for name, t in sums.items():
        fired: dict[str, int] = {}
        for key, n in t.items():
            rule = key.partition(" rule ")[2]
            if rule and rule not in quiet:
                fired[rule] = fired.get(rule, 0) + n
        told = ", ".join(f"`{rule}` {n}" for rule, n in sorted(fired.items())) or "none"
        parts.append(f"{name}: {told}.")
    return "Rules other than repair, at all planted places. " + " ".join(parts)
