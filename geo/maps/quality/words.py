"""What codes of data quality are called on a page, Swedish first."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.maps.worklist_basis import LAMP_DOUBTS

if TYPE_CHECKING:
    from collections.abc import Mapping

FRAME_NAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "incidents": ("Händelser", "Incidents"),
        "reports": ("Otrygga platser", "Unsafe places"),
        "notices": ("Polisens notiser", "Police notices"),
        "lamps": ("Ljuspunkter", "Lamps"),
        "faults": ("Felanmälningar", "Fault reports"),
        "measurements": ("Mätningar", "Measurements"),
        "streets": ("Vägnät", "Streets"),
        "areas": ("Områden", "Areas"),
        "facilities": ("Verksamheter", "Facilities"),
        "events": ("Kalender", "Calendar"),
        "assessments": ("Veckobedömningar", "Weekly assessments"),
        "indicators": ("Indikatorer", "Indicators"),
        "measures": ("Beslutade åtgärder", "Decided measures"),
        "visits": ("Besök", "Visits"),
    }
)
DOUBTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "time_in_fold": ("timmen som går två gånger när klockan ställs om", "in the repeated hour"),
        "time_unknown": ("klockslaget saknas", "time of day unknown"),
        "interval_reversed": ("slutar före sin början", "ends before it starts"),
        "future": ("ligger i framtiden", "lies in the future"),
        "far_away": ("långt utanför kommunen", "far outside the municipality"),
        "stacked": ("många på en och samma punkt", "many on one point"),
        "near_duplicate": ("lik en annan rad", "like another row"),
        "text_scrubbed": ("personuppgift borttagen ur text", "personal data taken out"),
        "unknown_category": ("okänt ord, blev Övrigt", "unknown word, became Other"),
        "in_home": ("mellan personer i ett hem", "between people in a home"),
        "outside": (
            "utanför kommunen, av en fil över ett större område",
            "outside the municipality",
        ),
        "skipped": ("hoppas över enligt mappningen", "skipped by the mapping"),
        "position_missing": ("plats saknas", "no position"),
        "position_zero": ("platsen är 0,0", "position is 0,0"),
        "position_unreadable": ("platsen går inte att läsa", "position cannot be read"),
        "missing_value": ("ett värde som måste finnas saknas", "a value that must be there is not"),
        "ragged_row": ("raden har fel antal fält", "row has another number of fields"),
        "time_in_gap": (
            "timmen som hoppas över när klockan ställs fram",
            "the hour does not exist",
        ),
        "time_unreadable": ("tiden går inte att läsa", "time cannot be read"),
        "time_missing": ("tid saknas", "no time"),
        "time_out_of_range": ("tiden är orimlig", "time makes no sense"),
        "duplicate_reference": ("samma ärendenummer två gånger", "same case number twice"),
        "geometry_type": ("fel slags form på kartan", "wrong kind of shape"),
        "geometry_mended": ("formen lagades", "shape was mended"),
        "row_empty": ("tom rad", "empty row"),
        "unknown_word": ("okänt ord", "unknown word"),
        "unreadable_value": ("värdet går inte att läsa", "value cannot be read"),
        "unreadable": ("gick inte att läsa", "could not be read"),
        "out_of_range": ("orimligt värde", "value out of range"),
        **LAMP_DOUBTS,
        "unknown_key": ("okänd radnyckel", "unknown row key"),
        "duplicate_key": ("samma radnyckel två gånger", "same row key twice"),
        "pole_changed": ("stolpnumret är ändrat", "pole number was changed"),
        "unknown_code": ("okänd kod", "unknown code"),
        "date_missing": ("datum saknas", "no date"),
        "date_unreadable": ("datumet går inte att läsa", "date cannot be read"),
        "date_in_future": ("datumet ligger i framtiden", "date lies in the future"),
        "date_before_order": ("datumet är före beställningen", "date is before the order"),
        "lux_unreadable": ("uppmätt lux går inte att läsa", "lux cannot be read"),
        "unknown_fault": (
            "okänd kod för brist; koderna står på bladet Så fyller ni i",
            "unknown code of what is wrong; the sheet Så fyller ni i lists them",
        ),
        "unknown_pole": ("okänt stolpnummer", "unknown pole number"),
        "due_before_walk": ("klart senast är före vandringen", "deadline is before the walk"),
        "no_place": ("plats saknas eller går inte att läsa", "no place, or it cannot be read"),
    }
)
PERSONAL: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "personal_number": ("personnummer", "personal numbers"),
        "coordination_number": ("samordningsnummer", "coordination numbers"),
        "email": ("e-postadresser", "e-mail addresses"),
        "phone": ("telefonnummer", "phone numbers"),
        "plate": ("registreringsnummer", "number plates"),
        "apartment": ("lägenhetsnummer", "flat numbers"),
        "name": ("namn", "names"),
    }
)
NOTHING_FOUND = ("inget upptäckt", "nothing detected")
"""Of personal data: a search that finds nothing has not shown that there is nothing."""


def word(table: Mapping[str, tuple[str, str]], code: str, *, lang: str) -> str:
    """
    Give what a code is called; a code that has no word yet stands as it is.

    Parameters
    ----------
    table
        Words by code.
    code
        The code.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        The word.
    """
    head, _, column = code.partition(":")
    found = table.get(head)
    said = head.replace("_", " ") if found is None else found[0 if lang == "sv" else 1]
    return f"{said} ({column})" if column else said
