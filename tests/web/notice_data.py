"""Police notices of the made-up town: two about all of it, one about a county round it."""

from __future__ import annotations

from typing import Any

from tests.web import town

AMBER = "#a86400"
NOTICE_LAYER: dict[str, Any] = {
    "name": "notices",
    "title": "Polisens notiser, per område, v. 47",
    "group": "Underlag",
    "geometry": "polygon",
    "visible": False,
    "n": 3,
    "period_label": "mån 16 nov–sön 22 nov",
    "data_until_label": "fre 20 nov",
    "legend": [
        {"label": "område som en notis gäller", "color": AMBER, "shape": "dash", "dash": "dotted"}
    ],
    "paint": {"color": AMBER, "fill": None, "fill_opacity": 0.0, "width": 2, "radius": 4,
              "dash": "dotted", "label": "area"},
    "note": "Sammanhang. En notis räknas inte med bland händelserna.",
}  # fmt: skip


def notices() -> list[dict[str, Any]]:
    """Give the week's notices on the outlines of their areas; the town's lie on one."""
    told = (
        ("n1", "Provköping", "16 november 20.11, Rån, Provköping", "Rån",
         "2026-11-16T19:40:00Z", "2026-11-16T19:11:00Z", 1450),
        ("n2", "Provköping", "20 november 02.30, Skadegörelse, Provköping", "Skadegörelse",
         "2026-11-20T05:15:00Z", None, 1450),
        ("n3", "Provs län", "18 november, Sammanfattning natt, Provs län", "Sammanfattning natt",
         "2026-11-18T05:40:00Z", None, 2300),
    )  # fmt: skip
    return [
        town.feature("Polygon", _square(reach), id=key, area=area, title=title, type=kind,
                     published_at=published, occurred=occurred)
        for key, area, title, kind, published, occurred, reach in told
    ]  # fmt: skip


def _square(reach: float) -> Any:
    """Draw a square round the town's middle."""
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    return [[town.at(reach * x, reach * y) for x, y in corners]]
