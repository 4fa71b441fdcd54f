"""Typed places on the map: words with spreads, and nothing that points at a few reports."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pytest
from shapely import box

from geo.frames import PLACE_TYPES
from geo.maps import Role
from geo.maps.gate import view
from geo.maps.layers_threeway import acts_label, type_label, type_sentence

CRS = "EPSG:3006"
ROW: dict[str, Any] = {
    "id": "a", "place_id": "P-1", "name": "Storgatan", "basis": "hotspot", "type": "both",
    "incidents": "many", "felt": "unsafe", "light": "dark", "acts": ["patrol", "lamp"], "n": 14.0,
    "expected": 4.0, "rate": 3.5, "rate_low": 1.9, "rate_high": 5.9, "n_reports": 11,
    "reports_expected": 0.8, "reports_low": 5.5, "reports_high": 19.7, "dark_share": 0.5,
    "dark_low": 0.25, "dark_high": 0.75, "n_timed": 12.0, "inventory_share": 1.0, "dark_m": 99.0,
    "n_hidden": 0, "owners": ["Kommunen"], "run_id": "r",
}  # fmt: skip


def rows(*more: dict[str, Any]) -> gpd.GeoDataFrame:
    full = [{**ROW, **row, "geometry": box(500_000, 6_400_000, 500_100, 6_400_100)} for row in more]
    return PLACE_TYPES.conform(gpd.GeoDataFrame(full, geometry="geometry", crs=CRS))


def test_every_number_is_said_with_its_spread() -> None:
    assert type_label(ROW) == "många händelser och otrygg, dessutom mörk"
    assert acts_label(ROW) == "närvaro och belysning"
    text = type_sentence(ROW)
    assert "14 händelser där 4,0 var väntat (1,9\u20135,9 gånger)." in text
    assert "11 otrygghetsrapporter på ett år (5,5\u201319,7)." in text
    assert "50\u00a0% av 12 utomhushändelser i mörker (25\u201375\u00a0%)." in text
    assert "Mörk sträcka: 99\u00a0m." in text
    assert text.endswith("Nästa steg: närvaro och belysning.")
    english = type_sentence(ROW, lang="en")
    assert english.startswith("14 events where 4.0 were expected")
    alone = {**ROW, "acts": ["nothing"], "n_reports": 1, "dark_share": None, "dark_m": 0.0}
    assert "1 otrygghetsrapport på" in type_sentence(alone)
    assert acts_label(alone, lang="en") == "nothing for now"


def test_small_counts_and_few_reports_do_not_leave() -> None:
    frame = rows(
        {}, {"id": "b", "n": 3.0, "n_reports": 2}, {"id": "c", "basis": "reports", "n_reports": 3},
        {"id": "d", "basis": "reports", "n_reports": 6},
    )  # fmt: skip
    whole = view("place_types", frame, Role.SECURITY_CHIEF)
    assert whole["id"].tolist() == ["a", "b", "c", "d"]
    told = view("place_types", frame, Role.FORUM).set_index("id")
    assert list(told.index) == ["a", "b", "d"]
    assert told.loc["a", "n"] == 14
    hidden = told.loc["b", ["n", "rate", "rate_high", "dark_share", "n_reports", "reports_high"]]
    assert hidden.isna().all()
    assert "Färre än fem händelser. Färre än fem otrygghetsrapporter." in told.loc["b", "sentence"]
    assert not frame.geometry.iloc[0].equals(told.geometry["a"])  # outlines are drawn out


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.REPORTER, Role.ADMINISTRATOR])
def test_who_sees_no_findings_sees_no_types(role: Role) -> None:
    with pytest.raises(Exception, match="not shown"):
        view("place_types", rows({}), role)
