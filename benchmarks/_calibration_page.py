"""The page docs/calibration.md, from the answers of `calibration.py`: what is met and what not."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from _calibration_towns import ERROR_M

from geo.intervals import binomial_interval

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from calibration import Line

    Told = Sequence[tuple[Line, list[dict[str, Any]]]]

WORDS = ("well_supported", "likely", "possible")
HEAD = """# How sure a word is

Written by `python benchmarks/calibration.py` on {when}; every number below comes from that command,
on made-up towns where the truth is known. What the words rest on stands in
[methods.md](methods.md#4-certainty-in-words). Every run is searched as in the product: 499 made-up
periods, two windows, sixteen other grids, reaches and methods. A share is of *runs* (one run is one
municipality's year) with its exact 95 % interval. **Met** means that the share seen meets what was
aimed for; where the interval reaches past the aim the runs are too few to be sure, and it says so.

Towns: an even field of 3 x 3 km with blocks of 100 m; a town of 2.4 x 2.4 km with a centre, in a
municipality of 40 x 40 km of forest roads; and crooked streets from a square that no grid fits.
Positions are written down with an error of 30 m on each axis, as when they are pointed out on a
map, or of 5 m, as when the address is known.
"""


NULL = """
## Nothing planted

Incidents are Poisson on exactly the expected. Runs with any place that stands out, by its word.
Aimed for: well supported in at most 5 %.

"""
NULL_WORDS = """
**In words.** Where nothing stands out a municipality is seldom told that a place is *väl
underbyggd*. *Trolig* is a lead: it is shown in about one year in five where nothing stands out,
and *möjlig* nearly always is once there are some hundred incidents. The sentence that opens the
list therefore says that such places may be chance.
"""
POWER = """
## One place planted

In a round place of 250 m across so many incidents happen (*background* → *hot*, both on average),
in the rest of the town as many as expected. Counted is the surest word within 150 m of its middle.
Aimed for: 20 → 60 well supported in at least 95 %; 6.7 → 20 in at least 45 %, and at least possible
in 80 %; of a place with 5 it cannot be told in at least 80 %.

"""
POWER_WORDS = """
Of the places shown on what was planted, the 95 % interval of n over expected holds the true ratio
in {covered}. They were picked for being high, and their middle is not quite the true one: the
interval is exact for a place chosen beforehand, not for one that was found.

**In words.** A place with three times the expected is found when it has some sixty incidents a
year. With twenty it is a matter of luck, and least in the even field, where most other blocks are
as likely to be high by chance. There a window of that size needs some 20 or 21 incidents to be well
supported: fewer are brought by chance, somewhere in the field, in more than one municipality in
twenty. **Positions decide**: with an error of 30 m on each axis a fifth of what happens in the
place is written down outside it, and 17 or 18 are left of the twenty on average; with 5 m nearly
all are there. An easier word would be wrong oftener where nothing is planted. With five it can
rarely be told: a small place that is not shown is not a safe place, it is one nobody can judge.
"""


def page(told: Told, *, when: date) -> str:
    """Write the page from the answers there are."""
    parts = defaultdict(list)
    for line, answers in told:
        if answers:
            parts[line.part].append((line, answers))
    writers: dict[str, Callable[[Told], str]] = {
        "null": _null, "change": _change, "power": _power, "exact": _exact,
        "shrunken": _shrunken, "alarm": _alarm,
    }  # fmt: skip
    return HEAD.format(when=when) + "".join(w(parts[p]) for p, w in writers.items() if parts[p])


def share(hits: int, runs: int) -> str:
    """Write a share of runs with its exact interval."""
    low, high = binomial_interval(hits, runs)
    return f"{100 * hits / runs:.1f} % ({100 * float(low):.1f}-{100 * float(high):.1f})"


def at_least(answers: Sequence[dict[str, Any]], word: str, *, where: str = "best") -> int:
    """Count the runs where the surest word is `word` or a surer one."""
    return sum(a[where] in WORDS[: WORDS.index(word) + 1] for a in answers)


def verdict(hits: int, runs: int, *, most: float | None = None, least: float | None = None) -> str:
    """Say whether an aim was met, and whether the runs are enough to be sure."""
    low, high = (float(v) for v in binomial_interval(hits, runs))
    seen = hits / runs
    met = (most is None or seen <= most) and (least is None or seen >= least)
    sure = (most is None or (high <= most if met else low > most)) and (
        least is None or (low >= least if met else high < least)
    )
    return ("met" if met else "not met") + ("" if sure else ", not sure")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay a table."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def _null(told: Told) -> str:
    """Nothing planted."""
    rows, pooled = [], []
    for line, answers in told:
        runs, pooled = len(answers), pooled + answers
        hits = at_least(answers, WORDS[0])
        rows.append([line.given["town"], str(line.given["n"]), _error(line), str(runs),
                     share(hits, runs), verdict(hits, runs, most=0.05),
                     share(at_least(answers, "likely"), runs),
                     share(at_least(answers, "possible"), runs)])  # fmt: skip
    hits, runs = at_least(pooled, WORDS[0]), len(pooled)
    likely = share(at_least(pooled, "likely"), runs)
    heads = ("town", "incidents", "error", "runs", "well supported", "aim", "likely or better",
             "possible or better")  # fmt: skip
    return (
        NULL + table(heads, rows) + f"\nAll together: well supported in {share(hits, runs)} of "
        f"{runs} runs (**{verdict(hits, runs, most=0.05)}**), likely or better in {likely}.\n"
        + NULL_WORDS
    )


def _error(line: Line) -> str:
    """Write the position error a line was drawn with."""
    return f"{line.given.get('error_m', ERROR_M):g} m"


def _change(told: Told) -> str:
    """Unequal but constant."""
    rows = []
    for line, answers in told:
        hits, runs = at_least(answers, WORDS[0]), len(answers)
        rows.append([line.given["town"], str(line.given["n"]), str(runs),
                     share(hits, runs), verdict(hits, runs, most=0.05)])  # fmt: skip
    return (
        "\n## Unequal, but constant\n\nEvery street has a risk of its own (gamma, squared "
        "coefficient of variation 2) that never changes. Runs with any place well supported as "
        "*changed*. Aimed for: at most 5 %.\n\n"
        + table(["town", "incidents", "runs", "well supported", "aim"], rows)
        + "\n**In words.** A street that is always busy is not said to have changed.\n"
    )


def _power(told: Told) -> str:
    """Planted."""
    rows, pooled = [], defaultdict(list)
    for line, answers in told:
        size = (line.given["background"], line.given["hot"], _error(line))
        rows.append(_power_row(size, line.given["town"], f"{answers[0]['total']:.0f}", answers))
        pooled[size] += answers
    rows += [_power_row(size, "all three", "", answers) for size, answers in pooled.items()]
    covered = sum(a["covered"] for _, some in told for a in some)
    of = sum(a["told"] for _, some in told for a in some)
    heads = ("background → hot", "error", "town", "in all", "runs", "well supported",
             "possible or better", "cannot be told", "aim", "a false one elsewhere")  # fmt: skip
    return POWER + table(heads, rows) + POWER_WORDS.format(covered=share(covered, of))


def _power_row(
    size: tuple[float, float, str], town: str, total: str, answers: Sequence[dict[str, Any]]
) -> list[str]:
    """One planted size in one town, or in all of them."""
    (background, hot, error), runs = size, len(answers)
    hits, some = at_least(answers, WORDS[0]), at_least(answers, "possible")
    if hot == 60.0:
        said = verdict(hits, runs, least=0.95)
    elif hot == 20.0:
        said = f"{verdict(hits, runs, least=0.45)}; {verdict(some, runs, least=0.8)}"
    else:
        said = verdict(runs - some, runs, least=0.8)
    away = at_least(answers, WORDS[0], where="away")
    return [f"{background:g} → {hot:g}", error, town, total, str(runs), share(hits, runs),
            share(some, runs), share(runs - some, runs), said, share(away, runs)]  # fmt: skip


def _covered(told: Told, *, aim: str, least: float, most: float = 1.0) -> str:
    """Lay the table of a kind of interval."""
    rows = []
    for line, answers in told:
        hits, of = (sum(a[name] for a in answers) for name in ("covered", "told"))
        seen = hits / of
        spread = float(sum((a["covered"] - seen * a["told"]) ** 2 for a in answers)) ** 0.5 / of
        name = ", ".join(f"{key} {value}" for key, value in line.given.items())
        met = "met" if least <= seen <= most else "not met"
        low, high = max(0.0, seen - 1.96 * spread), min(1.0, seen + 1.96 * spread)
        sure = (low >= least and high <= most) if met == "met" else high < least or low > most
        rows.append([name if line.ask != "ratio" else f"ratio of two rates, {name}", str(of),
                     f"{100 * seen:.2f} % ({100 * low:.2f}-{100 * high:.2f})",
                     met + ("" if sure else ", not sure")])  # fmt: skip
    return table(["drawn", "intervals", "cover the truth", aim], rows)


def _exact(told: Told) -> str:
    """Exact intervals."""
    return (
        "\n## Exact intervals\n\nCounts from a known mean, shares of 60 from a known share, the\n"
        "ratio of four weeks to the fifty-two before. Aimed for: at least 95 %. Whole numbers make "
        "exact intervals too wide rather than too narrow.\n\n"
        + _covered(told, aim="at least 95 %", least=0.95)
    )


def _shrunken(told: Told) -> str:
    """Intervals after borrowing strength."""
    return (
        "\n## Shrunken intervals\n\nUnits of unequal length whose true rates scatter by so much "
        "(squared coefficient of variation), drawn as the method thinks (gamma) and otherwise "
        "(lognormal). Aimed for: 93 to 97 %. Units of one town share their estimate, so the spread "
        "of the coverage is over towns.\n\n"
        + _covered(told, aim="93 to 97 %", least=0.93, most=0.97)
        + "\n**In words.** Where true rates do not differ at all the intervals are wider than they "
        "need be: the method cannot know that from the data, and errs to the safe side.\n"
    )


def _alarm(told: Told) -> str:
    """Rates of false alarms against what the alarm says of itself."""
    rows = []
    for line, answers in told:
        cells = [line.given["town"], str(len(answers))]
        for level in (0.05, 0.02, 0.01):
            hits = sum(a["p"] <= level + 1e-12 for a in answers)
            cells.append(f"{share(hits, len(answers))} {verdict(hits, len(answers), most=level)}")
        rows.append(cells)
    return (
        "\n## The alarm\n\nRisk differs by street and by week, never by both together, so every\n"
        "alarm is false. An alarm with p says that chance alone rings so strongly once in 1/p "
        "looks; asked once a week, p = 0.02 is once a year. Runs that rang:\n\n"
        + table(["town", "runs", "p ≤ 0.05", "p ≤ 0.02 (a year)", "p ≤ 0.01"], rows)
    )
