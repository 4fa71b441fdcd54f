"""Words, numbers and dates as a Swede writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pandas as pd
import pytest

from geo.clock import Week
from geo.frames import FRAMES
from geo.frames.outgoing import CERTAINTIES, CLAIMS, RECOMMENDATION_KINDS, TREND_CLASSES
from geo.maps import dates, sentences, swedish
from geo.maps.access import Role, access
from geo.maps.counts import count_label
from geo.maps.headings import HEADINGS, heading
from geo.maps.hours import slots_label, slots_of, when
from geo.maps.opening import opening
from geo.maps.reasons import caveat_text, own_reasons
from geo.maps.words import WORDS, word

FRIDAY = datetime(2026, 11, 20, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [
        (1234, 0, "1\u202f234"),
        (1_234_567.25, 1, "1\u202f234\u202f567,3"),
        (0.5, 0, "1"),
        (-3, 0, "\u22123"),
        (-0.01, 0, "0"),
        (4.6, 1, "4,6"),
    ],
)
def test_numbers_have_a_decimal_comma_and_thin_spaces(
    value: float, decimals: int, said: str
) -> None:
    assert swedish.number(value, decimals=decimals) == said


def test_english_numbers_have_a_point_and_commas() -> None:
    assert swedish.number(1234.5, decimals=1, lang="en") == "1,234.5"
    assert swedish.percent(0.78, lang="en") == "78%"


def test_counts_say_one_many_and_too_few() -> None:
    assert swedish.plural(1, "händelse", "händelser") == "1\u00a0händelse"
    assert swedish.plural(14, "händelse", "händelser") == "14\u00a0händelser"
    assert swedish.plural(float("nan"), "händelse", "händelser") == "färre än 5\u00a0händelser"
    assert swedish.count(None, lang="en") == "fewer than 5"
    assert swedish.percent(0.78) == "78\u00a0%"


def test_small_numbers_are_words_and_large_ones_are_not() -> None:
    assert [swedish.counting_word(n) for n in (0, 1, 5, 12, 13)] == [
        "noll", "en", "fem", "tolv", "13",
    ]  # fmt: skip
    assert swedish.counting_word(1, neuter=True) == "ett"


def test_dates_weeks_and_hours() -> None:
    assert dates.day(date(2026, 11, 20)) == "fre 20\u00a0nov"
    assert dates.day(date(2026, 3, 1), weekday=False) == "1\u00a0mars"
    assert dates.day_and_time(FRIDAY) == "fre 20\u00a0nov 21:30"
    assert dates.day_and_time(FRIDAY, lang="en") == "Fri 20\u00a0Nov 21:30"
    assert dates.week_label(Week(2026, 47)) == "v.\u00a047"
    assert dates.weeks_label((Week(2026, 34), Week(2026, 46))) == "v.\u00a034\u201346"
    assert dates.weeks_label((Week(2025, 51), Week(2026, 11))).startswith("v.\u00a051 2025")
    assert dates.hours(21, 26) == "21\u201302"
    assert dates.hours(21, 24) == "21\u201324"


@pytest.mark.parametrize(
    ("days", "said"),
    [([4, 5], "fre\u2013lör"), ([0, 2], "mån, ons"), (list(range(7)), "alla dagar"), ([6], "sön")],
)
def test_weekdays_in_runs(days: list[int], said: str) -> None:
    assert dates.weekdays(days) == said


def test_lists_are_joined_as_in_speech() -> None:
    assert swedish.joined(["a", "b", "c"]) == "a, b och c"
    assert swedish.joined(["a", "b"], lang="en") == "a and b"
    assert swedish.joined([]) == ""


def test_slots_are_read_however_they_are_written() -> None:
    peak = {"certain": True, "slots": [{"weekday": 4, "from": 22, "to": 2, "n": 5.0}]}
    assert slots_of(peak) == [{"weekday": 4, "from": 22, "to": 26, "n": 5.0}]
    assert (
        slots_label(slots_of({"weekdays": [4, 5], "hours": [21, 24]})) == "fre\u2013lör 21\u201324"
    )
    assert slots_of([{"weekday": 1}, "odd", None]) == []
    assert slots_of(None) == []
    assert when({"peak_hours": None, "n_timed": 3})["label"] == "ingen tydlig tid"


def place(**more: object) -> dict[str, object]:
    """Give the columns a sentence needs."""
    week = Week(2026, 47)
    start, end = pd.Timestamp(week.shift(-51).start()), pd.Timestamp(week.end())
    base = {"n": 14.0, "expected": 5.02, "period_from": start, "period_to": end, "rank": 2}
    return base | {"rank_low": 2, "rank_high": 4, "n_before": 3.0, "n_recent": 7.0} | more


def test_a_place_in_a_sentence() -> None:
    said = sentences.place_sentence(place()).replace("\u00a0", " ")
    assert said == "14 händelser på 52 veckor, liknande platser brukar ha 5."
    hidden = sentences.place_sentence(place(n=float("nan"))).replace("\u00a0", " ")
    assert hidden == "Färre än 5 händelser på 52 veckor."
    english = sentences.place_sentence(place(n=1.0), lang="en").replace("\u00a0", " ")
    assert english == "1 event in 52 weeks, such places usually have 5."


def test_ranks_changes_and_darkness() -> None:
    assert sentences.rank_label(place()) == "2\u20134"
    assert sentences.rank_label(place(rank_high=pd.NA)) == "2"
    assert sentences.change_label(place()) == "4 veckor: 3 \u2192 7"
    assert sentences.change_label(place(n_before=float("nan"))) == "4 veckor: färre än 5 \u2192 7"
    assert sentences.change_label({}) == ""
    assert sentences.dark_label({"dark_share": 0.5, "n_timed": 14}) == (
        "7 av 14 utomhus med känd tid skedde i mörker"
    )
    assert sentences.dark_label({}) == "går inte att avgöra"


def test_the_opening_says_how_many_are_new_and_what_can_wait() -> None:
    one, new = ({"class": c, "certainty": "well_supported"} for c in ("steady", "new"))
    assert opening([one] * 3 + [new] * 2, [{"name": "Torget"}]) == (
        "Fem platser att prioritera i veckan. Två är nya. Torget kan prioriteras ned."
    )
    assert opening([new], []) == "En plats att prioritera i veckan. Den är ny."
    assert opening([new, new], []) == "Två platser att prioritera i veckan. Alla är nya."
    assert opening([one, new], [], lang="en") == ("Two places to prioritise this week. One is new.")
    assert sentences.lower_sentence([{"name": n} for n in "abcd"]) == (
        "Fyra platser kan prioriteras ned."
    )


def test_the_opening_calls_nothing_a_finding_that_may_be_chance() -> None:
    one, new = ({"class": c, "certainty": "well_supported"} for c in ("steady", "new"))
    lead, fresh = ({"class": c, "certainty": "likely"} for c in ("steady", "new"))
    none = "Ingen plats är väl underbyggd i veckan. "
    assert opening([lead, fresh], [{"name": "Torget"}]) == (
        none + "Två platser är värda en titt, men kan vara slump. Torget kan prioriteras ned."
    )
    assert opening([lead], []) == none + "En plats är värd en titt, men kan vara slump."
    assert opening([new, lead], []) == (
        "Två platser att prioritera i veckan. En är väl underbyggd (ny), övriga kan vara slump."
    )
    assert opening([one, new, fresh], []) == (
        "Tre platser att prioritera i veckan. "
        "Två är väl underbyggda (en ny), övriga kan vara slump."
    )
    assert opening([one, lead], [], lang="en") == (
        "Two places to prioritise this week. One is well supported, the others may be chance."
    )
    assert opening([lead], [], lang="en").endswith("worth a look, but may be chance.")


@pytest.mark.parametrize(
    ("sure", "unsure", "said"),
    [
        (1, 4, "Fem platser att prioritera i veckan."),
        (1, 8, "Tre platser att börja med, sex till i listan."),
        (4, 5, "Fyra platser att börja med, fem till i listan."),
        (9, 0, "Fem platser att börja med, fyra till i listan."),
    ],
)
def test_a_long_list_says_where_to_begin(sure: int, unsure: int, said: str) -> None:
    """Three to five is what one evening holds: the well supported ones, within that."""
    rows = [{"class": "steady", "certainty": "well_supported"}] * sure
    rows += [{"class": "steady", "certainty": "likely"}] * unsure
    told = opening(rows, [])
    assert told.startswith(said)
    assert ("övriga kan vara slump" in told) == bool(unsure)
    assert opening(rows[:sure], [], lang="en")


def test_counts_in_squares_in_words() -> None:
    def row(n: float, low: float, high: float) -> SimpleNamespace:
        return SimpleNamespace(n=n, n_min=low, n_max=high)

    forum, public = access("incidents", Role.FORUM), access("incidents", Role.PUBLIC)
    nan = float("nan")
    assert count_label(row(12, 12, 12), forum) == "12"
    assert count_label(row(nan, 1, 4), forum) == "färre än 5"
    assert count_label(row(nan, 7, 19), forum) == "mellan 7 och 19"
    assert count_label(row(12, 12, nan), public) == "minst 12"
    assert count_label(row(nan, 7, 19), forum, lang="en") == "between 7 and 19"


def test_reasons_say_nothing_that_is_not_known() -> None:
    nan = float("nan")
    hidden = place(rate=nan, rate_low=nan, rate_high=nan, n_before=nan, dark_share=nan)
    assert own_reasons(hidden | {"peak_hours": None, "n_timed": None}) == []


def test_every_closed_vocabulary_on_screen_has_its_words() -> None:
    wanted = {
        "certainty": CERTAINTIES,
        "claim": CLAIMS,
        "class": TREND_CLASSES,
        "kind": RECOMMENDATION_KINDS,
        "setting": FRAMES["incidents"].column("setting").vocabulary,
        "felt": FRAMES["reports"].column("felt").vocabulary,
        "unsafe_when": FRAMES["reports"].column("unsafe_when").vocabulary,
        "report_reason": FRAMES["reports"].column("reasons").vocabulary,
        "lamp_state": FRAMES["lamps"].column("state").vocabulary,
        "fault_kind": FRAMES["faults"].column("kind").vocabulary,
        "street_kind": FRAMES["streets"].column("kind").vocabulary,
        "lit": FRAMES["streets"].column("lit").vocabulary,
        "facility_kind": FRAMES["facilities"].column("kind").vocabulary,
        "area_kind": FRAMES["areas"].column("kind").vocabulary,
        "event_kind": FRAMES["events"].column("kind").vocabulary,
    }
    for name, codes in wanted.items():
        assert set(codes) <= set(WORDS[name]), name
    assert word("category", "graffiti") == "Klotter"
    assert word("category", "unknown_code") == "unknown code"
    assert word("certainty", None) == ""


def test_codes_without_words_are_readable_still() -> None:
    assert heading("no_such_column") == "no such column"
    assert caveat_text("no_such_caveat") == "no such caveat"
    assert caveat_text(None) == ""
    assert all(len(pair) == 2 and all(pair) for pair in HEADINGS.values())


def test_a_trend_is_of_the_year_only_when_a_year_was_looked_at() -> None:
    start = pd.Timestamp("2026-01-05 05:00", tz="UTC")
    year = {"class": "steady", "period_from": start, "period_to": start + pd.Timedelta(weeks=52)}
    short = year | {"period_to": start + pd.Timedelta(weeks=24)}
    assert sentences.trend_label(year) == "jämn under året"
    assert sentences.trend_label(short) == "jämn under perioden"
    assert sentences.trend_label(short | {"class": "new"}) == "ny"
    assert sentences.trend_label(short | {"class": None}) == ""
    assert sentences.trend_label(short, lang="en") == "steady"
