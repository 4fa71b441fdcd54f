"""What a frame must have and no column gives: from answers, from names, or asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.frames import FRAMES, Kind, Shape
from geo.ingest.columns import DEFAULTS
from geo.ingest.fields import fallback
from geo.ingest.propose.doubt import Option, Unsure
from geo.ingest.propose.vocabulary import column_words, match_word, plain

if TYPE_CHECKING:
    from geo.frames import Column
    from geo.ingest.propose.kinds import What
    from geo.ingest.propose.sample import Field, Sample

_PERSON_CRIMES = {"violence_public", "robbery", "sexual_harassment", "threat", "disorder", "other",
                  "staff_incident", "drug_dealing", "substance_use", "weapon_object",
                  "noise", "gathering"}  # fmt: skip


def refuse_homes(raw: dict[str, Any], what: What, unsure: list[Unsure]) -> None:
    """
    Refuse what happens between people in a home; of things at a home keep the outside.

    Parameters
    ----------
    raw
        The mapping so far; its words for `setting` are mended.
    what
        The kinds of event.
    unsure
        What is unsure so far; added to.
    """
    words = raw["values"].get("setting", {})
    homes = [word for word, ours in words.items() if ours == "dwelling"]
    if not homes:
        return
    kinds = {what.constant} if what.constant else set(what.categories.values())
    kinds |= {"other"} if any(item.key == "words" for item in what.unsure) else set()
    if not kinds & _PERSON_CRIMES:
        words.update(dict.fromkeys(homes, "dwelling_exterior"))
        return
    unsure.append(Unsure(
        "homes", f"Rader i bostad ({', '.join(homes[:5])}) tas inte emot, utom inbrott: det som "
        "sker mellan människor i ett hem hör inte hit."))  # fmt: skip


def complete(
    raw: dict[str, Any], unsure: list[Unsure], sample: Sample, usable: list[Field], *, frame: str,
    given: dict[str, Any],
) -> None:  # fmt: skip
    """
    Give what the frame must have from answers or names; ask for the rest.

    Parameters
    ----------
    raw
        The mapping so far; filled in.
    unsure
        What is unsure so far; added to.
    sample
        The file.
    usable
        Columns that may be read.
    frame
        What the file is loaded as.
    given
        What people have settled.
    """
    headers = {f.name for f in sample.fields}
    asked = {item.key for item in unsure}
    for column in FRAMES[frame].columns:
        name = column.name
        answer = given.get(name)
        if answer is not None and name not in raw["columns"] and answer in headers:
            raw["columns"][name] = answer
        elif answer is not None and answer not in headers:
            raw["constants"][name] = answer
            raw["columns"].pop(name, None)
        if not _must_be_given(column, frame) or name in raw["columns"] | raw["constants"]:
            continue
        if name in asked:
            continue
        guess = _guess(column, sample, frame=frame)
        if guess is not None:
            raw["constants"][name] = guess
            unsure.append(Unsure(
                name, f"Ingen kolumn ger {name}. Alla rader får {guess}, efter filens namn.",
                (Option(guess, guess, f'{name} = "{guess}"'),), chosen=0))  # fmt: skip
            continue
        options = [Option(word, word, f'{name} = "{word}"') for word in column.vocabulary]
        options += [] if options else [
            Option(f"kolumnen {f.name}", f.name, f'{name} = "{f.name}"')
            for f in usable if f.numeric < 0.5 and f.words][:6]  # fmt: skip
        unsure.append(Unsure(
            name, f"Ingen kolumn ger {name}, som {frame} måste ha ({column.doc})", tuple(options),
            decisive=True))  # fmt: skip
    _miss_place(raw, unsure, sample, frame=frame)


def _miss_place(raw: dict[str, Any], unsure: list[Unsure], sample: Sample, *, frame: str) -> None:
    """Say when no column says where."""
    contract = FRAMES[frame]
    placed = sample.raw.geometry is not None or {"x", "geometry"} & set(raw["columns"])
    if placed or contract.shape is not Shape.POINT:
        return
    text = f"Inga kolumner ser ut som läge, och {frame} måste ha ett." if (
        contract.geometry_required
    ) else "Inga kolumner ser ut som läge: alla rader blir utan plats."  # fmt: skip
    unsure.append(Unsure("xy", text, decisive=contract.geometry_required))


def _must_be_given(column: Column, frame: str) -> bool:
    """Whether a load fails without the column."""
    if column.nullable or column.kind in {Kind.TEXTS, Kind.JSON}:
        return False
    if column.name in {"id", "batch_id", "mapping_version", "source", "length_m", "from_node",
                       "to_node", "time_known", "flags", "weight", "category", "occurred_from",
                       "revision", "duplicate_group", "ref_hash"}:  # fmt: skip
        return False
    return (frame, column.name) not in DEFAULTS and fallback(column) is None


def _guess(column: Column, sample: Sample, *, frame: str) -> str | None:
    """Take a value for all rows from the layer's or the file's name."""
    title = plain(f"{sample.layer or ''} {sample.path.name.split('.')[0]}")
    if column.name == "level":
        words = plain(sample.layer or sample.path.name.split(".")[0])
        return column_words(frame, "level").get(words, words)
    if column.vocabulary:
        found = match_word(title, column_words(frame, column.name))
        return found if found in column.vocabulary else None
    return None
