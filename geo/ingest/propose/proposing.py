"""A mapping proposed from a file's headers and values, with what it is unsure of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.frames import FRAMES, Kind, Shape
from geo.ingest.mapping import Mapping
from geo.ingest.propose.completing import complete, refuse_homes
from geo.ingest.propose.doubt import Option, Place, Unsure
from geo.ingest.propose.extras import Rest, settle_ref, settle_rest
from geo.ingest.propose.kinds import What, settle_kinds
from geo.ingest.propose.layers import choose_layer
from geo.ingest.propose.looks import looks_like
from geo.ingest.propose.moments import When, settle_times
from geo.ingest.propose.persons import about_persons, is_free_text
from geo.ingest.propose.positions import settle_position
from geo.ingest.propose.sample import layers_of, take_sample
from geo.ingest.propose.shapes import Where
from geo.ingest.propose.vocabulary import plain

if TYPE_CHECKING:
    from pathlib import Path

    from geo.ingest.propose.sample import Field, Sample

_POINTS = {Shape.POINT, Shape.ANY}
_CLEARLY = 0.35
_DATES = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?:[-_ ]?[wv]?\d{1,2}(?!\d)){0,2}(?!\d)|(?:uttag|export|v)[-_ ]?\d+"
)


@dataclass(frozen=True)
class Proposal:
    """
    A proposed mapping.

    Parameters
    ----------
    mapping
        What would be used.
    unsure
        What headers and values do not settle.
    reasons
        Key or column of ours -> why, Swedish.
    left_out
        Headers that are not read: `persons`, `free_text`, `others`.
    looks
        Frame -> how much the file looks like it, the likeliest first.
    sample
        The file.
    """

    mapping: Mapping
    unsure: tuple[Unsure, ...]
    reasons: dict[str, str]
    left_out: dict[str, list[str]]
    looks: dict[str, float]
    sample: Sample = field(repr=False)

    @property
    def decisive(self) -> tuple[Unsure, ...]:
        """What must be settled before the file is read."""
        return tuple(item for item in self.unsure if item.decisive)

    def as_json(self) -> dict[str, Any]:
        """
        Give the proposal as `load --json` prints it.

        Returns
        -------
        dict
            The mapping, what is unsure, why, and what is left out.
        """
        return {
            "mapping": self.mapping.model_dump(exclude_defaults=True),
            "unsure": [item.as_json() for item in self.unsure],
            "reasons": self.reasons,
            "left_out": self.left_out,
            "looks_like": next(iter(self.looks), None),
            "rows_looked_at": self.sample.n,
            "whole": self.sample.whole,
        }


def propose_file(
    path: Path, *, frame: str, place: Place, source: str | None = None,
    answers: dict[str, Any] | None = None,
) -> Proposal:  # fmt: skip
    """
    Propose a mapping for a file.

    Parameters
    ----------
    path
        The file.
    frame
        What it is loaded as.
    place
        What is known of the municipality.
    source
        The export's name; made of the file's name when not given.
    answers
        What people have settled, by the keys of earlier `unsure` items.

    Returns
    -------
    Proposal
        Never a guess without saying so.

    Raises
    ------
    IngestError
        If the file cannot be read.
    """
    given = answers or {}
    layer, asked = choose_layer(layers_of(path), frame=frame, path=path, place=place, answers=given)
    sample = take_sample(path, frame=frame, layer=layer)
    return propose(sample, frame=frame, place=place, source=source, answers=given, asked=asked)


def propose(
    sample: Sample, *, frame: str, place: Place, source: str | None = None,
    answers: dict[str, Any] | None = None, asked: Unsure | None = None,
) -> Proposal:  # fmt: skip
    """
    Propose a mapping for what was read of a file.

    Parameters
    ----------
    sample
        The file's columns.
    frame
        What it is loaded as.
    place
        What is known of the municipality.
    source
        The export's name; made of the file's name when not given.
    answers
        What people have settled.
    asked
        What is unsure already: which layer.

    Returns
    -------
    Proposal
        Never a guess without saying so.
    """
    given = answers or {}
    contract = FRAMES[frame]
    raw: dict[str, Any] = {"frame": frame, "source": source or name_source(sample)}
    if sample.layer is not None:
        raw["layer"] = sample.layer
    unsure = [asked] if asked is not None else []
    if sample.raw.native:
        mapping = Mapping.parse(raw)
        why = {"columns": "formatets kolumner är kända och behöver ingen lista"}
        return Proposal(mapping, tuple(unsure), why, {}, looks_like(sample), sample)
    where = (
        settle_position(sample, place=place, answers=given,
                        point=contract.shape in _POINTS)
        if contract.has_geometry else Where()
    )  # fmt: skip
    timed = any(c.kind in {Kind.TIME, Kind.DATE} for c in contract.columns)
    when = settle_times(sample, frame=frame, place=place, answers=given) if timed else When()
    taken = where.used | when.used
    persons = [f for f in sample.fields if about_persons(f, look=f.name not in taken)]
    taken = taken | {f.name for f in persons}
    free = [f for f in sample.fields if f.name not in taken and is_free_text(f)]
    taken = taken | {f.name for f in free}
    usable = [f for f in sample.fields if f.name not in taken]
    what = settle_kinds(sample, usable, answers=given) if frame == "incidents" else What()
    rest = settle_rest(usable, frame=frame)
    _fill(raw, where, when, what, rest=rest, usable=usable)
    unsure += [*where.unsure, *when.unsure, *what.unsure, *rest.unsure]
    refuse_homes(raw, what, unsure)
    complete(raw, unsure, sample, usable, frame=frame, given=given)
    looks = looks_like(sample, stacked=_many_on_few(where, sample, frame))
    _doubt_frame(unsure, looks, frame=frame, where=where, given=given)
    read = {
        n for held in raw["columns"].values() for n in ([held] if isinstance(held, str) else held)
    }
    left = {
        "persons": [f.name for f in persons], "free_text": [f.name for f in free],
        "others": [f.name for f in usable if f.name not in read]
        + sorted((where.used | when.used) - read - {f.name for f in persons}),
    }  # fmt: skip
    reasons = where.reasons | when.reasons | rest.reasons | raw.pop("_reasons")
    if what.reason:
        reasons["category"] = what.reason
    kept = {name: held for name, held in raw.items() if held not in ({}, None)}
    return Proposal(Mapping.parse(kept), tuple(unsure), reasons, left, looks, sample)


def name_source(sample: Sample) -> str:
    """
    Name the export after its file, without the dates in it: the same name next week.

    Parameters
    ----------
    sample
        The file.

    Returns
    -------
    str
        Lower case words with hyphens.
    """
    stem = plain(_DATES.sub(" ", sample.path.name.split(".")[0].casefold()))
    layer = plain(sample.layer or "")
    words = stem.split() + [word for word in layer.split() if word not in stem.split()]
    return "-".join(words)[:80].strip("-") or "export"


def _fill(
    raw: dict[str, Any], where: Where, when: When, what: What, *, rest: Rest, usable: list[Field]
) -> None:
    """Put the parts together as a mapping file has them."""
    contract = FRAMES[raw["frame"]]
    columns: dict[str, Any] = {}
    reasons: dict[str, str] = {}
    ref, why = settle_ref(usable)
    if ref is not None:
        columns["ref"], reasons["ref"] = ref, why
    columns |= where.columns | when.columns
    if what.column is not None:
        columns["category"] = what.column
    columns |= {k: v for k, v in rest.columns.items() if k not in columns}
    raw["crs"] = where.crs
    if when.columns:
        raw["timezone"] = when.timezone
        raw["date_order"] = when.date_order
        raw["ignore_offset"] = when.ignore_offset or None
    raw["columns"] = {k: v for k, v in columns.items()
                      if k in {*contract.names, "ref", "x", "y", "geometry"}}  # fmt: skip
    raw["categories"] = what.categories
    raw["constants"] = {"category": what.constant} if what.constant else {}
    raw["values"], raw["units"] = rest.values, rest.units
    raw["_reasons"] = reasons


def _many_on_few(where: Where, sample: Sample, frame: str) -> bool:
    """Whether positions are middles of areas, also where the frame takes no points."""
    if where.stacked or FRAMES[frame].shape in _POINTS or sample.raw.geometry is not None:
        return where.stacked
    from geo.ingest.propose.positions import find_pairs, is_stacked

    return any(is_stacked(pair) for pair in find_pairs(sample.fields)[:1])


def _doubt_frame(
    unsure: list[Unsure],
    looks: dict[str, float],
    *,
    frame: str,
    where: Where,
    given: dict[str, Any],
) -> None:
    """Say when the file looks like another frame."""
    best, score = next(iter(looks.items()))
    if "frame" in given:
        return
    if where.stacked and frame == "incidents" and best == "notices":
        unsure.append(Unsure(
            "frame", "Nästan alla rader ligger på ett fåtal punkter: de är mittpunkter för områden "
            "och inte platser. Sådant läses in som notices, utan läge.",
            (Option("läs ändå in som incidents", "incidents"),), decisive=True))  # fmt: skip
    elif best != frame and score - looks.get(frame, 0.0) >= _CLEARLY:
        unsure.append(Unsure(
            "frame", f"Filen ser ut som {best} snarare än {frame}.",
            (Option(f"läs in som {frame}", frame),), chosen=0))  # fmt: skip
