"""The order as files: a workbook to fill in, and a GeoPackage for the contractor's own map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.errors import MapError
from geo.maps.export import write_features
from geo.maps.spreadsheet import write_about, write_sheet
from geo.measures.answer import CODES
from geo.spatial import DOOR_CRS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geopandas import GeoDataFrame

    from geo.maps.picture import Picture
    from geo.maps.worklist import Worklist

SHEET = "Beställning"
_MOST_OWNERS = 12
KEY = "Radnyckel"
TO_FILL = ("Utfört datum", "Åtgärd", "Anmärkning (kod)", "Uppmätt lux")


def errands(
    made: Worklist, picture: Picture, *, owner: str | None = None, skip: Mapping[str, str]
) -> list[dict[str, Any]]:
    """
    Choose what to order: the lamps to mend, without those that are ordered already.

    Parameters
    ----------
    made
        The worklist.
    picture
        The picture it is of.
    owner
        Only lamps of this owner; None takes all.
    skip
        Lamps that are ordered and not yet mended.

    Returns
    -------
    list of dict
        As `geo.measures.order.order_measures` takes them; none without lamps.
    """
    import shapely

    lamps = picture.layer("lamps").set_index("id")
    taken, out = set(skip), []
    for row in made.rows:
        if row["kind"] != "lamp_repair" or not row["n_lamps"]:
            continue
        ids = [i for i in row["lamp_ids"] if i not in taken and i in lamps.index]
        if owner is not None:
            ids = [i for i in ids if str(lamps.at[i, "owner"]) == owner]
        taken |= set(ids)
        if not ids:
            continue
        mine = lamps.loc[ids]
        poles = [p if isinstance(p, str) else None for p in mine["pole_ref"]]
        spots = mine.geometry.to_numpy()
        out.append(
            {
                "id": row["id"],
                "place": row.get("place") or row["owner_label"],
                "place_id": row.get("place_id"),
                "work": row["work"],
                "owner": row["owner_label"],
                "target_days": row["target_days"],
                "lamps": [{"lamp_id": i, "pole_ref": p} for i, p in zip(ids, poles, strict=True)],
                "geometry": spots[0] if len(spots) == 1 else shapely.MultiPoint(spots),
            }
        )
    return out


def require_owner(owner: str, picture: Picture) -> None:
    """
    Refuse an owner that no lamp has.

    Parameters
    ----------
    owner
        As it was asked for.
    picture
        The picture whose lamps are looked at.

    Raises
    ------
    MapError
        If no lamp is theirs; it names the owners there are.
    """
    there = sorted(str(name) for name in picture.layer("lamps")["owner"].dropna().unique())
    if owner in there:
        return
    msg = f"no lamp in the register is owned by {owner[:60]!r}."
    if not there:
        raise MapError(msg, fix="the register names no owners: order without --owner")
    shown = ", ".join(there[:_MOST_OWNERS])
    fix = "write the owner as the register does, or leave --owner out"
    raise MapError(msg, known=shown, fix=fix)


def write_order(
    path: Path, measures: GeoDataFrame, lamps: GeoDataFrame, *, lines: Sequence[tuple[str, str]]
) -> int:
    """
    Write an order; the suffix chooses the format.

    Parameters
    ----------
    path
        A name that ends with .xlsx or .gpkg.
    measures
        What `geo.measures.order.order_measures` gave.
    lamps
        Lamps that may leave, with their places.
    lines
        What the order is, heading and text.

    Returns
    -------
    int
        Rows written, one a lamp.

    Raises
    ------
    MapError
        If the suffix is neither.
    """
    rows = _rows(measures, lamps)
    table = rows.drop(columns="geometry")
    suffix = path.suffix.lower()
    if suffix == ".gpkg":
        path.unlink(missing_ok=True)
        write_features(path, "bestallning", "point", rows, title=SHEET)
    elif suffix == ".xlsx":
        import xlsxwriter

        options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
        with xlsxwriter.Workbook(path, options) as book:
            sheet = book.add_worksheet(SHEET)
            write_sheet(book, sheet, table, lang="sv")
            last, column = len(table), list(table.columns).index("Anmärkning (kod)")
            choice = {"validate": "list", "source": list(CODES)}
            sheet.data_validation(1, column, max(last, 1), column, choice)
            codes = [(code, text) for code, (_, text) in CODES.items()]
            write_about(book, book.add_worksheet("Så fyller ni i"), [*lines, *codes])
    else:
        msg = f"an order cannot be written as {suffix or 'a file without a suffix'!r}."
        raise MapError(msg, expected=".xlsx, .gpkg", fix="end the file's name with one of them")
    return len(rows)


def _rows(measures: GeoDataFrame, lamps: GeoDataFrame) -> GeoDataFrame:
    """Give one row for each lamp of an order, with empty columns to fill in."""
    import geopandas as gpd
    import pandas as pd

    spots = lamps.set_index("id").geometry
    lines, shapes = [], []
    for measure in measures.itertuples():
        for row in measure.goal["rows"]:
            shapes.append(spots.loc[row["lamp_id"]])
            lines.append(
                {
                    KEY: row["key"],
                    "Stolpnummer": row["pole_ref"] or "",
                    "Plats": str(measure.title).partition(": ")[2],
                    "Arbete": "Reparera släckt ljuspunkt",
                    "Ägare": measure.owner_unit,
                    "Beställt": measure.decided_at.date().isoformat(),
                    "Klart senast": ", inom ".join(
                        part for part in (measure.goal["date"], measure.goal.get("within")) if part
                    ),
                }
            )
    at = gpd.GeoSeries(shapes, crs=lamps.crs)
    degrees = at.to_crs(DOOR_CRS) if len(at) else at
    table = pd.DataFrame(lines, columns=[KEY, "Stolpnummer", "Plats", "Arbete", "Ägare",
                                         "Beställt", "Klart senast"])  # fmt: skip
    table["Öst, m"], table["Nord, m"] = at.x.round(1), at.y.round(1)
    table["Latitud"], table["Longitud"] = degrees.y.round(6), degrees.x.round(6)
    for name in TO_FILL:
        table[name] = ""
    return gpd.GeoDataFrame(table, geometry=at, crs=lamps.crs)
