"""Wrong registers: named lamp by lamp, and never used quietly."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from geo.frames import LAMPS
from geo.lighting.checks import DOUBTS, LEFT_OUT
from geo.lighting.placement import place_lamps
from geo.lighting.plant import Plant, light_plant
from geo.lighting.register import register_doubts
from geo.streets import StreetNet

XS = range(0, 300, 20)


def plant(town: Any, lamps: Any, *, areas: Any = None, year: int | None = 2026) -> Plant:
    net = StreetNet.of(town.streets({"xy": [(0, 0), (300, 0)]}))
    return light_plant(lamps, net, areas=areas, year=year)


def joined(*frames: Any) -> Any:
    """Put lamps of several makings in one frame."""
    return LAMPS.conform(pd.concat(frames, ignore_index=True), crs=frames[0].crs)


def doubts(made: Plant) -> list[list[str]]:
    return made.table["doubts"].tolist()


def test_a_sound_register_has_nothing_to_doubt(town: Any) -> None:
    made = plant(town, town.lamps(XS, flux_lm=2400.0, power_w=20.0, light_source="led"))
    assert not any(doubts(made))
    assert made.numbers["doubts"] == {}
    assert (made.table["height_m"] == 5.0).all()
    assert (made.table["flux_lm"] == 2400.0).all()
    assert made.numbers["assumed"]["height_m"] == made.numbers["assumed"]["flux_lm"] == 0


def test_a_load_in_feet_is_doubted_whole_and_its_heights_are_not_used(town: Any) -> None:
    feet = dict(zip(XS, [16.0, 20.0, 25.0] * 5, strict=True))
    made = plant(town, town.lamps(XS, height_m=feet))
    assert all("height_in_feet" in row for row in doubts(made))
    assert (made.table["height_m"] == 5.0).all()  # the default of a cycleway, not 16 m
    assert made.numbers["assumed"]["height_m"] == len(XS)


def test_the_same_lamps_in_metres_are_believed(town: Any) -> None:
    metres = dict(zip(XS, [4.9, 6.1, 7.6] * 5, strict=True))
    assert not any(doubts(plant(town, town.lamps(XS, height_m=metres))))


def test_a_few_high_masts_among_lamps_are_metres(town: Any) -> None:
    masts = {x: (16.0 if x < 60 else 6.0) for x in XS}
    assert not any(doubts(plant(town, town.lamps(XS, height_m=masts))))


@pytest.mark.parametrize(
    ("values", "name", "height"),
    [
        ({"height_m": 500.0}, "height_in_cm", 5.0),
        ({"height_m": 0.4}, "height_unlikely", 5.0),
        ({"height_m": 40.0}, "height_unlikely", 5.0),
        ({"flux_lm": 25.0}, "watts_as_lumens", 5.0),
        ({"flux_lm": 25.0, "power_w": 25.0}, "watts_as_lumens", 5.0),
        ({"flux_lm": 900_000.0}, "flux_unlikely", 5.0),
        ({"power_w": 0.0}, "zero_watt", 5.0),
        ({"power_w": 4000.0}, "lumens_as_watts", 5.0),
        ({"power_w": 0.5}, "power_unlikely", 5.0),
        ({"power_w": 10.0, "flux_lm": 9000.0}, "efficacy_unlikely", 5.0),
    ],
)
def test_one_wrong_value_is_named_and_replaced_by_the_default(
    town: Any, values: dict[str, float], name: str, height: float
) -> None:
    one = {key: {20: value} for key, value in values.items()}
    made = plant(town, town.lamps(XS, **{"height_m": 6.5, **one}, light_source="led"))
    assert [name in row for row in doubts(made)] == [x == 20 for x in XS]
    row = made.table.iloc[1]
    if name.startswith("height"):
        assert row["height_m"] == height
        assert "height_m" in row["assumed"]
    else:
        assert row["flux_from"] != "stated"
        # a path's usual lamp, or what a believable power gives
        assert row["flux_lm"] == (3000.0 if values.get("power_w") == 25.0 else 2500.0)
        assert "flux_lm" in row["assumed"]


def test_lamps_at_sea_and_doubled_poles_give_no_light(town: Any) -> None:
    sea = town.areas(("land_use", (0, 5, 300, 400)))
    sea["kind"] = "water"
    at_sea = town.lamps([100], y=200.0, prefix="sea")
    pier = town.lamps([120], y=10.0, prefix="pier")
    near = town.lamps(XS)
    again = town.lamps([40], prefix="z")
    far = town.lamps([0], y=-5000.0, prefix="far")
    lamps = joined(near, at_sea, again, far, pier)
    made = plant(town, lamps, areas=sea)
    found = dict(zip(made.table.index, doubts(made), strict=True))
    assert "at_sea" in found["sea0100"]
    assert "doubled_pole" in found["z0040"]
    assert "doubled_pole" not in found["l0040"]
    assert "far_from_streets" in found["far0000"]
    assert "pole_ref_shared" in found["far0000"]  # the number of a lamp five kilometres away
    assert "at_sea" not in found["pier0120"]
    counts = made.table["counts"]
    assert not counts["sea0100"]
    assert not counts["z0040"]
    assert counts["l0040"]
    assert set(LEFT_OUT) < set(DOUBTS)


@pytest.mark.parametrize("n", [3, 4, 9])
def test_five_lamps_on_one_spot_are_named_whatever_their_numbers(town: Any, n: int) -> None:
    heap = joined(*(town.lamps([40], prefix=f"h{k}") for k in range(n)))
    heap["pole_ref"] = [f"B{k}" for k in range(n)]
    again = town.lamps([40], prefix="z", pole_ref="B0")  # of the same pole: doubled, not stacked
    found = dict(zip((made := plant(town, joined(town.lamps(XS), heap, again))).table.index,
                     doubts(made), strict=True))  # fmt: skip
    stacked = {name for name, names in found.items() if "stacked_lamps" in names}
    whole = {*heap["id"], "l0040"}  # the row's own lamp stands there too
    assert stacked == (whole if n + 1 >= 5 else set())
    assert found["z0040"] == ["doubled_pole"]
    assert made.table["counts"].drop("z0040").all()  # a high mast is as likely: they count


def test_two_arms_on_one_pole_are_two_lamps(town: Any) -> None:
    one, other = (
        town.lamps([40], prefix=p, azimuth_deg=side) for p, side in (("a", 0.0), ("b", 180.0))
    )
    assert not any("doubled_pole" in row for row in doubts(plant(town, joined(one, other))))
    same = joined(*(town.lamps([40], prefix=p) for p in "ab"))
    assert sum("doubled_pole" in row for row in doubts(plant(town, same))) == 1


@pytest.mark.parametrize(
    ("values", "lumens", "origin"),
    [
        ({"flux_lm": 3000.0, "light_source": "led"}, 3000.0, "stated"),
        ({"flux_lm": 6000.0, "light_source": "hps"}, 4500.0, "stated"),
        ({"flux_lm": 6000.0, "light_source": "hps", "flux_basis": "luminaire"}, 6000.0, "stated"),
        ({"power_w": 20.0, "light_source": "led"}, 2400.0, "power"),
        ({"power_w": 70.0, "light_source": "hps"}, 4500.0, "power"),
        ({"power_w": 60.0, "light_source": "hps"}, 60 * 82 * 0.75, "power"),
        ({"power_w": 125.0, "light_source": "mercury"}, 3720.0, "power"),
        ({"power_w": 30.0}, 2400.0, "power"),
        ({}, 2500.0, "kind"),
    ],
)
def test_lumens_come_from_what_is_known(
    town: Any, values: dict[str, Any], lumens: float, origin: str
) -> None:
    row = plant(town, town.lamps([40], **values)).table.iloc[0]
    assert row["flux_lm"] == pytest.approx(lumens)
    assert row["flux_from"] == origin
    assert ("flux_lm" in row["assumed"]) == (origin != "stated")


def test_maintenance_by_source_and_age(town: Any) -> None:
    new = town.lamps([0], light_source="led", installed=pd.Timestamp("2022-01-01"))
    old = town.lamps([0], light_source="hps")
    assert plant(town, new).table["maintenance"].iloc[0] == 0.85
    assert plant(town, new, year=None).table["maintenance"].iloc[0] == 0.80
    assert plant(town, old).table["maintenance"].iloc[0] == 0.70


def test_placement_does_not_believe_feet_either(town: Any) -> None:
    net = StreetNet.of(town.streets({"xy": [(0, 0), (300, 0)]}))
    placed = place_lamps(town.lamps(XS, height_m=20.0), net)
    assert placed["height_assumed"].all()
    assert (placed["height_m"] == 5.0).all()


def test_no_lamps_are_no_doubts(town: Any) -> None:
    made = plant(town, town.lamps([]))
    assert len(made.table) == 0
    assert made.numbers["n_lamps"] == 0


def test_without_streets_nothing_is_far_from_them(town: Any) -> None:
    net = StreetNet.of(town.streets())
    made = light_plant(town.lamps(XS), net)
    assert not any(doubts(made))


def test_a_file_is_told_the_same_at_its_door_as_the_sum_tells_later(town: Any) -> None:
    sea = town.areas(("land_use", (0, 5, 300, 400)))
    sea["kind"] = "water"
    lamps = joined(
        town.lamps(XS, height_m=800.0, power_w=0.0),
        town.lamps([100], y=200.0, prefix="sea"),
        town.lamps([0], y=-5000.0, prefix="far"),
        town.lamps([120], y=10.0, prefix="pier"),
    )
    streets = town.streets({"xy": [(0, 0), (300, 0)]})
    told = register_doubts(lamps, areas=sea, streets=streets)
    assert told == plant(town, lamps, areas=sea).numbers["doubts"]
    assert (told["height_in_cm"], told["zero_watt"]) == (len(XS), len(XS))
    assert (told["at_sea"], told["far_from_streets"]) == (1, 1)
    assert register_doubts(lamps, areas=sea)["at_sea"] == 2  # nobody knows of a way to the pier
    assert register_doubts(lamps.iloc[:0], areas=sea, streets=streets) == {}
