"""Digests beside hashlib and hmac, on every path."""

from __future__ import annotations

import hashlib
import hmac

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.ingest import digests as module
from geo.ingest.digests import digests, hash_joined

LENGTHS = (0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 300)
"""Round the ends of SHA-256's blocks."""


def by_hashlib(text: bytes, key: bytes | None) -> bytes:
    """Hash one text with the standard library."""
    if key is None:
        return hashlib.sha256(text).hexdigest().encode()
    return hmac.new(key, text, "sha256").hexdigest().encode()


@pytest.mark.parametrize("key", [None, b"hemlig", b"k" * 100])
@pytest.mark.parametrize("path", ["hashlib", "compiled", "plain"])
def test_every_path_gives_the_digests_of_hashlib(
    monkeypatch: pytest.MonkeyPatch, path: str, key: bytes | None
) -> None:
    if path != "hashlib":
        monkeypatch.setattr(module, "MANY", 0)
    if path == "plain":
        monkeypatch.setattr(module, "compiled", np.errstate(over="ignore"))  # 32 bits wrap
    texts = [bytes((k * 7 + n) % 256 for k in range(n)) for n in LENGTHS]
    got = digests(pa.array(texts, pa.large_binary()), key=key, hexadecimals=64)
    assert got.tolist() == [by_hashlib(text, key) for text in texts]
    short = digests(pa.array(texts, pa.large_binary()), key=key, hexadecimals=15)
    assert short.tolist() == [by_hashlib(text, key)[:15] for text in texts]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(st.binary(max_size=150), min_size=1, max_size=20))
def test_whatever_the_texts(monkeypatch: pytest.MonkeyPatch, texts: list[bytes]) -> None:
    monkeypatch.setattr(module, "MANY", 0)
    got = digests(pa.array(texts, pa.large_binary()), hexadecimals=64)
    assert got.tolist() == [by_hashlib(text, None) for text in texts]


def test_joined_texts_are_hashed_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    import pandas as pd

    monkeypatch.setattr(module, "AT_ONCE", 2)
    one = pd.Series(["a", "", "å"], dtype=pd.StringDtype("pyarrow"))
    got = hash_joined([one, one], head="h:", between="|", hexadecimals=32)
    want = [f"h:{t}|{t}".encode() for t in ("a", "", "å")]
    assert got.tolist() == [by_hashlib(text, None)[:32] for text in want]
