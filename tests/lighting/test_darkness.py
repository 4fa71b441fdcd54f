"""Dark incidents: by the sun and the setting, never by the clock alone."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from scipy.stats import beta
from shapely import LineString

from geo.errors import AnalysisError, CrsError
from geo.frames import INCIDENTS
from geo.lighting.darkness import FACT_COLUMNS, dark_facts, incident_light, outdoor
from geo.lighting.places import place_ids

DAY, TWILIGHT, DARK = "2026-06-15 10:00", "2026-12-21 15:00", "2026-12-21 20:00"
HERE = {"at": (50, 50)}


def test_the_same_clock_hour_is_light_in_june_and_dark_in_december(town: Any) -> None:
    rows = town.incidents(
        {"occurred_from": "2026-06-15 20:00", **HERE}, {"occurred_from": DARK, **HERE}
    )
    assert incident_light(rows)["light"].tolist() == ["twilight", "dark"]


def test_an_interval_is_shared_and_a_day_says_nothing(town: Any) -> None:
    rows = town.incidents(
        {"occurred_from": "2026-12-21 12:00", "occurred_to": "2026-12-21 18:00", **HERE},
        {"occurred_from": DARK, "occurred_to": "2026-12-21 23:00", **HERE},
        {"occurred_from": DARK, "occurred_to": "2026-12-22 20:00", **HERE},
        {"occurred_from": DARK, "time_known": False, **HERE},
        {"occurred_from": None, **HERE},
        {"occurred_from": DARK},
    )
    got = incident_light(rows)
    assert got["light"].tolist() == ["mixed", "dark", *["unknown"] * 4]
    assert got[["dark", "twilight", "day"]].iloc[0].sum() == pytest.approx(1)
    assert got["dark"].iloc[2:].isna().all()
    assert incident_light(rows, where=(15.0, 57.7))["light"].iloc[-1] == "dark"


def test_the_far_north_and_the_nights_the_clocks_change(town: Any) -> None:
    north = {"at": (220_000, 1_130_000)}  # Kiruna
    rows = town.incidents(
        {"occurred_from": "2026-06-21 22:40", **north},  # midnight sun
        {"occurred_from": "2026-12-21 10:40", **north},  # noon: twilight, never dark
        {"occurred_from": "2026-06-21 00:00", "occurred_to": "2026-06-21 23:00", **north},
        {"occurred_from": "2026-12-21 00:00", "occurred_to": "2026-12-21 23:00", **north},
        # the hour that came twice, from its first 02:30 to its second: dark throughout
        {"occurred_from": "2026-10-25 00:30", "occurred_to": "2026-10-25 01:30", **HERE},
        # over the spring gap: one hour on the clock's face more than passed
        {"occurred_from": "2026-03-29 00:30", "occurred_to": "2026-03-29 01:30", **HERE},
    )
    got = incident_light(rows)
    assert got["light"].tolist() == ["day", "twilight", "day", "mixed", "dark", "dark"]
    assert got.loc[3, "day"] == 0  # the sun never rises
    assert got.loc[3, ["dark", "twilight"]].sum() == pytest.approx(1)


def test_only_outdoor_events_enter(town: Any) -> None:
    rows = town.incidents(
        {"setting": "outdoor", "category": "theft"},
        {"setting": "public_indoor", "category": "theft"},  # evening thefts in a shop
        {"setting": "dwelling_exterior", "category": "burglary"},
        {"setting": "outdoor", "category": "litter"},
        {"setting": "unknown", "category": "vandalism"},  # its source tells settings
        {"setting": "unknown", "category": "vandalism", "source": "mute"},
        {"setting": "unknown", "category": "theft", "source": "mute"},  # theft is mostly indoors
    )
    assert outdoor(rows).tolist() == [True, False, False, False, False, True, False]


def test_facts_of_a_place_by_hand(town: Any) -> None:
    rows = town.incidents(
        *({"occurred_from": DARK, **HERE} for _ in range(6)),
        *({"occurred_from": DAY, **HERE} for _ in range(3)),
        {"occurred_from": TWILIGHT, **HERE},
        {"occurred_from": None, **HERE},
        {"occurred_from": DARK, "setting": "public_indoor", **HERE},
        *({"occurred_from": DAY, "at": (900, 900)} for _ in range(10)),
    )
    got = dark_facts(town.places(a=(0, 0, 100, 100), b=(5000, 0, 5100, 100)), rows)
    assert list(got.columns) == list(FACT_COLUMNS)
    a = got.loc["a"]
    assert a[["n_outdoor", "n_timed", "n_dark", "dark_share"]].tolist() == [11, 10, 6, 0.6]
    assert a["dark_low"] == pytest.approx(beta.ppf(0.025, 6, 5))
    assert a["dark_high"] == pytest.approx(beta.ppf(0.975, 7, 4))
    assert a["dark_share_all"] == pytest.approx(0.3)
    assert a["setting_unknown_share"] == 0
    b = got.loc["b"]
    assert b[["n_outdoor", "n_timed", "n_dark"]].tolist() == [0, 0, 0]
    assert b[["dark_share", "dark_low", "dark_high"]].isna().all()


def test_weights_and_shares_are_summed_not_rounded(town: Any) -> None:
    rows = town.incidents(
        {"occurred_from": DARK, "weight": 0.5, **HERE},
        {"occurred_from": DARK, "weight": 0.5, **HERE},
        {"occurred_from": DAY, **HERE},
    )
    got = dark_facts(town.places(a=(0, 0, 100, 100)), rows).loc["a"]
    assert got[["n_timed", "n_dark", "dark_share"]].tolist() == [2, 1, 0.5]


def test_a_place_drawn_as_a_line_reaches_25_metres(town: Any) -> None:
    places = town.places(a=(0, 0, 100, 100))
    line = LineString([(500_000, 6_400_000), (500_100, 6_400_000)])
    places = places.set_geometry([line], crs=places.crs)
    rows = town.incidents(
        {"occurred_from": DARK, "at": (50, 24)}, {"occurred_from": DARK, "at": (50, 26)}
    )
    assert dark_facts(places, rows).loc["a", "n_dark"] == 1


def test_the_share_of_unknown_settings_is_told(town: Any) -> None:
    rows = town.incidents(
        {"occurred_from": DARK, **HERE},
        {"occurred_from": DARK, "setting": "unknown", "source": "mute", **HERE},
    )
    got = dark_facts(town.places(a=(0, 0, 100, 100)), rows)
    assert got.loc["a", "setting_unknown_share"] == 0.5


def test_nothing_and_wrong_input(town: Any) -> None:
    places = town.places(a=(0, 0, 100, 100))
    got = dark_facts(places, INCIDENTS.empty())
    assert got.loc["a", "n_outdoor"] == 0
    assert pd.isna(got.loc["a", "dark_share_all"])
    assert dark_facts(town.places(), town.incidents({"occurred_from": DARK, **HERE})).empty
    with pytest.raises(CrsError):
        dark_facts(places, INCIDENTS.empty(crs="EPSG:3009"))
    with pytest.raises(AnalysisError, match="share an id"):
        place_ids(pd.concat([places, places]))
    assert place_ids(places.set_index("id")).tolist() == ["a"]
