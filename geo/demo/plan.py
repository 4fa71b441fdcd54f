"""The plan of the municipality, drawn by hand: towns, roads, water, and what each part is."""

from __future__ import annotations

from dataclasses import dataclass

NAME = "Granvads kommun"
ORIGIN = (478_000.0, 6_331_000.0)
"""Where the square of the main town lies, EPSG:3006."""
BOX = (-13_500.0, -11_000.0, 15_500.0, 12_500.0)
"""West, south, east, north of the municipality round that square, metres."""


@dataclass(frozen=True, slots=True)
class Part:
    """
    One part of a town: what a face between main streets is used for.

    Parameters
    ----------
    name
        Of the district.
    use
        ``centre``, ``inner``, ``villas``, ``flats``, ``industry`` or ``park``.
    people
        Residents.
    theme
        Which list its street names are drawn from.
    """

    name: str
    use: str
    people: int
    theme: str = "trees"


@dataclass(frozen=True, slots=True)
class Town:
    """
    A town in rings and sectors.

    Parameters
    ----------
    name
        Its name.
    centre
        Metres round the main square.
    radials
        Headings of the streets out of town, degrees anticlockwise from east, rising.
    rings
        Radii of the inner ring, the ring road (None when there is none) and the edge.
    core
        The innermost part.
    inner, outer
        Parts between the rings, one per sector, starting after the first radial.
    bays
        Sectors that a lake cuts short: sector number -> radius of the edge.
    """

    name: str
    centre: tuple[float, float]
    radials: tuple[float, ...]
    rings: tuple[float, float | None, float]
    core: Part
    inner: tuple[Part, ...]
    outer: tuple[Part, ...]
    bays: dict[int, float]


GRANVAD = Town(
    name="Granvad",
    centre=(0.0, 0.0),
    radials=(-50.0, -5.0, 41.0, 84.0, 131.0, 176.0, 258.0),
    rings=(330.0, 860.0, 1640.0),
    core=Part("Granvad centrum", "centre", 2500, "old"),
    inner=(
        Part("Garvarmalmen", "inner", 1550, "crafts"),
        Part("Öster", "inner", 1650, "old"),
        Part("Stationsstaden", "inner", 1450, "crafts"),
        Part("Norr", "inner", 1650, "old"),
        Part("Väster", "inner", 1300, "crafts"),
        Part("Stadsparken", "park", 0, "trees"),
        Part("Sjöhagen", "flats", 1600, "water"),
    ),
    outer=(
        Part("Humlegläntan", "villas", 1350, "flowers"),
        Part("Tegelvreten", "flats", 3050, "music"),
        Part("Smedjevallen", "industry", 60, "industry"),
        Part("Kornåkern", "flats", 2900, "birds"),
        Part("Björkelyckan", "villas", 1500, "berries"),
        Part("Stadsparken", "park", 0, "trees"),
        Part("Sydbrinken", "villas", 1100, "trees"),
    ),
    bays={5: 980.0},
)
ULVASUND = Town(
    name="Ulvasund",
    centre=(10_300.0, 3_700.0),
    radials=(-62.0, 22.0, 95.0, 168.0, 218.0),
    rings=(210.0, None, 880.0),
    core=Part("Ulvasunds centrum", "centre", 800, "old"),
    inner=(),
    outer=(
        Part("Rönnevreten", "villas", 1500, "flowers"),
        Part("Norrgläntan", "villas", 1450, "birds"),
        Part("Hamnvallen", "industry", 50, "industry"),
        Part("Ulvaparken", "park", 0, "trees"),
        Part("Gruskullen", "flats", 3200, "berries"),
    ),
    bays={3: 620.0},
)
VILLAGES = (
    ("Siskefors", (-8_300.0, 4_500.0), 380.0, 1050),
    ("Gäddevad", (-7_000.0, -6_700.0), 330.0, 760),
    ("Mjärdala", (2_700.0, 9_300.0), 350.0, 900),
    ("Sländehult", (5_300.0, -7_700.0), 300.0, 620),
    ("Vrånghult", (12_600.0, -4_300.0), 310.0, 640),
    ("Lommevik", (-5_600.0, 9_800.0), 270.0, 430),
)
"""Name, centre, radius (m) and residents."""
BYPASS = (
    (-13_500.0, 1_500.0), (-9_000.0, 2_300.0), (-4_200.0, 2_150.0), (-1_500.0, 2_060.0),
    (300.0, 2_080.0), (2_200.0, 2_350.0), (5_200.0, 3_400.0), (8_300.0, 5_050.0),
    (10_400.0, 5_250.0), (13_000.0, 4_700.0), (15_500.0, 4_900.0),
)  # fmt: skip
"""The state road past both towns."""
ROADS = (
    ("Mjärdalavägen", ("Granvad", 84.0), "Mjärdala"),
    ("Lommeviksvägen", ("Granvad", 131.0), "Lommevik"),
    ("Siskeforsvägen", ("Granvad", 176.0), "Siskefors"),
    ("Sländehultsvägen", ("Granvad", -50.0), "Sländehult"),
    ("Vrånghultsvägen", ("Granvad", -5.0), "Vrånghult"),
    ("Gamla Ulvasundsvägen", ("Granvad", 41.0), ("Ulvasund", 218.0)),
    ("Norra Ulvasundsvägen", ("Ulvasund", 95.0), None),
    ("Vrånghultsvägen", ("Ulvasund", -62.0), "Vrånghult"),
    ("Östra infarten", ("Ulvasund", 22.0), None),
    ("Gäddevadsvägen", ("Granvad", 258.0), "Gäddevad"),
)
"""Name, where it leaves (town, radial), and the village, town or bypass it reaches."""
LAKES = (
    ("Gransjön", (-1_960.0, -1_880.0), 1_560.0, 0.72, 0.75),
    ("Ulvasjön", (8_950.0, 4_250.0), 620.0, 0.6, 0.5),
    ("Norrgöl", (-1_900.0, 6_100.0), 420.0, 0.6, 2.1),
    ("Kvarndammen", (6_500.0, -2_600.0), 480.0, 0.5, 2.7),
    ("Lommesjön", (-6_700.0, 9_300.0), 680.0, 0.55, 1.2),
    ("Svartegöl", (-10_300.0, -2_300.0), 560.0, 0.5, 0.2),
    ("Vrångsjön", (13_300.0, -6_300.0), 900.0, 0.55, 1.9),
    ("Gäddesjön", (-8_300.0, -8_000.0), 750.0, 0.6, 0.6),
)
"""Name, centre, radius (m), height over width, turn (rad)."""
RIVER = (
    (-1_240.0, -1_120.0), (-760.0, -700.0), (-250.0, -520.0), (260.0, -470.0), (640.0, -250.0),
    (1_000.0, 60.0), (1_450.0, 330.0), (2_100.0, 620.0), (3_400.0, 1_500.0), (5_200.0, 2_050.0),
    (7_000.0, 3_300.0), (8_500.0, 4_050.0),
)  # fmt: skip
"""Gransån, from lake to lake through the town."""
RIVER_NAME = "Gransån"
EXITS = {
    "Siskefors": (-13_500.0, 5_400.0),
    "Gäddevad": (-9_800.0, -11_000.0),
    "Mjärdala": (3_600.0, 12_500.0),
    "Sländehult": (6_900.0, -11_000.0),
    "Vrånghult": (15_500.0, -5_000.0),
    "Lommevik": (-8_900.0, 12_500.0),
}
"""Where the road goes on from each village."""
DETOURS = {"Gäddevadsvägen": ((-700.0, -3_900.0), (-2_600.0, -4_900.0))}
"""Points that a road passes on its way round a lake."""
SURVEY_GAP = "Björkelyckan"
"""The district where the lamp inventory was never finished."""


def gates() -> set[tuple[str, float]]:
    """
    List the streets out of town that a country road takes over.

    Returns
    -------
    set of tuple
        Town and heading.
    """
    ends = [end for _, start, goal in ROADS for end in (start, goal)]
    return {end for end in ends if isinstance(end, tuple)}
