"""The nearest line of each point: pieces of line laid in cells, and the cells searched in rings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

MOST_CELLS = 4_000_000
_SLACK = 1e-6
"""Part of a cell that a piece is taken to reach beyond its end, against rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class EdgeIndex:
    """
    Lines made ready for many points.

    Parameters
    ----------
    x0, y0, cell_m
        South-west corner and side of the cells, metres.
    shape
        Rows and columns of cells.
    start, held
        Pieces in cell k: ``held[start[k]:start[k + 1]]``.
    pieces
        x1, y1, x2, y2 and the metres of the line before it, shape (p, 5).
    line
        Line of each piece, shape (p,).
    """

    x0: float
    y0: float
    cell_m: float
    shape: tuple[int, int]
    start: Ints
    held: Ints
    pieces: Floats
    line: Ints

    @classmethod
    def of(cls, lines: NDArray[np.object_]) -> EdgeIndex:
        """
        Lay the lines in cells.

        Parameters
        ----------
        lines
            LineStrings, or lines in several parts, in metres, shape (n,).

        Returns
        -------
        EdgeIndex
            The index; one without lines is allowed.
        """
        pieces, line = _pieces(lines)
        if not line.size:
            return cls(0.0, 0.0, 1.0, (0, 0), np.zeros(1, np.int64), line, pieces, line)
        low = np.minimum(pieces[:, :2], pieces[:, 2:4]).min(axis=0)
        wide = np.maximum(pieces[:, :2], pieces[:, 2:4]).max(axis=0) - low
        # About two cells a piece: smaller ones cost rings, larger ones pieces a cell.
        cell = max(float(np.sqrt(wide[0] * wide[1] / line.size)) * 0.7, 1.0)
        cell = max(cell, float(wide.max()) / MOST_CELLS**0.5)
        columns, rows = (int(v) + 1 for v in wide / cell)
        corner, size = (float(low[0]), float(low[1])), rows * columns
        lay = compiled(lay_pieces)
        count = np.zeros(size + 1, np.int64)
        lay(pieces, *corner, cell, rows, columns, count, np.empty(0, np.int64))
        start = np.concatenate(([0], np.cumsum(count[:-1])))
        held = np.empty(int(start[-1]), np.int64)
        lay(pieces, *corner, cell, rows, columns, start.copy(), held)
        return cls(*corner, cell, (rows, columns), start, held, pieces, line)

    def nearest(self, x: Floats, y: Floats, *, within_m: float) -> tuple[Ints, Floats, Floats]:
        """
        Find the nearest line of each point.

        Parameters
        ----------
        x, y
            Points, metres, shape (n,).
        within_m
            Lines this far off or farther are not near.

        Returns
        -------
        line : numpy.ndarray
            Position of the line; the first among equally near ones, -1 for none. Shape (n,).
        distance_m, along_m : numpy.ndarray
            Metres to it, and metres from its first coordinate to the point on it that is
            nearest; NaN for none. Both to the bit as GEOS has them.
        """
        line = np.full(x.size, -1, np.int64)
        distance, along = np.full(x.size, np.nan), np.full(x.size, np.nan)
        if self.line.size:
            compiled(search)(
                (np.ascontiguousarray(x), np.ascontiguousarray(y)), self.start, self.held,
                self.pieces, self.line, (self.x0, self.y0, self.cell_m), self.shape,
                float(within_m), (line, distance, along),
            )  # fmt: skip
        return line, distance, along


def _pieces(lines: NDArray[np.object_]) -> tuple[Floats, Ints]:
    """Cut lines into straight pieces, in order along each."""
    import shapely

    parts, of = shapely.get_parts(lines, return_index=True)
    xy, part = shapely.get_coordinates(parts, return_index=True)
    joined = part[1:] == part[:-1]
    begin, end = xy[:-1][joined], xy[1:][joined]
    line = of[part[1:][joined]].astype(np.int64)
    pieces = np.column_stack((begin, end, np.zeros(len(line))))
    compiled(measure)(pieces, line)
    return pieces, line


def measure(pieces: Floats, line: Ints) -> None:
    """
    Fill in the metres before each piece.

    Parameters
    ----------
    pieces
        As in `EdgeIndex`; the last column is written.
    line
        Line of each piece, rising.
    """
    before = 0.0
    for k in range(line.size):
        if k == 0 or line[k] != line[k - 1]:
            before = 0.0
        pieces[k, 4] = before
        before += np.sqrt((pieces[k, 2] - pieces[k, 0]) ** 2 + (pieces[k, 3] - pieces[k, 1]) ** 2)


def lay_pieces(  # noqa: PLR0917 (numba takes no keyword-only)
    pieces: Floats, x0: float, y0: float, cell_m: float, rows: int, columns: int,
    at: Ints, held: Ints,
) -> None:  # fmt: skip
    """
    Count the pieces of each cell, or put them there.

    Parameters
    ----------
    pieces
        As in `EdgeIndex`.
    x0, y0, cell_m, rows, columns
        The cells.
    at
        Zeros, which become counts; or, when `held` has room, where each cell begins.
    held
        Empty, or filled with the pieces by cell.
    """
    fill = held.size > 0
    for k in range(pieces.shape[0]):
        x1, y1, x2, y2 = pieces[k, 0], pieces[k, 1], pieces[k, 2], pieces[k, 3]
        south = max(int(np.floor((min(y1, y2) - y0) / cell_m - _SLACK)), 0)
        north = min(int(np.floor((max(y1, y2) - y0) / cell_m + _SLACK)), rows - 1)
        for row in range(south, north + 1):
            xa, xb = x1, x2
            if y1 != y2:  # what of it lies in this row
                a = (y0 + row * cell_m - y1) / (y2 - y1)
                b = (y0 + (row + 1) * cell_m - y1) / (y2 - y1)
                a, b = min(max(a, 0.0), 1.0), min(max(b, 0.0), 1.0)
                xa, xb = x1 + a * (x2 - x1), x1 + b * (x2 - x1)
            west = max(int(np.floor((min(xa, xb) - x0) / cell_m - _SLACK)), 0)
            east = min(int(np.floor((max(xa, xb) - x0) / cell_m + _SLACK)), columns - 1)
            for column in range(west, east + 1):
                cell = row * columns + column
                if fill:
                    held[at[cell]] = k
                at[cell] += 1


def search(  # noqa: C901, PLR0912, PLR0915, PLR0917 (one loop; numba takes no keyword-only)
    points: tuple[Floats, Floats], start: Ints, held: Ints, pieces: Floats, line: Ints,
    cells: tuple[float, float, float], shape: tuple[int, int], within_m: float,
    out: tuple[Ints, Floats, Floats],
) -> None:  # fmt: skip
    """
    Search rings of cells round each point until nothing outside them can be nearer.

    Parameters
    ----------
    points
        East and north.
    start, held, pieces, line
        As in `EdgeIndex`.
    cells
        Corner and side.
    shape
        Rows and columns.
    within_m
        Lines this far off or farther are not near.
    out
        Line, distance and metres along; written where there is one.
    """
    east, north = points
    x0, y0, side = cells
    rows, columns = shape
    for i in range(east.size):
        x, y = east[i], north[i]
        if not (np.isfinite(x) and np.isfinite(y)):
            continue
        column = min(max(int((x - x0) / side), 0), columns - 1)
        row = min(max(int((y - y0) / side), 0), rows - 1)
        best, piece, share = within_m, -1, 0.0
        ring = 0
        while True:
            low, high = max(row - ring, 0), min(row + ring, rows - 1)
            left, right = max(column - ring, 0), min(column + ring, columns - 1)
            for r in range(low, high + 1):
                edge = r in (row - ring, row + ring)
                step = 1 if edge or ring == 0 else 2 * ring
                c = column - ring
                while c <= column + ring:
                    if left <= c <= right:
                        cell = r * columns + c
                        for h in range(start[cell], start[cell + 1]):
                            k = held[h]
                            ax, ay = pieces[k, 0], pieces[k, 1]
                            bx, by = pieces[k, 2], pieces[k, 3]
                            square = (bx - ax) * (bx - ax) + (by - ay) * (by - ay)
                            f = 0.0
                            if square > 0:
                                f = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square
                            if f <= 0.0:
                                f = 0.0
                                gap = np.sqrt((x - ax) * (x - ax) + (y - ay) * (y - ay))
                            elif f >= 1.0:
                                f = 1.0
                                gap = np.sqrt((x - bx) * (x - bx) + (y - by) * (y - by))
                            else:
                                s = ((ay - y) * (bx - ax) - (ax - x) * (by - ay)) / square
                                gap = abs(s) * np.sqrt(square)
                            if gap < best or (gap == best and piece >= 0 and k < piece):
                                best, piece, share = gap, k, f
                    c += step
            # Nothing outside the rings is nearer than their sides that are not the border.
            bound = np.inf
            if low > 0:
                bound = min(bound, y - (y0 + low * side))
            if high < rows - 1:
                bound = min(bound, y0 + (high + 1) * side - y)
            if left > 0:
                bound = min(bound, x - (x0 + left * side))
            if right < columns - 1:
                bound = min(bound, x0 + (right + 1) * side - x)
            if bound == np.inf or best < bound - _SLACK * side:
                break
            ring += 1
        if piece >= 0:
            long = np.sqrt(
                (pieces[piece, 2] - pieces[piece, 0]) ** 2
                + (pieces[piece, 3] - pieces[piece, 1]) ** 2
            )
            out[0][i], out[1][i] = line[piece], best
            out[2][i] = pieces[piece, 4] + share * long
