"""
Numbered steps from an empty database to today's tables.

A step is a module with one function that works inside a transaction. It says what the tables were
*then*, in its own words, and is never edited after a release; a change of a frame is a new step:
add the module, and its function at the end of `MIGRATIONS`. A test compares what the steps make
with what the contracts ask for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.store.migrations import (
    m0001_first,
    m0002_light,
    m0003_types,
    m0004_lux,
    m0005_hashes,
    m0006_scores,
    m0007_class_checks,
    m0008_signals,
    m0009_comparisons,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

    Migration = Callable[[Connection], None]

MIGRATIONS: Sequence[Migration] = (
    m0001_first.upgrade,
    m0002_light.upgrade,
    m0003_types.upgrade,
    m0004_lux.upgrade,
    m0005_hashes.upgrade,
    m0006_scores.upgrade,
    m0007_class_checks.upgrade,
    m0008_signals.upgrade,
    m0009_comparisons.upgrade,
)
"""Step n stands at position n - 1."""
