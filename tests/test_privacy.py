from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.errors import AccessError
from geo.privacy import PLACEHOLDERS, scrub, summary, suppress_small
from geo.privacy.numbers import luhn_ok

if TYPE_CHECKING:
    from geo.privacy import Suppressed


# --- text -----------------------------------------------------------------------------------

# Numbers are the tax agency's published test numbers or have impossible dates; phone numbers
# come from the series kept free for fiction.


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Målsägande 19811218-9876", {"personal_number": 1}),
        ("811218-9876 och 811218+9876", {"personal_number": 2}),
        ("8112189876", {"personal_number": 1}),
        ("pnr 930230-4321", {"personal_number": 1}),
        ("811218-XXXX", {"personal_number": 1}),
        ("701063-2391", {"coordination_number": 1}),
        ("kalle.exempel+a@exempel.invalid", {"email": 1}),
        ("070-174 06 33", {"phone": 1}),
        ("0701740633", {"phone": 1}),
        ("+46 70 174 06 33", {"phone": 1}),
        ("0046701740633", {"phone": 1}),
        ("08-465 004 00", {"phone": 1}),
        ("(0470) 12 34 56", {"phone": 1}),
        ("Bil ABC 123 och ABC12D", {"plate": 2}),
        ("reg.nr MINBIL1", {"plate": 1}),
        ("lgh 1203, vån 3", {"apartment": 2}),
        ("lägenhet 4", {"apartment": 1}),
        ("2 tr, dörr 3", {"apartment": 2}),
        ("Väktaren Olle Berg såg", {"name": 1}),
        ("fru von Exempel", {"name": 0}),
        ("Ring Kalle", {"name": 1}),
        ("enligt Anna-Karin Påhittadsson", {"name": 1}),
        ("Per Anderssons bil", {"name": 1}),
    ],
)
def test_what_is_recognised(text: str, kinds: dict[str, int]) -> None:
    assert scrub(text).counts == {kind: n for kind, n in kinds.items() if n}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Trasig lampa vid Storgatan 12, stolpe 12345",
        "Ärende 5000-K123456-26",
        "2026-11-20 21:30 till 2026-11-21",
        "Polisen Växjö var på plats",
        "Ring kommunen",
        "8112189875",
        "Kostnad 12 000 kr, koordinat 6303934,25",
        "EPA på GC-väg 23, linje 3",
        "Barnen leker på plan",
        "regnr saknas",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert scrub(text) == type(scrub(""))(text, {})


def test_what_is_taken_out_is_gone_and_the_rest_stays() -> None:
    got = scrub("Ring Anna Påhittad 070-1740612 när lampan vid porten är lagad.")
    assert got.text == "Ring [namn] [telefon] när lampan vid porten är lagad."
    assert summary(got.counts) == "telefon 1, namn 1"
    assert summary({}) == "inget upptäckt"


@given(st.integers(0, 99), st.integers(1, 12), st.integers(1, 28), st.integers(0, 999))
def test_a_bare_number_is_taken_out_exactly_when_its_check_digit_holds(
    year: int, month: int, day: int, serial: int
) -> None:
    stem = f"{year:02d}{month:02d}{day:02d}{serial:03d}"
    right = [c for c in "0123456789" if luhn_ok(stem + c)]
    assert len(right) == 1
    for last in "0123456789":
        found = "personal_number" in scrub(f"id {stem}{last} x").counts
        assert found == (last in right)


@given(st.text(max_size=80))
def test_scrubbing_twice_finds_nothing_more(text: str) -> None:
    once = scrub(text)
    again = scrub(once.text)
    assert not set(again.counts) - {"name"}
    assert sum(once.counts.values()) <= sum(once.text.count(p) for p in PLACEHOLDERS.values())


# --- counts ---------------------------------------------------------------------------------


def consistent(values: np.ndarray, hidden: np.ndarray, out: Suppressed) -> np.ndarray:
    """Give every guess at the hidden cells that agrees with all that is published."""
    n = int(hidden.sum())
    reach = np.arange(1, int(values.sum()) + 3)
    guesses = np.stack(np.meshgrid(*[reach] * n, indexing="ij"), axis=-1).reshape(-1, n)
    tables = np.broadcast_to(values, (len(guesses), *values.shape)).copy()
    tables[:, hidden] = guesses
    sums = np.concatenate([tables.sum(axis=2), tables.sum(axis=1)], axis=1)
    told = pd.concat([out.row_totals, out.column_totals])
    known = told.notna().to_numpy()
    good = (sums[:, known] == told[known].to_numpy(dtype=int)).all(axis=1)
    if out.total is not None:
        good &= tables.sum(axis=(1, 2)) == out.total
    return guesses[good]


@settings(max_examples=40)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=4), st.integers(2, 5))
def test_no_suppressed_count_in_a_list_can_be_worked_out(counts: list[int], k: int) -> None:
    out = suppress_small(pd.Series(counts), k=k)
    hidden = out.cells[0].isna().to_numpy()
    assert all(hidden[i] for i, n in enumerate(counts) if 0 < n < k)
    assert not any(hidden[i] for i, n in enumerate(counts) if n == 0)
    if not hidden.any() or out.total is None:
        return
    guesses = consistent(np.array([counts]).T, hidden[:, None], out)
    assert all(len(np.unique(column)) > 1 for column in guesses.T)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 4), min_size=4, max_size=4), st.integers(2, 4))
def test_no_suppressed_count_in_a_table_can_be_worked_out(counts: list[int], k: int) -> None:
    values = np.array(counts).reshape(2, 2)
    out = suppress_small(pd.DataFrame(values), k=k)
    hidden = out.cells.isna().to_numpy()
    assert hidden[(values > 0) & (values < k)].all()
    sums = pd.concat([out.row_totals, out.column_totals])
    assert not ((sums > 0) & (sums < k)).any()
    assume(hidden.any())
    guesses = consistent(values, hidden, out)
    assert all(len(np.unique(column)) > 1 for column in guesses.T)


def test_known_answers() -> None:
    out = suppress_small(pd.Series([12, 3, 7, 0], index=list("abcd")), k=5)
    assert out.cells[0].tolist() == [12, pd.NA, pd.NA, 0]
    assert out.cells.index.tolist() == list("abcd")
    assert (out.total, out.n_primary, out.n_complementary) == (22, 1, 1)
    none = suppress_small(pd.DataFrame([[5, 9], [0, 6]]), k=5)
    assert (none.total, none.n_primary, none.n_complementary) == (20, 0, 0)
    assert none.row_totals.tolist() == [14, 6]
    lone = suppress_small(pd.Series([0, 2, 0]), k=5)
    assert (lone.cells[0].tolist(), lone.total) == ([0, pd.NA, 0], None)
    empty = suppress_small(pd.Series([], dtype=int), k=5)
    assert (len(empty.cells), empty.total) == (0, 0)


def test_all_ones_are_not_given_away_by_their_number() -> None:
    out = suppress_small(pd.Series([1, 1, 9, 0]), k=3)
    assert out.cells[0].tolist() == [pd.NA, pd.NA, pd.NA, 0]
    assert out.total == 11


@pytest.mark.parametrize("counts", [[-1], [1.5], [float("nan")]])
def test_only_counts_can_be_suppressed(counts: list[float]) -> None:
    with pytest.raises(AccessError, match="only counts"):
        suppress_small(pd.Series(counts), k=5)
    with pytest.raises(AccessError):
        suppress_small(pd.Series([1]), k=0)


def test_a_wide_table_is_protected_in_reasonable_time() -> None:
    values = np.random.default_rng(4).poisson(6, (15, 6))
    out = suppress_small(pd.DataFrame(values), k=5)
    assert out.n_primary == int(((values > 0) & (values < 5)).sum())
    for line in (out.cells.isna().sum(axis=1)[out.row_totals.notna()],
                 out.cells.isna().sum(axis=0)[out.column_totals.notna()]):  # fmt: skip
        assert not (line == 1).any()
