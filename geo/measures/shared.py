"""Gates and reasons that several rules share."""

from __future__ import annotations

from geo.measures.rules import Clause, Gate, Reason

FEW = 3
"""Fewer incidents in the dark than this say nothing of light."""
ENOUGH = 5
"""So many incidents in the dark make it worth saying that light is not the cause."""
SURVEYED = 0.8
"""Share of the street at a place that must be surveyed before its light is judged."""
NEARLY_ALL = 0.9
"""Share of the street at a place that lamps must reach, when some path there has none."""
UNTOLD = 0.2
"""Where so large a share of the lamps may be out for all anybody knows, light is not cleared."""
DARK_M = 30.0
"""Shortest dark stretch that is worth an errand."""

SURE: Clause = (Gate("certainty", "in", ("well_supported", "likely")),)
PLACE: Clause = (Gate("certainty", "in", ("well_supported", "likely", "possible")),)
PLACE_OR_FELT: Clause = (*PLACE, Gate("n_dark_reports", ">=", 2))
DARK: Clause = (Gate("n_dark", ">=", FEW), Gate("n_dark_reports", ">=", 1))
SEEN: Clause = (Gate("inventory_share", ">=", SURVEYED),)
NO_LAMP_OUT: Clause = (Gate("n_faulty", "==", 0),)

HAPPENED = (
    Reason("rate", "rate", "ratio", "hotspots", n="n", ids="hotspot_ids"),
    Reason("recent", "n_recent", "incidents", "hotspots", n="n_recent", ids="hotspot_ids"),
    Reason("hours", "peak_share", "share", "hotspots", n="peak_n_timed", ids="hotspot_ids"),
)
AT_NIGHT = (
    Reason("dark_share", "dark_share", "share", "incidents", n="n_timed"),
    Reason("dark_reports", "n_dark_reports", "reports", "reports", ids="report_ids"),
)
LAMPS = (
    Reason("lamps_faulty", "n_faulty", "lamps", "lamps", n="n_lamps", ids="lamp_ids"),
    Reason("faults_open", "n_open_faults", "faults", "faults", ids="fault_ids"),
    Reason("dark_metres", "dark_m", "m", "streets", ids="stretch_ids"),
)
CLASS_MET = Reason("p_class", "p_class", "share", "streets", even_zero=True)
DARK_HOURS = Reason("dark_hours", "dark_hours_more", "", "incidents")
ENOUGH_LX = 5.0
"""Mean of class P4, the usual one of a path for walking and cycling."""
OWNER = Reason("owner", "owner", "", "lamps", n="n_lamps")
INVENTORY = Reason("inventory_share", "inventory_share", "share", "streets", even_zero=True)
POLE_COST = (15_400, 58_000)
POLE_BASIS = (
    "per stolpe: 15 400 kr med samförlagd kabel (2018), 56 000-58 000 kr längs väg "
    "(Nordanstig, april 2022), utan borrning och trafikanordningar"
)
LED_COST = (3_600, 4_100)
LED_BASIS = "om armaturen byts, med montage: 3 600 kr (Eslöv 2023), 4 100 kr (Laholm)"
