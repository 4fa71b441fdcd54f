"""SHA-256 of many short texts at once: the same digests as hashlib, without objects."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.compiled import compiled

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

MANY = 20_000
"""From this number on the compiled loop repays its start."""
AT_ONCE = 50_000
BLOCK, DIGEST = 64, 32
_HEX = np.array([f"{n:02x}".encode() for n in range(256)], dtype="S2")
_START = np.array(
    [0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB,
     0x5BE0CD19], dtype=np.uint32,
)  # fmt: skip
_ROUNDS = np.array(
    [0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4,
     0xAB1C5ED5, 0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE,
     0x9BDC06A7, 0xC19BF174, 0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F,
     0x4A7484AA, 0x5CB0A9DC, 0x76F988DA, 0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7,
     0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967, 0x27B70A85, 0x2E1B2138, 0x4D2C6DFC,
     0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85, 0xA2BFE8A1, 0xA81A664B,
     0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070, 0x19A4C116,
     0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
     0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7,
     0xC67178F2], dtype=np.uint32,
)  # fmt: skip


def join(parts: list[pd.Series | NDArray[np.bytes_]], *, head: str, between: str) -> Any:
    """
    Set texts side by side, row by row.

    Parameters
    ----------
    parts
        Text, each of shape (n,).
    head
        Set before every row.
    between
        Set between two parts.

    Returns
    -------
    pyarrow.Array
        Binary, shape (n,).
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = pa.large_binary()
    columns = []
    for part in parts:
        packed = pa.array(part if isinstance(part, np.ndarray) else part.array)
        columns.append(packed.cast(kind))
    first = pa.scalar(head.encode(), kind)
    glued = pc.binary_join_element_wise(*columns, pa.scalar(between.encode(), kind))
    out = pc.binary_join_element_wise(first, glued, pa.scalar(b"", kind))
    return out.combine_chunks() if isinstance(out, pa.ChunkedArray) else out


def hash_joined(
    parts: list[Any], *, head: str, between: str, hexadecimals: int, key: bytes | None = None
) -> NDArray[np.bytes_]:
    """
    Hash texts set side by side, some rows at a time so that memory stays small.

    Parameters
    ----------
    parts, head, between
        As in `join`.
    hexadecimals, key
        As in `digests`.

    Returns
    -------
    numpy.ndarray
        Hexadecimal digits as bytes, shape (n,).
    """
    n = len(parts[0])
    out = np.empty(n, dtype=f"S{hexadecimals}")
    for start in range(0, n, AT_ONCE):
        stop = min(start + AT_ONCE, n)
        some = [p[start:stop] if isinstance(p, np.ndarray) else p.iloc[start:stop] for p in parts]
        texts = join(some, head=head, between=between)
        out[start:stop] = digests(texts, key=key, hexadecimals=hexadecimals)
    return out


def digests(texts: Any, *, key: bytes | None = None, hexadecimals: int) -> NDArray[np.bytes_]:
    """
    Hash each text with SHA-256, or HMAC-SHA256 when there is a key.

    Parameters
    ----------
    texts
        Arrow binary, shape (n,), none missing.
    key
        Secret, of any length.
    hexadecimals
        How much of each digest to give, at most 64 digits.

    Returns
    -------
    numpy.ndarray
        Hexadecimal digits as bytes, shape (n,).
    """
    first, second = _pads(key)
    if len(texts) < MANY:
        raw = [_one(text.as_py(), first, second) for text in texts]
        out = np.frombuffer(b"".join(raw), dtype=np.uint8).reshape(-1, DIGEST)
    else:
        _, ends, data = texts.buffers()
        at = np.frombuffer(ends, dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
        out = _many(np.frombuffer(data, dtype=np.uint8), at, first)
        if second:
            out = _many(out.reshape(-1), np.arange(0, out.size + 1, DIGEST), second)
    half = -(-hexadecimals // 2)
    text = _HEX[out[:, :half]].reshape(len(texts), half)
    joined: NDArray[np.bytes_] = np.ascontiguousarray(text).view(f"S{2 * half}").reshape(-1)
    return joined.astype(f"S{hexadecimals}", copy=False)


def _pads(key: bytes | None) -> tuple[bytes, bytes]:
    """Give what HMAC sets before the text, and before its digest; nothing without a key."""
    if key is None:
        return b"", b""
    short = hashlib.sha256(key).digest() if len(key) > BLOCK else key
    padded = short.ljust(BLOCK, b"\x00")
    return bytes(b ^ 0x36 for b in padded), bytes(b ^ 0x5C for b in padded)


def _one(text: bytes, first: bytes, second: bytes) -> bytes:
    """Hash one text with hashlib."""
    inner = hashlib.sha256(first + text).digest()
    return hashlib.sha256(second + inner).digest() if second else inner


def _many(data: NDArray[np.uint8], at: NDArray[np.int64], head: bytes) -> NDArray[np.uint8]:
    """Hash many texts that share a first block, which is taken once."""
    out = np.empty((len(at) - 1, DIGEST), dtype=np.uint8)
    state, loop = _START, compiled(hash_texts)
    if head:
        raw = np.empty((1, DIGEST), dtype=np.uint8)
        ends = np.array([0, len(head)], dtype=np.int64)
        loop(np.frombuffer(head, dtype=np.uint8), ends, state, -1, _ROUNDS, raw)
        state = raw.view(">u4").astype(np.uint32).reshape(-1)
    halves = (slice(0, len(out) // 2), slice(len(out) // 2, len(out)))
    with ThreadPoolExecutor(max_workers=2) as pool:
        for done in [
            pool.submit(loop, data, at[h.start : h.stop + 1], state, len(head), _ROUNDS, out[h])
            for h in halves
        ]:
            done.result()
    return out


def hash_texts(  # noqa: C901, PLR0917 (one loop; numba takes no keyword-only)
    data: NDArray[np.uint8], at: NDArray[np.int64], start: NDArray[np.uint32], taken: int,
    rounds: NDArray[np.uint32], out: NDArray[np.uint8],
) -> None:  # fmt: skip
    """
    Hash texts by FIPS 180-4, section 6.2.

    Parameters
    ----------
    data, at
        Bytes of all texts, and where each begins and ends, shape (n + 1,).
    start
        The eight words to begin with.
    taken
        Bytes that `start` has taken in before; -1: give the state after whole
        blocks, without an end.
    rounds
        The 64 constants.
    out
        Filled: digests, shape (n, 32).
    """
    w = np.zeros(64, dtype=np.uint32)
    state = np.zeros(8, dtype=np.uint32)
    for row in range(out.shape[0]):
        begin, size = at[row], at[row + 1] - at[row]
        blocks = size // 64 if taken < 0 else (size + 72) // 64
        for i in range(8):
            state[i] = start[i]
        for block in range(blocks):
            for i in range(16):
                word = 0
                for k in range(block * 64 + i * 4, block * 64 + i * 4 + 4):
                    byte = 0
                    if k < size:
                        byte = int(data[begin + k])
                    elif k == size:
                        byte = 128
                    elif k >= blocks * 64 - 8:
                        byte = (((size + taken) * 8) >> (8 * (blocks * 64 - 1 - k))) & 255
                    word = (word << 8) | byte
                w[i] = np.uint32(word)
            for i in range(16, 64):
                x, y = w[i - 15], w[i - 2]
                s0 = np.uint32((x >> 7) | (x << 25)) ^ np.uint32((x >> 18) | (x << 14)) ^ (x >> 3)
                s1 = np.uint32((y >> 17) | (y << 15)) ^ np.uint32((y >> 19) | (y << 13)) ^ (y >> 10)
                w[i] = np.uint32((w[i - 16] + s0 + w[i - 7] + s1) & 0xFFFFFFFF)
            a, b, c, d = state[0], state[1], state[2], state[3]
            e, f, g, h = state[4], state[5], state[6], state[7]
            for i in range(64):
                s1 = (np.uint32((e >> 6) | (e << 26)) ^ np.uint32((e >> 11) | (e << 21))
                      ^ np.uint32((e >> 25) | (e << 7)))  # fmt: skip
                t1 = (h + s1 + (g ^ (e & (f ^ g))) + rounds[i] + w[i]) & 0xFFFFFFFF
                s0 = (np.uint32((a >> 2) | (a << 30)) ^ np.uint32((a >> 13) | (a << 19))
                      ^ np.uint32((a >> 22) | (a << 10)))  # fmt: skip
                t2 = s0 + ((a & b) | (c & (a | b)))
                h, g, f, e = g, f, e, np.uint32((d + t1) & 0xFFFFFFFF)
                d, c, b, a = c, b, a, np.uint32((t1 + t2) & 0xFFFFFFFF)
            state[0] = np.uint32((state[0] + a) & 0xFFFFFFFF)
            state[1] = np.uint32((state[1] + b) & 0xFFFFFFFF)
            state[2] = np.uint32((state[2] + c) & 0xFFFFFFFF)
            state[3] = np.uint32((state[3] + d) & 0xFFFFFFFF)
            state[4] = np.uint32((state[4] + e) & 0xFFFFFFFF)
            state[5] = np.uint32((state[5] + f) & 0xFFFFFFFF)
            state[6] = np.uint32((state[6] + g) & 0xFFFFFFFF)
            state[7] = np.uint32((state[7] + h) & 0xFFFFFFFF)
        for i in range(8):
            for k in range(4):
                out[row, 4 * i + k] = (state[i] >> (24 - 8 * k)) & 255
