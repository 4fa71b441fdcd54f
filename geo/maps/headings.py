"""What a column is called on a page, in a table and in a file."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADINGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "id": ("Id", "Id"),
        "place_id": ("Plats-id", "Place id"),
        "place_name": ("Plats", "Place"),
        "name": ("Namn", "Name"),
        "rank": ("Rang", "Rank"),
        "rank_low": ("Bästa rang", "Best rank"),
        "rank_high": ("Sämsta rang", "Worst rank"),
        "rank_label": ("Rang, spann", "Rank span"),
        "certainty": ("Säkerhet, kod", "Certainty, code"),
        "certainty_label": ("Säkerhet", "Certainty"),
        "claim": ("Påstående, kod", "Claim, code"),
        "claim_label": ("Påstående", "Claim"),
        "class": ("Utveckling, kod", "Trend, code"),
        "class_label": ("Utveckling", "Trend"),
        "sentence": ("I ord", "In words"),
        "when_label": ("Tid", "When"),
        "window_label": ("Tid", "When"),
        "method": ("Metod", "Method"),
        "n": ("Antal", "Count"),
        "n_min": ("Minst", "At least"),
        "n_max": ("Högst", "At most"),
        "n_label": ("Antal, i ord", "Count, in words"),
        "n_periods": ("Veckor med händelser", "Weeks with events"),
        "suppressed": ("Litet antal dolt", "Small count hidden"),
        "expected": ("Väntat antal", "Expected count"),
        "score": ("Poäng", "Score"),
        "p": ("p-värde", "p-value"),
        "q": ("q-värde (Benjamini-Hochberg)", "q-value (Benjamini-Hochberg)"),
        "rate": ("Kvot mot väntat", "Ratio to expected"),
        "rate_low": ("Kvot, undre gräns 95 %", "Ratio, lower 95 %"),
        "rate_high": ("Kvot, övre gräns 95 %", "Ratio, upper 95 %"),
        "period_from": ("Period från", "Period from"),
        "period_to": ("Period till", "Period to"),
        "n_recent": ("Antal senaste 4 veckor", "Count, last 4 weeks"),
        "n_before": ("Antal 4 veckor innan", "Count, 4 weeks before"),
        "peak_hours": ("Timmar med flest", "Peak hours"),
        "profile": ("Timprofil", "Hour profile"),
        "categories": ("Kategorier", "Categories"),
        "sources": ("Källor", "Sources"),
        "dark_share": ("Andel i mörker", "Share in darkness"),
        "n_timed": ("Antal med känd tid", "Count with known hour"),
        "area_m2": ("Yta, m²", "Area, m²"),
        "street_m": ("Gatulängd, m", "Street length, m"),
        "caveats": ("Förbehåll", "Caveats"),
        "caveat": ("Förbehåll", "Caveat"),
        "run_id": ("Körning", "Run"),
        "category": ("Kategori, kod", "Category, code"),
        "category_label": ("Kategori", "Category"),
        "source_category": ("Källans kategori", "Source's category"),
        "occurred_from": ("Tidigast", "Earliest"),
        "occurred_to": ("Senast", "Latest"),
        "time_known": ("Tid känd", "Time known"),
        "reported_at": ("Anmäld", "Reported"),
        "setting": ("Miljö, kod", "Setting, code"),
        "setting_label": ("Miljö", "Setting"),
        "accuracy_m": ("Lägesfel, m", "Position error, m"),
        "source": ("Källa", "Source"),
        "actor": ("Aktör", "Actor"),
        "found_by": ("Upptäckt av", "Found by"),
        "duplicate_group": ("Dubblettgrupp", "Duplicate group"),
        "flags": ("Tveksamheter", "Doubts"),
        "weight": ("Vikt", "Weight"),
        "received_at": ("Inkom", "Received"),
        "felt": ("Känns, kod", "Felt, code"),
        "felt_label": ("Känns", "Felt"),
        "unsafe_when": ("När, kod", "When, code"),
        "reasons": ("Skäl, koder", "Reasons, codes"),
        "reasons_label": ("Skäl", "Reasons"),
        "state": ("Läge, kod", "State, code"),
        "state_label": ("Läge", "State"),
        "merged_into": ("Ihopslagen med", "Merged into"),
        "public_text": ("Text för publicering", "Text for publication"),
        "channel": ("Kanal", "Channel"),
        "light_source": ("Ljuskälla", "Light source"),
        "flux_lm": ("Ljusflöde, lm", "Flux, lm"),
        "flux_basis": ("Ljusflöde gäller", "Flux is of"),
        "power_w": ("Effekt, W", "Power, W"),
        "height_m": ("Höjd, m", "Height, m"),
        "arm_m": ("Armlängd, m", "Arm, m"),
        "azimuth_deg": ("Riktning, grader", "Azimuth, degrees"),
        "optic": ("Optik", "Optic"),
        "cct_k": ("Färgtemperatur, K", "Colour temperature, K"),
        "state_since": ("Sedan", "Since"),
        "owner": ("Anläggningsägare", "Owner"),
        "circuit": ("Belysningscentral", "Circuit"),
        "schedule": ("Tändschema", "Schedule"),
        "pole_ref": ("Stolpnummer", "Pole number"),
        "installed": ("Uppsatt", "Installed"),
        "assumed": ("Antagna värden", "Assumed values"),
        "lamp_id": ("Ljuspunkt", "Lamp"),
        "kind": ("Slag, kod", "Kind, code"),
        "kind_label": ("Slag", "Kind"),
        "closed_at": ("Åtgärdad", "Closed"),
        "priority": ("Ordning", "Order"),
        "window": ("Tid, kod", "When, code"),
        "rule": ("Regel", "Rule"),
        "confidence": ("Säkerhet, kod", "Confidence, code"),
        "confidence_label": ("Säkerhet", "Confidence"),
        "length_m": ("Längd, m", "Length, m"),
        "outage_m": ("Varav släckt, m", "Of it out, m"),
        "missing_m": ("Varav saknas, m", "Of it missing, m"),
        "cause": ("Orsak, kod", "Cause, code"),
        "cause_label": ("Orsak", "Cause"),
        "n_lamps": ("Ljuspunkter", "Lamps"),
        "n_register": ("Släckta enligt registret", "Out by the register"),
        "n_reports": ("Felanmälningar", "Fault reports"),
        "since": ("Sedan", "Since"),
        "days_open": ("Dygn öppet", "Days open"),
        "target_days": ("Mål, dygn", "Target, days"),
        "late": ("Över målet", "Past target"),
        "open_label": ("Öppet", "Open"),
        "owner_label": ("Ägare", "Owner"),
        "poles_label": ("Stolpar", "Poles"),
        "owners": ("Anläggningsägare", "Owners"),
        "circuits": ("Belysningscentraler", "Circuits"),
        "pole_refs": ("Stolpnummer", "Pole numbers"),
        "lamp_ids": ("Ljuspunkter, id", "Lamps, id"),
        "fault_ids": ("Felanmälningar, id", "Faults, id"),
        "street_id": ("Gata, id", "Street, id"),
        "street_ids": ("Gator, id", "Streets, id"),
        "height_assumed_share": ("Andel antagna höjder", "Share of heights assumed"),
        "lit": ("Belyst, kod", "Lit, code"),
        "lit_label": ("Belyst", "Lit"),
        "level": ("Indelning", "Division"),
        "parent_id": ("Del av", "Part of"),
        "population": ("Invånare", "Residents"),
        "population_year": ("Invånare, år", "Residents, year"),
        "check_locked": ("Låskontroll", "Lock check"),
        "opening": ("Öppettider", "Opening hours"),
        "starts_on": ("Första dag", "First day"),
        "ends_on": ("Sista dag", "Last day"),
        "lessons": ("Lärdomar", "Lessons"),
        "cell": ("Ruta", "Square"),
        "easting_m": ("Öst, m", "Easting, m"),
        "northing_m": ("Nord, m", "Northing, m"),
        "longitude": ("Longitud", "Longitude"),
        "latitude": ("Latitud", "Latitude"),
    }
)
"""Column -> (Swedish, English)."""


def heading(name: str, *, lang: str = "sv") -> str:
    """
    Say what a column is called.

    Parameters
    ----------
    name
        The column.
    lang
        ``"sv"`` or ``"en"``.

    Returns
    -------
    str
        The heading; the name itself, without underscores, when it has none.
    """
    pair = HEADINGS.get(name)
    return pair[0 if lang == "sv" else 1] if pair else name.replace("_", " ")
