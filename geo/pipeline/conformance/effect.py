"""Before and after: our tests beside the worked examples of the ones who made them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.pipeline.conformance.line import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.measures.effect import Effect

SECTION = "Before and after, few counts (C3)"


def lines() -> Iterator[Line]:
    """
    Compare displacement differences, ratios and small-sample tests.

    Yields
    ------
    Line
        One a case.
    """
    yield from _differences()
    yield from _few()


def _differences() -> Iterator[Line]:
    """Compare the weighted displacement difference."""
    from geo.measures.effect import Spell, displacement_difference, harm_difference, rate_ratio

    paper = "Wheeler & Ratcliffe 2018"
    ring = displacement_difference(
        Spell(207, 110), Spell(308, 318),
        displaced=Spell(178, 157), displaced_control=Spell(150, 140),
    )  # fmt: skip
    yield Line(SECTION, "WDD with rings: value, SE, z", paper, (-118, 39.598, -2.98),
               (ring.value, ring.se, round(ring.z, 2)), 5e-4)  # fmt: skip
    yield Line(SECTION, "the same, 95 %", paper, (-196, -40), (ring.low, ring.high), 0.5)
    plain = displacement_difference(Spell(20, 10), Spell(20, 20), level=0.9)
    yield Line(SECTION, "WDD, 90 %: value, SE, z", "ptools", (-10, 8.3666, -1.195229),
               (plain.value, plain.se, plain.z), 1e-4)  # fmt: skip
    yield Line(SECTION, "the same, limits", "ptools", (-23.76, 3.76), _limits(plain), 5e-3)
    time = displacement_difference(Spell(80, 20), Spell(100, 50), periods=(2, 1))
    yield Line(SECTION, "periods 2 to 1", "ptools", (-20, 10.724), (time.value, time.se), 5e-4)
    size = displacement_difference(
        Spell(207, 110, 1.2), Spell(308, 318, 0.9),
        displaced=Spell(178, 157, 1.5), displaced_control=Spell(150, 140, 1.6),
    )  # fmt: skip
    yield Line(SECTION, "areas 0.9, 1.2, 1.6, 1.5", "ptools",
               (-99.69444, 35.42808, -2.813995, -169.1322, -30.25669),
               (size.value, size.se, size.z, *_limits(size)), 1e-4)  # fmt: skip
    small = displacement_difference(Spell(120, 100), Spell(130, 150), level=0.9)
    spill = displacement_difference(
        Spell(120, 100), Spell(130, 150), level=0.9,
        displaced=Spell(40, 25), displaced_control=Spell(30, 25),
    )  # fmt: skip
    yield Line(SECTION, "without rings, 90 %", "crimepy", (-40, 22.4, -76.8, -3.2),
               (small.value, small.se, *_limits(small)), 0.05)  # fmt: skip
    yield Line(SECTION, "with rings, 90 %", "crimepy", (-50, 24.9, -91.0, -9.0),
               (spill.value, spill.se, *_limits(spill)), 0.05)  # fmt: skip
    harm = harm_difference(
        [Spell(130, 74), Spell(327, 202), Spell(398, 190), Spell(144, 92), Spell(183, 96)],
        [Spell(133, 91), Spell(388, 305), Spell(148, 97), Spell(86, 64), Spell(94, 67)],
        harm=[3, 2, 5, 7, 10],
    )  # fmt: skip
    yield Line(SECTION, "five kinds by harm", "ptools",
               (-1721, 304.1036, -5.659256, -2317.03, -1124.97),
               (harm.value, harm.se, harm.z, *_limits(harm)), 5e-3)  # fmt: skip
    ratio = rate_ratio(Spell(50, 30), Spell(60, 55))
    yield Line(SECTION, "ratio of ratios, SE of its log, 95 %", "Wilson",
               (0.6545455, 0.29695, 0.366, 1.171),
               (ratio.value, ratio.se, *_limits(ratio)), 5e-4)  # fmt: skip


def _few() -> Iterator[Line]:
    """Compare the tests for a handful of counts."""
    from geo.measures.few import busiest_spell, compare_counts, naus, weekday_g

    pairs = {(0, 3): 0.0884, (6, 2): 0.1749, (20, 10): 0.069, (10, 5): 0.2061641,
             (15, 5): 0.0250351}  # fmt: skip
    for pair, wanted in pairs.items():
        within = 5e-4 if wanted == 0.069 else 5e-5
        yield Line(SECTION, f"E-test {pair}", "Krishnamoorthy & Thomson; ptools", (wanted,),
                   (compare_counts(pair),), within)  # fmt: skip
    paper = compare_counts((100, 25), (10, 5))
    yield Line(SECTION, "E-test 100 in 10 against 25 in 5, pooled variance", "ptools",
               (0.0015381,), (compare_counts((100, 25), (10, 5), pooled=True),), 5e-8,
               f"with the paper's variance it is {paper:.7f}")  # fmt: skip
    for n, mean, windows, power, wanted in ((6, 0.6, 208, 206, 0.0390224),
                                            (6, 1.0, 260, 259, 0.486814)):  # fmt: skip
        two, three = naus(n, mean=mean, last=n - 2)
        right = busiest_spell(n, mean=mean, spell=1, whole=windows)
        yield Line(SECTION, f"busiest of {windows} spells holds {n} where {mean} are usual",
                   "ptools", (wanted,), (1 - two * (three / two) ** power,), 5e-7,
                   f"with its sum ended a term early and the power {power}; ours is "
                   f"{right:.7f}")  # fmt: skip
    for days, wanted in (((3,), 11.68), ((2, 1), 7.86), ((1, 1, 1), 5.08)):
        yield Line(SECTION, f"G of {days} over the week", "ptools", (wanted,),
                   (weekday_g([*days, *[0] * (7 - len(days))]),), 5e-3)  # fmt: skip


def _limits(effect: Effect) -> tuple[float, float]:
    """Give the interval."""
    return effect.low, effect.high
