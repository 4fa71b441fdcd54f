"""The seal: made when a list is published, and broken by whatever touches the list later."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from geo.pipeline.scored import pooled, published
from geo.pipeline.seal import frozen_list, list_hash, seal_state
from geo.store import Run
from geo.store.sqlite import open_sqlite
from tests.contracts.planted import scored
from tests.pipeline.test_score import CRS, places

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RUN = Run("r1", "2026-W20", {"weeks": 52}, {}, "1")


def publish(path: Path, *, seal: bool = True) -> str:
    """Publish a list, sealed or as an older version did."""
    seal_now = list_hash(frozen_list(places()))
    run = replace(RUN, summary={"seal": seal_now}) if seal else RUN
    with open_sqlite(path, crs=CRS) as store:
        store.write_run(run, {"hotspots": places()})
    return seal_now


def state(path: Path) -> str:
    """Read the list anew, and hold it against its seal."""
    with open_sqlite(path, crs=CRS) as store:
        now = list_hash(frozen_list(store.read("hotspots", run_id="r1")))
        return seal_state(store, store.run("r1"), now=now)


def change(path: Path, query: str, *values: str) -> None:
    """Change a database behind the store's back."""
    with closing(sqlite3.connect(path)) as base:
        base.execute(query, values)
        base.commit()


def _ranks(path: Path) -> None:
    change(path, "UPDATE hotspots SET rank = 3 - rank WHERE rank < 3")


def _away(path: Path) -> None:
    change(path, "DELETE FROM hotspots WHERE place_id = 'P-B'")


def _certainty(path: Path) -> None:
    change(path, "UPDATE hotspots SET certainty = 'possible' WHERE place_id = 'P-C'")


def _both(path: Path) -> None:
    _ranks(path)
    with open_sqlite(path, crs=CRS) as store:
        now = list_hash(frozen_list(store.read("hotspots", run_id="r1")))
    change(path, "UPDATE runs SET summary = ?", json.dumps({"seal": now}))


@pytest.mark.parametrize("touch", [_ranks, _away, _certainty, _both])
def test_a_list_that_is_touched_no_longer_matches_its_seal(
    tmp_path: Path, touch: Callable[[Path], None]
) -> None:
    path = tmp_path / "lagesbild.db"
    publish(path)
    assert state(path) == "holds"
    touch(path)
    assert state(path) == "broken"


def test_the_audit_keeps_the_seal_and_lets_nobody_rewrite_it(tmp_path: Path) -> None:
    path = tmp_path / "lagesbild.db"
    seal = publish(path)
    with open_sqlite(path, crs=CRS) as store:
        log = store.audit_log()
    assert log.loc[log["action"] == "seal", "subject"].tolist() == [f"r1:{seal}"]
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        change(path, "UPDATE audit SET subject = 'r1:x' WHERE action = 'seal'")


def test_a_list_of_a_version_that_did_not_seal_says_so(tmp_path: Path) -> None:
    path = tmp_path / "lagesbild.db"
    publish(path, seal=False)
    assert state(path) == "none"


def test_weeks_are_added_up_by_hand_and_a_broken_list_is_left_out() -> None:
    first, second, third = (scored(hits)["weeks"][0] for hits in (2, 4, 30))
    third["seal"] = "broken"
    told = pooled([first, second, third])
    assert told is not None
    assert (told["weeks"], told["hits"], told["n"], told["n_places"]) == (2, 6, 80, 10)
    assert told["hit_rate"] == pytest.approx(6 / 80)
    assert told["pai"] == pytest.approx(6 / 80 / 0.01)
    assert told["pai_low"] < told["pai"] < told["pai_high"]
    # one only the list caught, two only the plain count, twice: 2 of 6 is what a coin may do
    assert told["p"] == pytest.approx(0.6875)
    assert told["visited"] == {"n_places": 4, "hits": 4}
    assert pooled([third]) is None


def at(day: str, name: str, week: str = "2026-W20") -> Run:
    """A run of a week, written on a day."""
    return replace(RUN, run_id=name, week=week, written_at=datetime.fromisoformat(f"{day}T09:00Z"))


def chosen(*runs: Run) -> str | None:
    """The list that is scored; runs come last written first, as from the store."""
    written = sorted(runs, key=lambda run: run.written_at or datetime.min, reverse=True)
    return published(written, "2026-W20", timezone="Europe/Stockholm")


def test_the_list_that_people_had_is_scored_and_never_one_made_in_hindsight() -> None:
    # W20 of 2026 ends on Monday 18 May; the week that scores it on 25 May
    monday, wednesday = at("2026-05-18", "monday"), at("2026-05-20", "mended")
    late = at("2026-06-30", "hindsight")
    assert chosen(monday) == "monday"
    assert chosen(monday, wednesday) == "mended"
    assert chosen(monday, wednesday, late) == "mended"
    assert (
        chosen(late, at("2026-07-01", "later")) == "hindsight"
    )  # the first, where none was in time
    assert chosen(at("2026-05-11", "other", week="2026-W19")) is None
    assert published([], "2026-W20", timezone="Europe/Stockholm") is None


def test_the_store_says_when_a_run_was_written(tmp_path: Path) -> None:
    before = datetime.now(UTC)
    with open_sqlite(tmp_path / "s.db", crs=CRS) as store:
        store.write_run(RUN, {"hotspots": places()})
        kept = store.run("r1")
    assert kept == RUN  # when it was written is no part of what it says
    assert kept.written_at is not None
    assert before - timedelta(seconds=1) <= kept.written_at <= datetime.now(UTC)
