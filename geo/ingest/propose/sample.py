"""What a proposal looks at: every column of a file, of a long one its first part."""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.errors import IngestError
from geo.ingest.catalog import sniff
from geo.ingest.cells import clean
from geo.ingest.mapping import Mapping
from geo.ingest.numbers import parse_numbers
from geo.ingest.opening import open_bytes
from geo.ingest.text import DelimitedText
from geo.ingest.vector import VectorReader

if TYPE_CHECKING:
    from geo.ingest.base import RawTable, Reader

HEAD_BYTES = 8 * 1024**2
"""Of a text file no more than this is looked at."""
MOST_ROWS = 20_000
MOST_COLUMNS = 1_000


@dataclass(frozen=True, eq=False)
class Field:
    """
    One column of the file.

    Parameters
    ----------
    name
        Its header.
    at
        Its place among the columns.
    cells
        Its cells, trimmed, shape (n,).
    """

    name: str
    at: int
    cells: pd.Series

    @cached_property
    def counts(self) -> pd.Series:
        """Rows by different cell, most frequent first; empty cells left out."""
        return self.cells[self.cells != ""].value_counts()

    @property
    def words(self) -> list[str]:
        """The different cells, most frequent first."""
        return [str(word) for word in self.counts.index]

    @property
    def n_filled(self) -> int:
        """How many cells say something."""
        return int(self.counts.sum())

    @cached_property
    def longest(self) -> int:
        """Letters of the longest cell."""
        return max(map(len, self.words), default=0)

    @cached_property
    def numbers(self) -> np.ndarray:
        """The cells as numbers, NaN where they are none; shape (n,)."""
        return np.asarray(parse_numbers(self.cells)[0], dtype="float64")

    @property
    def numeric(self) -> float:
        """Share of the filled cells that are numbers."""
        if not self.n_filled or not any(c.isdigit() for word in self.words[:20] for c in word):
            return 0.0
        return float(np.isfinite(self.numbers).sum()) / self.n_filled


@dataclass(frozen=True)
class Layer:
    """
    One layer of a file that may hold several.

    Parameters
    ----------
    name
        What it is called.
    geometry
        Its kind of geometry as GDAL names it; "" for none.
    n
        Features in it.
    """

    name: str
    geometry: str
    n: int


@dataclass(frozen=True)
class Sample:
    """
    What a proposal rests on.

    Parameters
    ----------
    path
        The file.
    reader
        Which reader took it.
    raw
        Every column of the rows looked at.
    fields
        The columns, in the file's order.
    layer
        The layer looked at, when the file has several.
    layers
        All of them.
    whole
        Whether every row was looked at.
    """

    path: Path
    reader: str
    raw: RawTable
    fields: tuple[Field, ...]
    layer: str | None
    layers: tuple[Layer, ...]
    whole: bool

    @property
    def n(self) -> int:
        """Rows looked at."""
        return len(self.raw.rows)


def layers_of(path: Path) -> tuple[Layer, ...]:
    """
    List the layers of a file with geometry.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    tuple of Layer
        Empty for tables.
    """
    import pyogrio
    import pyogrio.errors

    reader = sniff(path)()
    if not isinstance(reader, VectorReader):
        return ()
    try:
        address = reader.address(path)
        return tuple(
            Layer(str(name), "" if kind is None else str(kind),
                  int(pyogrio.read_info(address, layer=name)["features"]))
            for name, kind in pyogrio.list_layers(address)
        )  # fmt: skip
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        msg = f"{path.name} cannot be opened as {reader.title}."
        raise IngestError(msg, found=str(error)[:120], fix="export it again") from error


def take_sample(path: Path, *, frame: str, layer: str | None = None) -> Sample:
    """
    Read what a proposal looks at.

    Parameters
    ----------
    path
        The file.
    frame
        What it is loaded as; some readers give other columns for it.
    layer
        The layer to look at, of a file that has several.

    Returns
    -------
    Sample
        All columns of at most 20 000 rows.

    Raises
    ------
    IngestError
        If the file cannot be read, or has more columns than a table has.
    """
    kind = sniff(path)
    layers = layers_of(path)
    if len(layers) == 1:
        layer = None
    base = Mapping.model_construct(frame=frame, source="proposal", layer=layer)
    if issubclass(kind, DelimitedText):
        with tempfile.TemporaryDirectory() as folder:
            short = _head(path, Path(folder))
            return _sample(path, kind(), base, layers, read_from=short or path)
    return _sample(path, kind(), base, layers, read_from=path)


def _sample(
    path: Path, reader: Reader, base: Mapping, layers: tuple[Layer, ...], *, read_from: Path
) -> Sample:
    """Read the headers first, then every column that has a name of its own."""
    first = reader.read(read_from, mapping=base)
    named = [h.strip() for h in first.headers]
    wanted = [h for h in named if h and named.count(h) == 1]
    if len(wanted) > MOST_COLUMNS:
        msg = f"{path.name} has more columns than can be looked through."
        raise IngestError(
            msg, found=len(wanted), expected=f"at most {MOST_COLUMNS}",
            fix="write a mapping file and pass it with --map; see docs/mappings/README.md",
        )  # fmt: skip
    raw = first
    if wanted and not first.native:
        raw = reader.read(read_from, mapping=base.model_copy(update={"columns": {"ref": wanted}}))
    kept = raw.rows.index.difference(pd.Index(raw.ragged))
    rows = raw.rows.loc[kept]
    step = -(-len(rows) // MOST_ROWS)
    rows = rows.iloc[:: max(step, 1)]
    fields = tuple(Field(str(name), at, clean(rows[name])) for at, name in enumerate(rows.columns))
    return Sample(
        path=path, reader=reader.name, raw=raw, fields=fields, layer=base.layer, layers=layers,
        whole=read_from == path and step <= 1,
    )  # fmt: skip


def _head(path: Path, folder: Path) -> Path | None:
    """Write a long text file's first part beside it; None when it is short, or in UTF-16."""
    with open_bytes(path) as stream:
        head = stream.read(HEAD_BYTES + 1)
    if len(head) <= HEAD_BYTES or head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return None
    lines = io.BytesIO(head).readlines()[:-1]
    quotes = sum(line.count(b'"') for line in lines)
    while quotes % 2 and len(lines) > 1:
        quotes -= lines.pop().count(b'"')
    short = folder / "head.csv"
    short.write_bytes(b"".join(lines))
    return short
