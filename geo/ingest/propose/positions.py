"""Which two columns say where, in what order and in which system."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.ingest.propose.doubt import Option, Unsure
from geo.ingest.propose.shapes import OPTIONS, Where, of_geometry, of_wkt
from geo.ingest.propose.systems import DEGREES, Fit, describe, hinted, try_systems
from geo.ingest.propose.vocabulary import headers, likeness, plain
from geo.spatial import label

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.ingest.propose.doubt import Place
    from geo.ingest.propose.sample import Field, Sample

_AXES = {"lon": ("lon", 0), "lat": ("lon", 1), "east": ("en", 0), "north": ("en", 1),
         "x": ("xy", 0), "y": ("xy", 1)}  # fmt: skip
_NUMERIC = 0.95
_FILLED = 0.05
_NAMED = 0.5
_WKT = re.compile(r"\s*(?:multi)?(?:point|linestring|polygon)\s*z?\s*\(", re.IGNORECASE)
_ZERO = 1e-9
_SWAP_NAMED = 0.35
_FEW = 0.05


@dataclass(frozen=True)
class Pair:
    """
    Two columns that may say where.

    Parameters
    ----------
    first, second
        Named as east and north, or longitude and latitude, or x and y.
    kind
        lon, en or xy; "" when only the numbers speak.
    named
        How well the headers fit, 0-1.
    """

    first: Field
    second: Field
    kind: str
    named: float

    @property
    def numbers(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Finite pairs that are not 0, 0."""
        x, y = self.first.numbers, self.second.numbers
        good = np.isfinite(x) & np.isfinite(y) & ~((np.abs(x) < _ZERO) & (np.abs(y) < _ZERO))
        return x[good], y[good]


def find_pairs(fields: tuple[Field, ...]) -> list[Pair]:
    """
    Find columns that belong together as a position.

    Parameters
    ----------
    fields
        The file's columns.

    Returns
    -------
    list of Pair
        The best named first.
    """
    axes: dict[tuple[str, int], list[tuple[float, Field, str]]] = {}
    for one in fields:
        if one.numeric < _NUMERIC or one.n_filled < _FILLED * len(one.cells):
            continue
        for role, spot in _AXES.items():
            named = likeness(one.name, "place", role)
            if named >= _NAMED:
                axes.setdefault(spot, []).append((named, one, _stem(one.name, role)))
    out: list[Pair] = []
    for kind in ("lon", "en", "xy"):
        for score, one, stem in axes.get((kind, 0), []):
            for other_score, other, other_stem in axes.get((kind, 1), []):
                if one.name == other.name:
                    continue
                named = (score + other_score) / 2 + (0.05 if stem == other_stem else -0.3)
                named += 0.03 if kind != "xy" else 0.0
                out.append(Pair(one, other, kind, named))
    return sorted(out, key=lambda p: (-round(p.named, 4), p.first.at))[:8]


def _stem(header: str, role: str) -> str:
    """Take the word for its axis out of a header."""
    names = sorted((role, *headers()["place"][role]), key=len, reverse=True)
    named = f" {plain(header)} "
    for word in names:
        if f" {word} " in named:
            return named.replace(f" {word} ", " ", 1).strip()
    return named.strip()


def settle_position(sample: Sample, *, place: Place, answers: dict[str, Any], point: bool) -> Where:
    """
    Find where rows are, from the file's geometry or from its columns.

    Parameters
    ----------
    sample
        The file.
    place
        What is known of the municipality.
    answers
        What people have settled: `xy` a pair of headers, `crs` a system.
    point
        Whether the frame takes points from two columns.

    Returns
    -------
    Where
        Parts of a mapping; without columns when the file has none.
    """
    if sample.raw.geometry is not None:
        where = of_geometry(sample, place=place, answers=answers)
        where.used = {f.name for p in find_pairs(sample.fields) for f in (p.first, p.second)}
        return where
    wkt = next((f for f in sample.fields if f.words and all(map(_WKT.match, f.words[:50]))), None)
    if wkt is not None:
        return of_wkt(wkt, place=place, answers=answers)
    if not point:
        return Where()
    pairs = find_pairs(sample.fields)
    if "xy" in answers:
        by_name = {f.name: f for f in sample.fields}
        first, second = (by_name[name] for name in answers["xy"])
        pairs = [Pair(first, second, "en", 1.0)]
    return _of_pairs(sample, pairs, place=place, answers=answers)


def _of_pairs(sample: Sample, pairs: list[Pair], *, place: Place, answers: dict[str, Any]) -> Where:
    """Choose among pairs the one whose numbers and names agree best."""
    hint = answers.get("crs") or hinted(
        [plain(sample.path.stem), *(plain(f.name) for f in sample.fields)]
    )
    best: tuple[float, Pair, list[Fit]] | None = None
    for pair in pairs:
        if best is not None and best[0] >= pair.named + 1.0:
            break  # named worse and fitting no better
        fits = try_systems(*pair.numbers, place=place, hint=hint)
        if pair.kind != "xy":  # a named order counts, unless nothing fits it
            fits = sorted(fits, key=lambda f: f.swapped)
        if hint is not None:
            fits = sorted(fits, key=lambda f: f.crs != hint)
        worth = pair.named + (1.0 if fits else 0.0)
        if fits and fits[0].swapped and pair.kind != "xy":
            worth -= _SWAP_NAMED
        if best is None or worth > best[0] + 1e-9:
            best = (worth, pair, fits)
    where = Where()
    if best is None:
        return where
    _, pair, fits = best
    fits = fits or try_systems(*pair.numbers, place=place, every=True)
    where.used = {f.name for p in pairs for f in (p.first, p.second) if p.named > _NAMED}
    names = [pair.first.name, pair.second.name]
    chosen = fits[0] if fits else None
    if chosen is not None and chosen.swapped:
        names.reverse()
    where.columns = {"x": names[0], "y": names[1]}
    _settle_crs(where, pair, fits, place=place, answers=answers, hint=hint)
    _note_odd(where, pair, chosen)
    where.stacked = is_stacked(pair)
    return where


def _settle_crs(
    where: Where, pair: Pair, fits: list[Fit], *, place: Place, answers: dict[str, Any],
    hint: str | None,
) -> None:  # fmt: skip
    """Take the system that fits, or ask."""
    if "crs" in answers:
        where.crs = str(answers["crs"])
        where.reasons["crs"] = "valt av dig"
        return
    if not fits:
        x, y = pair.numbers
        degrees = len(x) > 0 and bool(np.median(np.abs(x)) <= 180 and np.median(np.abs(y)) <= 180)
        where.crs = DEGREES if degrees else None
        span = (f"{where.columns['x']} omkring {np.median(x):.6g}, {where.columns['y']} omkring "
                f"{np.median(y):.6g}") if len(x) else "inga läsbara värden"  # fmt: skip
        where.unsure.append(Unsure(
            "crs", f"Inget vanligt koordinatsystem lägger raderna i kommunen ({span}). "
            "Vilket system är filen i?", options=(
                (Option(label(DEGREES), DEGREES, f'crs = "{DEGREES}"'),) if degrees else ()),
            decisive=True, chosen=0 if degrees else None))  # fmt: skip
        return
    where.crs = fits[0].crs
    inside = "utbredning" if place.extent is not None else "arbetssystems område"
    where.reasons["crs"] = f"{fits[0].share:.0%} av raderna hamnar inom kommunens {inside}"
    rivals = [f for f in fits[1:] if f.swapped == fits[0].swapped or pair.kind == "xy"]
    if rivals and fits[0].crs != hint:
        where.unsure.append(Unsure(
            "crs", f"Flera koordinatsystem passar {where.columns['x']} och {where.columns['y']}; "
            "siffrorna ensamma avgör inte.", options=tuple(
                Option(describe(f, place=place), f.crs, f'crs = "{f.crs}"')
                for f in fits[:OPTIONS]), decisive=True, chosen=0))  # fmt: skip


def _note_odd(where: Where, pair: Pair, chosen: Fit | None) -> None:
    """Say what is odd about the columns chosen."""
    where.reasons["x"] = f"rubriken {where.columns['x']}"
    where.reasons["y"] = f"rubriken {where.columns['y']}"
    if chosen is not None and chosen.swapped and pair.kind != "xy":
        where.unsure.append(Unsure(
            "order", f"{pair.first.name} och {pair.second.name} tycks ha bytt plats: värdena "
            "passar bara i omvänd ordning. De läses så.", chosen=None))  # fmt: skip
    elif chosen is not None and chosen.swapped:
        where.reasons["x"] += " (filens x pekar norrut, som i geodesin)"
    x, y = pair.first.numbers, pair.second.numbers
    zero = int(((np.abs(x) < _ZERO) & (np.abs(y) < _ZERO)).sum())
    if zero:
        told = f"{_share(zero, len(x))} av raderna ligger på 0, 0: de räknas som utan plats."
        where.unsure.append(Unsure("zero", told))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if part >= 0.01 * whole else "Under 1 %"


def is_stacked(pair: Pair) -> bool:
    """
    Tell whether nearly every row lies on one of few points: middles of areas, not places.

    Parameters
    ----------
    pair
        The columns.

    Returns
    -------
    bool
        True from 500 rows on, with fewer points than 5 % of them.
    """
    x, y = pair.numbers
    return len(x) >= 500 and len(np.unique(np.column_stack([x, y]), axis=0)) < _FEW * len(x)
