"""Moments written the ISO ways: compiled, quick for few, and as the standard library."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.ingest import iso
from geo.ingest.cells import raw_text

MOMENTS = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)).map(
    lambda at: at.replace(microsecond=0)
)
ODD = (
    "0000-01-01 00:00", "2026-02-29 10:00", "1900-02-29 10:00", "2026-13-01 00:00",
    "2026-00-10 00:00", "2026-01-00 00:00", "2026-04-31 12:00", "x026-01-01 00:00",
    "2026-01-01_00:00", "2026-01-01 24:01", "2026-01-01 10:60", "2026-01-01 10:00:60",
    "2026:01:01 10-00", "2026-01-01 10:00:0", "2026-01-01", "", "åååååååå",
)  # fmt: skip


def packed(words: list[str]) -> pd.Series:
    kind = pd.StringDtype("pyarrow", na_value=np.nan)
    return pd.Series(kind.__from_arrow__(pa.array(words, pa.large_string())))


def plain(words: list[str]) -> np.ndarray:
    """The compiled loop, run as it is written."""
    raw = raw_text(packed(words))
    assert raw is not None
    out = np.full(len(words), np.iinfo(np.int64).min)
    iso.fill_moments(*raw, iso._SIGNS, iso._LONGEST, out)
    return out.view("datetime64[us]")


@given(st.lists(st.tuples(MOMENTS, st.sampled_from([" ", "T"]), st.booleans()), min_size=1))
def test_every_moment_is_read_as_the_standard_library_reads_it(
    told: list[tuple[datetime, str, bool]],
) -> None:
    words = [at.isoformat(sign, "seconds" if whole else "minutes") for at, sign, whole in told]
    wanted = np.array([datetime.fromisoformat(word) for word in words], dtype="datetime64[us]")
    np.testing.assert_array_equal(iso.read_iso(packed(words)), wanted)
    np.testing.assert_array_equal(plain(words), wanted)


def test_what_is_no_moment_is_none_whichever_way(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [*ODD, "2000-02-29 23:59", "2026-12-31T24:00"]
    few = iso.read_iso(packed(words))
    assert np.isnat(few[: len(ODD)]).all()
    assert few[-2:].tolist() == [datetime(2000, 2, 29, 23, 59), datetime(2027, 1, 1)]
    np.testing.assert_array_equal(plain(words), few)
    monkeypatch.setattr(iso, "MANY", 0)
    np.testing.assert_array_equal(iso.read_iso(packed(words)), few)
