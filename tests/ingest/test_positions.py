from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from pyproj import Transformer

from geo.errors import IngestError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.ingest import Ingested

EXTENT = (478_000.0, 6_293_000.0, 498_000.0, 6_313_000.0)
"""Around Växjö, SWEREF 99 TM."""


def table(crs: str, *, swap: bool = False, n: int = 40) -> str:
    """Write points around Växjö in some system, x first unless swapped."""
    rng = np.random.default_rng(1)
    east, north = 488_177 + rng.normal(0, 800, n), 6_303_934 + rng.normal(0, 800, n)
    x, y = Transformer.from_crs("EPSG:3006", crs, always_xy=True).transform(east, north)
    if swap:
        x, y = y, x
    rows = [f"K{i};2026-11-20 21:30;Inbrott;{x[i]:.6f};{y[i]:.6f}" for i in range(n)]
    return "Nr;Tid;Typ;E;N\n" + "\n".join(rows) + "\n"


@pytest.mark.parametrize("crs", ["EPSG:3006", "EPSG:3009", "EPSG:3021", "EPSG:4326"])
def test_a_declared_system_puts_the_rows_where_they_are(
    read: Callable[..., Ingested], incidents: dict[str, Any], crs: str
) -> None:
    got = read(table(crs), incidents | {"crs": crs}, extent=EXTENT)
    centre = got.accepted.geometry.union_all().centroid
    assert centre.distance(got.accepted.geometry[0]) < 5000
    assert got.n_unlocated == 0
    assert got.flagged == {}


@pytest.mark.parametrize(
    "case",
    [
        ("EPSG:3021", "EPSG:3006", False, "EPSG:3021"),
        ("EPSG:3008", "EPSG:3009", False, "EPSG:3008"),
        ("EPSG:3010", "EPSG:3009", False, "EPSG:3010"),
        ("EPSG:3009", "EPSG:3006", False, "EPSG:3009"),
        ("EPSG:4326", "EPSG:3006", False, "EPSG:4326"),
        ("EPSG:3006", "EPSG:4326", False, "EPSG:3006"),
        ("EPSG:3006", "EPSG:3006", True, "swapped"),
        ("EPSG:3009", "EPSG:3009", True, "swapped"),
        ("EPSG:4326", "EPSG:4326", True, "swapped"),
        ("EPSG:3021", "EPSG:3006", True, "swapped"),
    ],
)
def test_a_wrong_system_is_refused_and_the_one_that_fits_is_named(
    read: Callable[..., Ingested], incidents: dict[str, Any], case: tuple[str, str, bool, str]
) -> None:
    truth, declared, swap, fit = case
    with pytest.raises(IngestError, match="does not lie where it should") as caught:
        read(table(truth, swap=swap), incidents | {"crs": declared}, extent=EXTENT)
    assert fit in str(caught.value.facts["would_fit"])
    assert caught.value.fix.startswith("check with whoever exported the file; then ")


@pytest.mark.parametrize(
    ("truth", "swap"),
    [("EPSG:3021", False), ("EPSG:4326", False), ("EPSG:3006", True), ("EPSG:3009", False)],
)
def test_without_an_extent_the_reach_of_the_working_system_stands_in(
    read: Callable[..., Ingested], incidents: dict[str, Any], truth: str, swap: bool  # noqa: FBT001 - as above
) -> None:  # fmt: skip
    with pytest.raises(IngestError, match="the reach of SWEREF99 TM"):
        read(table(truth, swap=swap), incidents)


def test_a_file_of_another_place_fits_nothing(
    read: Callable[..., Ingested], incidents: dict[str, Any]
) -> None:
    with pytest.raises(IngestError) as caught:
        read(table("EPSG:3006"), incidents, extent=(670_000, 6_570_000, 680_000, 6_590_000))
    assert caught.value.facts["would_fit"] == "none of the usual systems"
    assert "ask in which system" in caught.value.fix


def test_one_stray_row_does_not_sink_a_small_file(
    read: Callable[..., Ingested], incidents: dict[str, Any]
) -> None:
    stray = "S;2026-11-20 21:30;Inbrott;700000;6600000\n"
    got = read(table("EPSG:3006", n=4) + stray, incidents, extent=EXTENT)
    assert got.flagged == {"far_away": 1}
    with pytest.raises(IngestError):
        read(table("EPSG:3006", n=4) + stray + stray.replace("S", "T"), incidents, extent=EXTENT)


def test_two_kilometres_outside_is_still_inside(
    read: Callable[..., Ingested], incidents: dict[str, Any]
) -> None:
    near = "S;2026-11-20 21:30;Inbrott;499999;6300000\nT;2026-11-20 21:30;Inbrott;500001;6300000\n"
    got = read(table("EPSG:3006") + near, incidents, extent=EXTENT)
    assert got.flagged == {"far_away": 1}


def test_shapes_written_as_text_are_read(read: Callable[..., Ingested]) -> None:
    mapping = {
        "frame": "streets", "source": "a", "crs": "EPSG:3006",
        "columns": {"geometry": "wkt", "name": "namn"}, "constants": {"kind": "road"},
    }  # fmt: skip
    rows = [
        'A;"LINESTRING (488000 6304000, 488100 6304000)"',
        'B;"LINESTRING (488100.2 6304000, 488100 6304050)"',
        "C;LINESTRING (1",
        "D;",
    ]
    got = read("namn;wkt\n" + "\n".join(rows) + "\n", mapping)
    assert got.accepted["length_m"].round(1).tolist() == [100.0, 50.0]
    assert got.accepted["to_node"][0] == got.accepted["from_node"][1]
    assert got.rejects["reasons"].tolist() == [["position_unreadable"], ["position_missing"]]


def test_when_several_systems_would_fit_none_is_recommended(
    read: Callable[..., Ingested], incidents: dict[str, Any]
) -> None:
    with pytest.raises(IngestError) as caught:
        read(table("EPSG:3009"), incidents)
    assert str(caught.value.facts["would_fit"]).count("EPSG") > 1
    assert "which of these" in caught.value.fix
