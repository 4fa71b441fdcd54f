"""The list for answering those who told of darkness, once the light is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.maps.access import Role, access
from geo.maps.spreadsheet import write_about, write_sheet
from geo.maps.whose import streets_of
from geo.maps.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geopandas import GeoDataFrame

ANSWER_KEY = "Rapportnyckel"
ANSWER_TEXT = "Svar till den som anmälde"
_ABOUT = (
    ("Svar", "Skriv om texten så att den passar. Skriv inga namn, adresser eller nummer."),
    ("Sedan", "Läs in filen igen med lagesbild light --returned FIL: då sparas texterna."),
    ("Ej avslutade", "Rapporter som även gäller annat än ljus är kvar för bedömning."),
)


def write_answers(
    path: Path,
    answers: Sequence[dict[str, Any]],
    reports: GeoDataFrame,
    streets: GeoDataFrame,
    *,
    role: Role,
) -> int:
    """
    Write the list of reports to answer, with a text for staff to make their own.

    Parameters
    ----------
    path
        A workbook.
    answers
        ``id``, ``done_on`` and ``closed`` of each report.
    reports, streets
        Rows of the frames of those names, whole.
    role
        Who writes it; only roles that see single reports get any.

    Returns
    -------
    int
        Reports in the list; 0 for a role that may not see them, and no file.
    """
    import pandas as pd
    import xlsxwriter

    if not access("reports", role).single_rows or not answers:
        return 0
    rows = reports.set_index("id")
    names = streets_of({a["id"]: rows.geometry.loc[a["id"]] for a in answers}, streets)
    lines = []
    for answer in answers:
        report = rows.loc[answer["id"]]
        place = next(iter(names[answer["id"]]["names"]), "platsen")
        lines.append(
            {
                ANSWER_KEY: answer["id"],
                "Inkom": report["received_at"].date().isoformat(),
                "Plats": place,
                "Skäl": ", ".join(word("report_reason", r) for r in report["reasons"]),
                "Åtgärdat": answer["done_on"],
                "Läge": "avslutad" if answer["closed"] else "kvar: gäller även annat än ljus",
                ANSWER_TEXT: f"Tack för att du berättade. Belysningen vid {place} lagades "
                f"{answer['done_on']}. Är det fortfarande mörkt, hör av dig igen.",
            }
        )
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "in_memory": True}) as book:
        write_sheet(book, book.add_worksheet("Svar"), pd.DataFrame(lines), lang="sv")
        write_about(book, book.add_worksheet("Så gör ni"), list(_ABOUT))
    return len(lines)
