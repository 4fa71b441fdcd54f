"""The blank protocol of a safety walk, and the list for the meeting where it is answered."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from geo.errors import MapError
from geo.maps.spreadsheet import write_about, write_sheet
from geo.measures.walk import FAULTS, HEADS, PROGRAMME

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from geopandas import GeoDataFrame

ITEMS = 20
STATES = {
    "proposed": "föreslagen",
    "decided": "beslutad",
    "ongoing": "pågår",
    "done": "klar",
    "followed_up": "följs upp",
    "closed": "avslutad",
    "declined": "avslagen",
}
_ABOUT = (
    ("Fyll i", "En rad för varje brist. Ange koordinater i kommunens system, eller stolpnummer."),
    ("Ansvarig", "En funktion eller förening, aldrig en person."),
    ("Skriv inte", "Inga namn, inga registreringsnummer, inget om enskilda."),
    ("Sedan", "lagesbild light --returned FIL"),
)


def write_blank(path: Path) -> int:
    """
    Write the blank protocol of a safety walk.

    Parameters
    ----------
    path
        A workbook, .xlsx.

    Returns
    -------
    int
        Rows to fill in.

    Raises
    ------
    MapError
        If it is to be anything but a workbook.
    """
    import pandas as pd
    import xlsxwriter

    if path.suffix.lower() != ".xlsx":
        msg = "a protocol is written as a workbook."
        raise MapError(msg, found=path.suffix, expected=".xlsx", fix="end the file's name with it")
    table = pd.DataFrame("", index=range(ITEMS), columns=list(HEADS.values()))
    table[HEADS["number"]] = range(1, ITEMS + 1)
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Protokoll")
        write_sheet(book, sheet, table, lang="sv")
        column = list(HEADS).index("fault")
        choice = {"validate": "list", "source": list(FAULTS)}
        sheet.data_validation(1, column, ITEMS, column, choice)
        codes = [(code, text) for code, (_, _, text) in FAULTS.items()]
        write_about(book, book.add_worksheet("Så fyller ni i"), [*_ABOUT, *codes])
    return ITEMS


def meeting_rows(measures: GeoDataFrame) -> pd.DataFrame:
    """
    List what came of safety walks, for the meeting that tells those who walked.

    Parameters
    ----------
    measures
        Rows of the frame ``measures``.

    Returns
    -------
    pandas.DataFrame
        Place and measure, problem, who, by when, state and outcome; what is
        late or without an owner first.
    """
    import pandas as pd

    mine = measures[measures["programme"] == PROGRAMME]
    rows = pd.DataFrame(
        {
            "Åtgärd": mine["title"],
            "Brist": mine["problem"],
            "Ansvarig": mine["owner_unit"],
            "Klart senast": mine["ends_on"].dt.strftime("%Y-%m-%d").fillna(""),
            "Läge": mine["state"].map(STATES),
            "Vad hände": mine["outcome"].fillna(""),
        }
    )
    return rows.sort_values(["Klart senast", "Åtgärd"], ignore_index=True)


def write_meeting(path: Path, measures: GeoDataFrame) -> int:
    """
    Write the list for the meeting; the suffix chooses the format.

    Parameters
    ----------
    path
        A name that ends with .xlsx or .html.
    measures
        Rows of the frame ``measures``.

    Returns
    -------
    int
        Rows written.

    Raises
    ------
    MapError
        If the suffix is neither.
    """
    rows = meeting_rows(measures)
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        import xlsxwriter

        with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "in_memory": True}) as book:
            write_sheet(book, book.add_worksheet("Återkoppling"), rows, lang="sv")
    elif suffix == ".html":
        path.write_text(_page(rows), encoding="utf-8")
    else:
        msg = f"the list cannot be written as {suffix or 'a file without a suffix'!r}."
        raise MapError(msg, expected=".xlsx, .html", fix="end the file's name with one of them")
    return len(rows)


def _page(rows: Any) -> str:
    """Write the list as a page to print."""
    heads = "".join(f"<th scope=col>{escape(name)}</th>" for name in rows.columns)
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(str(value))}</td>" for value in row) + "</tr>"
        for row in rows.itertuples(index=False)
    )
    return (
        '<!doctype html><html lang="sv"><head><meta charset="utf-8">'
        "<title>Återkoppling av trygghetsvandring</title><style>"
        "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}"
        "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;"
        "padding:.5rem;border-bottom:1px solid #bbb}@page{size:A4 landscape;margin:12mm}"
        f"</style></head><body><h1>Återkoppling av trygghetsvandring</h1>"
        f"<p>{len(rows)} punkter.</p><table><thead><tr>{heads}</tr></thead>"
        f"<tbody>{lines}</tbody></table></body></html>\n"
    )
