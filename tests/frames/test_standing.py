"""One row stands for an incident told twice, and the private key has no say in which."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from geo.frames import standing

ROW = st.tuples(st.sampled_from(["g", "h", None]), st.sampled_from([None, 10.0, 30.0]),
                st.integers(0, 2))  # fmt: skip


def frame(rows: list[tuple[str | None, float | None, int]], ids: list[int]) -> pd.DataFrame:
    """A source tells of an incident at most once, as the grouping has it."""
    table = pd.DataFrame(rows, columns=["duplicate_group", "accuracy_m", "occurred_from"])
    table["accuracy_m"] = table["accuracy_m"].astype(float)
    return table.assign(source=[f"s{i}" for i in range(len(rows))], id=[f"{i:03d}" for i in ids])


def test_the_best_placed_stands_then_the_earliest_then_by_source() -> None:
    rows = frame([("g", None, 0), ("g", 10.0, 2), ("g", 10.0, 1), ("h", 30.0, 1), ("h", None, 1),
                  (None, None, 0)], [5, 4, 3, 2, 1, 0])  # fmt: skip
    assert standing(rows).tolist() == [False, False, True, True, False, True]


@given(st.lists(ROW, min_size=1, max_size=12), st.randoms())
def test_ids_and_order_have_no_say(
    rows: list[tuple[str | None, float | None, int]], chance: object
) -> None:
    ids = list(range(len(rows)))
    table = frame(rows, ids)
    chosen = standing(table)
    chance.shuffle(ids)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert standing(frame(rows, ids)).tolist() == chosen.tolist()
    mixed = table.iloc[np.argsort(ids)]
    assert standing(mixed).reindex(table.index).tolist() == chosen.tolist()
    kept = table[chosen]
    assert kept["duplicate_group"].dropna().is_unique
    assert set(kept["duplicate_group"].dropna()) == set(table["duplicate_group"].dropna())
