"""The worklist as one page: it opens without a net and prints on a few sheets."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from geo.maps.swedish import capital
from geo.maps.words import word
from geo.maps.worklist_alike import alike
from geo.measures.words import duration

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.maps.picture import Picture
    from geo.maps.worklist import Worklist

_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; color: #2f2b27; margin: 2rem auto; max-width: 72rem;
  padding: 0 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.1rem; margin: 1.6rem 0 .5rem; }
.quiet { color: #6f6860; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .5rem;
  border-bottom: 1px solid #d8d2c8; }
thead th { border-bottom: 2px solid #0b5f60; font-size: .85rem; }
td.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
td ul { margin: .2rem 0 0; padding-left: 1.1rem; font-size: .9rem; }
.late { font-weight: 600; color: #9b3a2a; }
.poles { font-variant-numeric: tabular-nums; font-size: .9rem; }
@media screen and (max-width: 44rem) { body { margin: 1rem auto; } thead { display: none; }
  tr { display: block; border-bottom: 1px solid #d8d2c8; padding: .5rem 0; }
  td, th { display: block; border: 0; padding: .1rem 0; } td:empty { display: none; }
  td:nth-child(1) { float: left; margin-right: .6rem; }
  td:nth-child(4)::before { content: "Vems: "; } td:nth-child(5)::before { content: "Säkerhet: "; }
  td:nth-child(6)::before { content: "Öppet: "; } td:nth-child(7)::before { content: "Kostnad: "; }
}
@media print { body { margin: 0; max-width: none; font-size: 10pt; } tr { break-inside: avoid; }
  @page { size: A4 landscape; margin: 12mm; } }
"""


def page(picture: Picture, made: Worklist) -> str:
    """
    Write the worklist as a page of its own.

    Parameters
    ----------
    picture
        The picture it is of.
    made
        The worklist.

    Returns
    -------
    str
        HTML; asks nothing of any net.
    """
    told, situation = made.told, picture.situation
    place, week = situation["municipality"]["name"], told["week"]
    version = situation["method"]["version"]
    head = f"Åtgärdslista belysning, {place}, {week['label']}"
    parts = [
        f"<p class=quiet>{escape(head)} · visas för {escape(told['role']['label'])}</p>",
        f"<h1>{escape(told['sentence'])}</h1>",
        f"<p>{escape(told['order'])}</p>",
        _table(told["rows"]),
        _rounds(told["rounds"]),
        _calm(told["not_light"], "Här är ljuset sannolikt inte orsaken"),
        _calm(told["cannot_tell"], "Går inte att avgöra om ljuset spelar någon roll"),
        "<h2>Att veta</h2><ul>",
        *(f"<li>{escape(note)}</li>" for note in [told["promise"], *told["notes"]]),
        "</ul>",
        f"<p class=quiet>Körning {escape(told['run_id'])}, version {escape(version)}.</p>",
    ]
    return (
        '<!doctype html><html lang="sv"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(head)}</title><style>{_STYLE}</style></head><body>"
        + "\n".join(part for part in parts if part)
        + "</body></html>\n"
    )


def _table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Write the ranked rows."""
    if not rows:
        return ""
    heads = ("Nr", "Plats", "Åtgärd och skäl", "Vems", "Säkerhet", "Öppet", "Kostnad")
    cells = "".join(f"<th scope=col>{head}</th>" for head in heads)
    return (
        f"<table><thead><tr>{cells}</tr></thead><tbody>{''.join(map(_row, rows))}</tbody></table>"
    )


def _row(row: Mapping[str, Any]) -> str:
    """Write one row of work with its evidence."""
    why = "".join(f"<li>{escape(text)}</li>" for text in row["why"])
    poles = ", ".join(row["pole_refs"]) if row["n_lamps"] else ""
    cost = row["cost"]
    money = (
        f"{escape(cost['label'])}<br><span class=quiet>{escape(cost['basis'])}</span>"
        if cost
        else ""
    )
    late = ' class="late"' if row["late"] else ""
    owner = escape(row["owner_label"] or row["street_owner_label"])
    whose = f"{owner}<br><span class=quiet>väghållare: {escape(row['street_owner_label'])}</span>"
    return (
        f"<tr><td class=number>{row['rank']}</td><th scope=row>{escape(row['place'] or '')}</th>"
        f"<td>{escape(row['work'])}.<ul>{why}</ul>"
        + (f"<p class=poles>Stolpar: {escape(poles)}</p>" if poles else "")
        + (f"<p class=quiet>{escape(row['caveat'])}</p>" if row["caveat"] else "")
        + f"</td><td>{whose if row['owner_label'] else owner}</td>"
        f"<td>{escape(row['confidence_label'])}<br>"
        f"<span class=quiet>evidensgrad {row['grade']}</span></td>"
        f"<td{late}>{escape(row['open_label'])}</td><td>{money}</td></tr>"
    )


def _rounds(rounds: Sequence[Mapping[str, Any]]) -> str:
    """Write the lamps that are taken on the next round, by owner."""
    if not rounds:
        return ""
    lines = "".join(
        f"<li><b>{escape(row['owner_label'])}</b>: {row['n_lamps']} ljuspunkter, "
        f"varav {row['n_late']} öppna längre än målet ({duration(row['target_days'])}). "
        f"<span class=poles>{escape(', '.join(row['pole_refs']))}</span></li>"
        for row in rounds
    )
    return f"<h2>Nästa rond</h2><ul>{lines}</ul>"


def _calm(rows: Sequence[Mapping[str, Any]], heading: str) -> str:
    """Write the places where light is probably not the cause, or where it cannot be told."""
    if not rows:
        return ""
    lines = "".join(
        f"<li><b>{escape(places)}</b>. {escape(row['sentence'])} "
        f"<span class=quiet>{escape(capital(word('certainty', row['confidence'])))}. "
        f"{escape(row['caveat'] or '')}</span></li>"
        for places, row in alike(rows)
    )
    return f"<h2>{heading}</h2><ul>{lines}</ul>"
