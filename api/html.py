"""The same answers as pages, for someone who opens an address in a browser."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from fastapi.responses import HTMLResponse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;"
    "color:#2f2b27;background:#fdfcfa}a{color:#0b5f60}table{border-collapse:collapse}"
    "th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;"
    "border-bottom:1px solid #d8d2c8}.wide{overflow-x:auto}"
)
_MOST_ROWS = 100
_NOT_SHOWN = {"self", "alternate"}


def page(
    title: str,
    *,
    text: Iterable[str] = (),
    links: Iterable[Mapping[str, Any]] = (),
    table: Iterable[Mapping[str, Any]] = (),
) -> HTMLResponse:
    """
    Write a small page.

    Parameters
    ----------
    title
        Its heading.
    text
        Paragraphs.
    links
        As `link` writes them; those to the page itself are left out, and
        those with parts to fill in are told, not linked.
    table
        Rows of name and value; the first row's names are the headings.

    Returns
    -------
    HTMLResponse
        Everything in it escaped.
    """
    head = f"<!doctype html><html lang=sv><meta charset=utf-8><title>{escape(title)}</title>"
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text if line)
    listed = "".join(_item(row) for row in links if row["rel"] not in _NOT_SHOWN)
    body = f"<h1>{escape(title)}</h1>{paragraphs}<ul>{listed}</ul>{_table(list(table))}"
    view = "<meta name=viewport content='width=device-width,initial-scale=1'>"
    return HTMLResponse(
        f"{head}{view}<style>{_STYLE}</style><main>{body}</main>",
        headers={"Cache-Control": "private, no-cache"},
    )


def _item(row: Mapping[str, Any]) -> str:
    """Write one link."""
    name, href = escape(row.get("title") or row["rel"]), escape(row["href"], quote=True)
    told = f"{name}: {href}" if row.get("templated") else f'<a href="{href}">{name}</a>'
    return f"<li>{told}</li>"


def _table(rows: list[Mapping[str, Any]]) -> str:
    """Write the first rows."""
    if not rows:
        return ""
    names = list(rows[0])
    head = "".join(f"<th scope=col>{escape(str(name))}</th>" for name in names)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(row.get(name))}</td>" for name in names) + "</tr>"
        for row in rows[:_MOST_ROWS]
    )
    more = f"<p>De första {_MOST_ROWS} av {len(rows)}.</p>" if len(rows) > _MOST_ROWS else ""
    whole = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f"<div class=wide>{whole}</div>{more}"


def _cell(value: Any) -> str:
    """Write one value; an address of this service is a link."""
    text = "" if value is None else str(value)
    if text.startswith("http"):
        return f'<a href="{escape(text, quote=True)}">{escape(text)}</a>'
    return escape(text)
