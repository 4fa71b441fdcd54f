"""Which column says what happened, and which of our categories its words are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.ingest.categories import MAX_LENGTH, MAX_WORDS, OTHER
from geo.ingest.propose.doubt import Option, Unsure
from geo.ingest.propose.vocabulary import category_words, likeness, match_word, plain
from geo.settings import categories

if TYPE_CHECKING:
    from geo.ingest.propose.sample import Field, Sample

_NAMED = 0.5
_WORTH = 0.55
_FITS = 0.3
_SHOWN = 12


@dataclass
class What:
    """What was found about kinds: parts of a mapping, why, and what is unsure."""

    column: str | None = None
    categories: dict[str, str] = field(default_factory=dict)
    constant: str | None = None
    reason: str = ""
    unsure: list[Unsure] = field(default_factory=list)


def settle_kinds(sample: Sample, fields: list[Field], *, answers: dict[str, Any]) -> What:
    """
    Find the column that says what happened, and map its words.

    Parameters
    ----------
    sample
        The file.
    fields
        Columns that are free for it: no positions, times, persons, free text.
    answers
        What people have settled: `category` a header, or one of our categories.

    Returns
    -------
    What
        A column with its words, or one category for all rows.
    """
    said = answers.get("category")
    if said in categories():
        return What(constant=str(said), reason="valt av dig")
    ranked = sorted(((_worth(f), -f.at, f) for f in fields if _may_be(f)), reverse=True,
                    key=lambda r: r[:2])  # fmt: skip
    if said is not None:
        ranked = [(1.0, 0, f) for f in fields if f.name == said]
    by_name = _of_file_name(sample)
    if ranked and ranked[0][0] >= _WORTH:
        return _of_column(ranked[0][2])
    if by_name is not None:
        what = What(constant=by_name, reason=f"filens namn: {sample.path.stem}")
        label = categories()[by_name].label_sv
        what.unsure.append(Unsure(
            "category", f"Ingen kolumn säger vad som hänt. Av filens namn att döma är alla rader "
            f"{label}.", (Option(label, by_name, f'category = "{by_name}"'),),
            chosen=0))  # fmt: skip
        return what
    named = [f for worth, _, f in ranked if likeness(f.name, "columns", "category") >= _NAMED]
    if named:
        return _of_column(named[0])
    what = What()
    options = [Option(f"kolumnen {f.name}", f.name, f'category = "{f.name}"')
               for _, _, f in ranked[:4]]  # fmt: skip
    options += [Option(c.label_sv, key, f'category = "{key}"') for key, c in categories().items()
                if c.kind == "event"]  # fmt: skip
    what.unsure.append(Unsure(
        "category", "Varken rubrik, ord eller filnamn säger vad som hänt.", tuple(options),
        decisive=True))  # fmt: skip
    return what


def _may_be(field: Field) -> bool:
    """Whether a column has few, short words."""
    if not field.words or field.numeric > _NAMED:
        return False
    return len(field.words) <= MAX_WORDS and field.longest <= MAX_LENGTH


def _worth(field: Field) -> float:
    """How well header and words together say that this is the kind of event."""
    named = likeness(field.name, "columns", "category")
    elsewhere = max(
        likeness(field.name, "columns", role) for role in ("setting", "channel", "area")
    )
    return 0.5 * named + 0.6 * share_of_words(field) - (0.3 if elsewhere > max(named, 0.8) else 0.0)


def share_of_words(field: Field) -> float:
    """
    Tell how much of a column speaks of kinds of event.

    Parameters
    ----------
    field
        The column.

    Returns
    -------
    float
        Share of the filled rows whose word is a category of ours, 0-1.
    """
    table = category_words()
    fits = sum(int(n) for word, n in field.counts.items()
               if match_word(str(word), table) not in {None, OTHER, "event_planned"})  # fmt: skip
    return fits / max(field.n_filled, 1)


def _of_column(field: Field) -> What:
    """Map a column's words; list those that fit none."""
    table = category_words()
    what = What(column=field.name)
    lost: list[str] = []
    for word in sorted(field.words):
        ours = match_word(word, table)
        if ours is None:
            lost.append(word)
        else:
            what.categories[word] = ours
    share = share_of_words(field)
    what.reason = f"{len(field.words)} olika ord; {share:.0%} av raderna har ett känt ord"
    if lost:
        shown = ", ".join(lost[:_SHOWN]) + (" m.fl." if len(lost) > _SHOWN else "")
        rows = sum(int(field.counts[word]) for word in lost)
        counted = f"{rows} rad{'' if rows == 1 else 'er'}"
        known = "inget ord" if len(lost) == 1 else "inga ord"
        what.unsure.append(Unsure(
            "words", f"{len(lost)} ord i {field.name} ({counted}) är {known} vi känner och blir "
            f"Övrigt, med källans ord kvar: {shown}.", decisive=False))  # fmt: skip
    if share < _FITS:
        what.unsure.append(Unsure(
            "category", f"Få av orden i {field.name} känns igen. Är det kolumnen som säger vad som "
            "hänt?", (Option(f"ja, {field.name}", field.name),), chosen=0))  # fmt: skip
    return what


def _of_file_name(sample: Sample) -> str | None:
    """Find a kind of event in the file's or layer's name."""
    table = {word: ours for word, ours in category_words().items() if ours != OTHER}
    texts = [sample.layer or "", sample.path.name.split(".")[0]]
    for text in filter(None, map(plain, texts)):
        for form in (text, *(word.rstrip("s") for word in text.split()), text.rstrip("s")):
            ours = match_word(form, table)
            if ours is not None:
                return ours
    return None
