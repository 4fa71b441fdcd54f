"""The worklist as a file: a workbook, a table for any program, a GeoPackage, a page to print."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geo.errors import MapError
from geo.maps.about import about
from geo.maps.export import families, write_features
from geo.maps.spreadsheet import defused, write_about, write_sheet
from geo.maps.worklist import Worklist, worklist
from geo.maps.worklist_page import page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pandas as pd

    from geo.maps.picture import Picture

LAYER = "lighting_checks"
"""The layer whose note and period hold for the list as well."""
_ALSO = ("outages", "dark_stretches", "class_checks", "lamps")
_SHEETS = ("Åtgärdslista", "Nästa rond", "Ljuset inte orsaken")


def write_worklist(path: Path, picture: Picture) -> int:
    """
    Write the worklist to a file; the suffix chooses the format.

    Parameters
    ----------
    path
        A name that ends with .xlsx, .csv, .gpkg or .html; an existing file is
        replaced in one step.
    picture
        One week as one role may see it.

    Returns
    -------
    int
        Rows of work written, rounds included.

    Raises
    ------
    MapError
        If the suffix is none of these.
    AccessError
        If the role gets no worklist.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        msg = f"there is no way to write {path.suffix or 'a file without a suffix'!r}."
        raise MapError(msg, expected=", ".join(WRITERS), fix="end the file's name with one of them")
    made = worklist(picture)
    draft = path.with_name(f".{path.stem}.new{path.suffix}")
    draft.unlink(missing_ok=True)
    try:
        writer(draft, picture, made)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return len(made.rows)


def as_table(made: Worklist) -> pd.DataFrame:
    """
    Give the worklist as a plain table, headings as people read them.

    Parameters
    ----------
    made
        The worklist.

    Returns
    -------
    pandas.DataFrame
        One row of work each, rounds last.
    """
    import pandas as pd

    return pd.DataFrame([_line(row) for row in made.rows], columns=list(_line({})))


def _line(row: Mapping[str, Any]) -> dict[str, Any]:
    """One row of the table."""
    cost = row.get("cost") or {}
    late = row.get("late")
    return {
        "Nr": row.get("rank"),
        "Steg": row.get("step"),
        "Plats": row.get("place"),
        "Åtgärd": row.get("work"),
        "Varför": " ".join(row.get("why") or []),
        "Anläggningsägare": row.get("owner_label"),
        "Väghållare": row.get("street_owner_label"),
        "Säkerhet": row.get("confidence_label"),
        "Ljuspunkter": row.get("n_lamps"),
        "Stolpnummer": ", ".join(row.get("pole_refs") or []),
        "Dygn öppet": row.get("days_open"),
        "Mål, dygn": row.get("target_days"),
        "Över målet": None if late is None else ("ja" if late else "nej"),
        "Kostnad från, kr": cost.get("low"),
        "Kostnad till, kr": cost.get("high"),
        "Kostnaden gäller": cost.get("label"),
        "Kostnad, år och källa": cost.get("basis"),
        "Förbehåll": row.get("caveat"),
        "Evidensgrad": row.get("grade"),
        "Grund": row.get("basis"),
        "Följ upp efter veckor": ", ".join(map(str, row.get("follow_up_weeks") or [])),
        "Id": row.get("id"),
    }


def _other_tables(made: Worklist) -> dict[str, pd.DataFrame]:
    """Give the sheets after the list: the rounds lamp by lamp, and where light is not it."""
    import pandas as pd

    told = made.told
    rounds = [
        {"Anläggningsägare": row["owner_label"], "Stolpnummer": pole}
        for row in told["rounds"]
        for pole in row["pole_refs"]
    ]
    calm = [
        {
            "Plats": row["place"],
            "Bedömning": row["sentence"],
            "Varför": " ".join(row["why"]),
            "Säkerhet": row["confidence_label"],
            "Förbehåll": row["caveat"],
        }
        for row in (*told["not_light"], *told["cannot_tell"])
    ]
    return {
        _SHEETS[1]: pd.DataFrame(rounds, columns=["Anläggningsägare", "Stolpnummer"]),
        _SHEETS[2]: pd.DataFrame(
            calm, columns=["Plats", "Bedömning", "Varför", "Säkerhet", "Förbehåll"]
        ),
    }


def about_lines(picture: Picture, made: Worklist) -> list[tuple[str, str]]:
    """
    Say what the list is, for a first sheet.

    Parameters
    ----------
    picture
        The picture it is of.
    made
        The worklist.

    Returns
    -------
    list of tuple
        Heading and text.
    """
    told = made.told
    lines = [line for line in about(picture, LAYER, n=len(made.rows)) if line[0] != "Lager"]
    first = [
        ("Åtgärdslista", told["sentence"]),
        ("Ordning", told["order"]),
        ("Löfte", told["promise"]),
        *(("Att veta", note) for note in told["notes"]),
    ]
    return [*first, *lines]


def _write_xlsx(path: Path, picture: Picture, made: Worklist) -> None:
    """Write a workbook: what it is, the list, the rounds, where light is not the cause."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(path, options) as book:
        write_about(book, book.add_worksheet("Om listan"), about_lines(picture, made))
        sheets = {_SHEETS[0]: as_table(made), **_other_tables(made)}
        for name, table in sheets.items():
            write_sheet(book, book.add_worksheet(name), table, lang=picture.lang)


def _write_csv(path: Path, _picture: Picture, made: Worklist) -> None:
    """Write a table that a Swedish Excel opens right."""
    table = as_table(made)
    for name in table.columns:
        table[name] = [defused(value) for value in table[name]]
    table.to_csv(path, sep=";", decimal=",", index=False, encoding="utf-8-sig")


def _write_gpkg(path: Path, picture: Picture, made: Worklist) -> None:
    """Write the list with its places, and the layers it rests on, for GIS."""
    import geopandas as gpd

    table = as_table(made)
    shapes = [made.shapes.get(row["id"]) for row in made.rows]
    rows = gpd.GeoDataFrame(table, geometry=shapes, crs=picture.profile.crs)
    for name, family, part in families("atgardslista", "point", rows):
        write_features(path, name, family, part, title=_SHEETS[0])
    for layer in _ALSO:
        described = picture.describe(layer)
        kept = picture.layer(layer)
        for column in [c for c in kept.columns if kept[c].dtype == object]:
            kept = kept.assign(**{column: [", ".join(map(str, v or [])) for v in kept[column]]})
        for name, family, part in families(layer, described["geometry"], kept):
            write_features(path, name, family, part, title=described["title"])


def _write_html(path: Path, picture: Picture, made: Worklist) -> None:
    """Write a page to print and put on the table."""
    path.write_text(page(picture, made), encoding="utf-8")


WRITERS: Mapping[str, Callable[[Path, Picture, Worklist], None]] = MappingProxyType(
    {".xlsx": _write_xlsx, ".csv": _write_csv, ".gpkg": _write_gpkg, ".html": _write_html}
)
"""Suffix -> writer."""
