"""Which layer of a file is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.frames import FRAMES, Shape
from geo.ingest.propose.doubt import Option, Unsure
from geo.ingest.propose.vocabulary import plain

if TYPE_CHECKING:
    from pathlib import Path

    from geo.ingest.propose.doubt import Place
    from geo.ingest.propose.sample import Layer

_TYPES = {Shape.POINT: ("point",), Shape.LINE: ("line",), Shape.POLYGON: ("polygon",)}
_STEMS = {"incidents": ("brott", "crime", "handelse", "incident", "robber", "burglar", "theft"),
          "lamps": ("lamp", "light", "ljus", "belysning"),
          "streets": ("street", "road", "vag", "gat"),
          "areas": ("omrade", "area", "ward", "precinct", "distri"), "faults": ("fel", "fault"),
          "measures": ("atgard", "measure"), "facilities": ("verksamhet", "facilit")}  # fmt: skip
_INSIDE = 0.5


def choose_layer(
    layers: tuple[Layer, ...], *, frame: str, path: Path, place: Place, answers: dict[str, Any]
) -> tuple[str | None, Unsure | None]:
    """
    Choose the layer to look at: by geometry, by its name, by where it lies.

    Parameters
    ----------
    layers
        Of the file.
    frame
        What it is loaded as.
    path
        The file.
    place
        What is known of the municipality.
    answers
        What people have settled: `layer`.

    Returns
    -------
    layer : str or None
        None for a file with one layer or none.
    unsure : Unsure or None
        What is asked when several would do.
    """
    if "layer" in answers:
        return str(answers["layer"]), None
    if len(layers) <= 1:
        return None, None
    wanted = _TYPES.get(FRAMES[frame].shape)
    fit = [one for one in layers if one.n and (
        wanted is None or any(t in one.geometry.casefold() for t in wanted))]  # fmt: skip
    fit = fit or list(layers)
    named = [one for one in fit if any(s in plain(one.name) for s in _STEMS.get(frame, ()))]
    inside = [one for one in fit if _lies_here(path, one, place=place)]
    for narrowed in ([one for one in inside if one in named], inside, named, fit):
        if len(narrowed) == 1:
            return narrowed[0].name, None
    options = tuple(Option(f"{one.name} ({one.n} objekt)", one.name, f'layer = "{one.name}"')
                    for one in (inside or fit))  # fmt: skip
    asked = f"Filen har {len(layers)} lager och flera passar för {frame}."
    return (inside or fit)[0].name, Unsure("layer", asked, options, decisive=True, chosen=0)


def _lies_here(path: Path, layer: Layer, *, place: Place) -> bool:
    """Whether the layer's middle lies in the extent; False when there is no extent."""
    import pyogrio
    from pyproj import Transformer

    from geo.ingest.catalog import sniff
    from geo.ingest.vector import VectorReader

    reader = sniff(path)()
    if place.extent is None or not isinstance(reader, VectorReader):
        return False
    info = pyogrio.read_info(reader.address(path), layer=layer.name, force_total_bounds=True)
    if info["crs"] is None or info["total_bounds"] is None:
        return False
    west, south, east, north = info["total_bounds"]
    move = Transformer.from_crs(info["crs"], place.crs, always_xy=True)
    x, y = move.transform((west + east) / 2, (south + north) / 2)
    left, low, right, top = place.extent
    return bool(left <= x <= right and low <= y <= top)
