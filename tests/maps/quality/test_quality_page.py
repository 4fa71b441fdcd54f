"""The data quality page: what came and what did not, and who is told how much of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from geo.clock import Week
from geo.ingest import Mapping
from geo.maps.access import JOINT_ROLES, PUBLIC_ROLES, RAW_ROLES, Role
from geo.maps.quality import data_quality, quality_page
from geo.pipeline import Workspace, load
from geo.settings import Profile

if TYPE_CHECKING:
    from pathlib import Path

    from geo.maps.quality import DataQuality

WEEK = Week(2026, 47)
NOW = WEEK.end() + timedelta(hours=2)
PER_WEEK = 14


def rows(name: str, *, until: Week, extra: tuple[str, ...] = ()) -> str:
    """Twelve weeks of rows, fourteen a week, every seventh without a place."""
    lines = ["nr;tid;typ;x;y"]
    for back in range(12):
        start = until.shift(-back).start()
        for i in range(PER_WEEK):
            at = start + timedelta(hours=11 * i)
            x = "" if i % 7 == 0 else str(500_000 + 37 * i + back)
            lines.append(f"{name}{back}-{i};{at:%Y-%m-%d %H:%M};Klotter;{x};{x and 6_300_000 + i}")
    return "\n".join([*lines, *extra]) + "\n"


def put(workspace: Workspace, name: str, text: str, *, zone: str = "UTC") -> str:
    file = workspace.folder / f"{name}-export.csv"
    file.write_text(text, encoding="utf-8")
    mapping = Mapping(
        frame="incidents", source=name, actor=name, crs="EPSG:3006", timezone=zone,
        columns={"ref": "nr", "occurred_from": "tid", "x": "x", "y": "y", "category": "typ"},
        categories={"Klotter": "graffiti"},
    )  # fmt: skip
    with workspace.store() as store:
        return load(workspace, store, file, mapping=mapping).batch_id


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = Workspace.create(tmp_path_factory.mktemp("q") / "kommun", Profile(name="Provby"))
    odd = (
        "k1;2026-11-18 20:00;Konstig sak;500100;6300100",
        "k2;i går;Klotter;500100;6300100",
    )
    put(made, "polisen", rows("p", until=WEEK, extra=odd))
    put(made, "bolaget", rows("b", until=WEEK.shift(-1)))
    put(made, "skolan", "nr;tid;typ;x;y\n" + "".join(
        f"s{i};2026-11-1{i} 12:00;Klotter;500{i}00;63000{i}0\n" for i in (6, 7, 8)
    ))  # fmt: skip
    return made


@pytest.fixture(scope="module")
def found(workspace: Workspace) -> DataQuality:
    with workspace.store() as store:
        return data_quality(store, timezone="Europe/Stockholm", now=NOW)


def page(found: DataQuality, role: Role, *, lang: str = "sv") -> dict[str, Any]:
    return quality_page(found, role=role, profile=Profile(name="Provby"), lang=lang)


def test_what_each_source_gave_is_counted(found: DataQuality) -> None:
    police = next(s for s in found.sources if s.source == "polisen")
    assert (police.n, police.n_located, police.n_timed) == (169, 145, 169)
    assert police.other == {"Konstig sak": 1}
    assert [n for _, n in police.weekly] == [*[PER_WEEK] * 10, PER_WEEK + 1]
    (only,) = police.loads
    assert (only.n_read, only.n_new, only.n_rejected) == (170, 169, 1)
    assert only.rejected == {"time_unreadable": 1}


def test_the_source_that_did_not_come_is_named_first(found: DataQuality) -> None:
    told = page(found, Role.SECURITY_CHIEF)
    first = told["attention"][0]
    assert (first["code"], first["source"]) == ("missing", "bolaget")
    assert first["sentence"].startswith("Inget v.\u00a047. Brukar vara 14 i veckan (")
    assert told["sentence"].startswith("Tre källor. En har inte kommit.")
    codes = {item["code"] for item in told["attention"]}
    assert {"missing", "other", "rejected"} <= codes


def test_only_the_latest_load_of_a_frame_says_how_to_take_it_back(found: DataQuality) -> None:
    told = page(found, Role.COORDINATOR)
    undo = {row["source"]: row["loads"][0]["undo"] for row in told["sources"]}
    assert undo == {"polisen": None, "bolaget": None, "skolan": "lagesbild undo b0003"}


def test_nothing_detected_is_never_called_nothing(found: DataQuality) -> None:
    told = json.dumps(page(found, Role.SECURITY_CHIEF), ensure_ascii=False)
    assert "inget upptäckt" in told
    assert "inga personuppgifter" not in told.casefold()


@pytest.mark.parametrize("role", JOINT_ROLES)
def test_the_forum_gets_no_small_count_no_word_no_file(found: DataQuality, role: Role) -> None:
    told = page(found, role)
    assert told["detail"] == "summary"
    said = json.dumps(told, ensure_ascii=False)
    for word in ("export.csv", "b0001", "Konstig", "loads", "weekly", "rejected"):
        assert word not in said
    school = next(row for row in told["sources"] if row["source"] == "skolan")
    assert (school["n"], school["last_label"], school["pace"]) == (None, None, None)
    hidden = [row["source"] for row in told["sources"] if row["n"] is None]
    assert len(hidden) == 2  # or the total, told elsewhere, would give the lone one away
    missing = [item for item in told["attention"] if item["code"] == "missing"]
    assert [item["sentence"] for item in missing] == ["Inget v.\u00a047."]


@pytest.mark.parametrize("role", [*PUBLIC_ROLES, Role.ADMINISTRATOR])
def test_others_get_one_harmless_line(found: DataQuality, role: Role) -> None:
    told = page(found, role)
    assert told["detail"] == "line"
    assert (told["sources"], told["stocks"], told["attention"]) == ([], [], [])
    assert not any(letter.isdigit() for letter in told["sentence"])


@pytest.mark.parametrize("role", RAW_ROLES)
def test_the_page_is_whole_in_both_languages(found: DataQuality, role: Role) -> None:
    swedish, english = page(found, role), page(found, role, lang="en")
    assert english["sentence"].startswith("Three sources.")
    assert len(english["attention"]) == len(swedish["attention"])
    assert all(row["pace"]["low"] <= row["pace"]["high"] for row in swedish["sources"][:2])


@pytest.mark.parametrize(
    ("zone", "marked", "hour"),
    [
        ("America/Chicago", "America/Chicago", None),
        ("America/Chicago", "UTC", 0.5),
        ("Europe/Stockholm", "UTC", None),  # two hours cannot be told from habits
    ],
)
def test_a_wrong_mark_of_utc_is_seen_by_the_calm_hours(
    tmp_path: Path, zone: str, marked: str, hour: float | None
) -> None:
    import numpy as np

    busy = np.repeat(np.arange(24), [3, 3, 2, 1, 1, 1, 1, 2] + [6] * 16)
    hours = np.random.default_rng(3).choice(busy, 400)
    text = "nr;tid;typ;x;y\n" + "".join(
        f"a{i};2026-07-{1 + i % 28:02d} {each:02d}:17;Klotter;500{i:03d};6300{i:03d}\n"
        for i, each in enumerate(hours)
    )
    made = Workspace.create(tmp_path / "k", Profile(timezone=zone))
    put(made, "a", text, zone=marked)
    with made.store() as store:
        (source,) = data_quality(store, timezone=zone, now=NOW).sources
    assert source.quiet_hour == (None if hour is None else pytest.approx(hour, abs=1.0))


def test_a_week_asked_for_is_compared_with_those_before_it(workspace: Workspace) -> None:
    with workspace.store() as store:
        then = data_quality(store, timezone="Europe/Stockholm", now=NOW, week=WEEK.shift(-1))
    assert page(then, Role.SECURITY_CHIEF)["attention"][0]["code"] != "missing"
    assert then.whole_week


def test_an_empty_store_says_how_to_begin(tmp_path: Path) -> None:
    empty = Workspace.create(tmp_path / "k", Profile())
    with empty.store() as store:
        none = data_quality(store, timezone="Europe/Stockholm", now=datetime.now(UTC))
    told = page(none, Role.SECURITY_CHIEF)
    assert told["sentence"] == "Inget är inläst än."
    assert "lagesbild load" in told["fix"]


def test_an_undone_load_is_told_as_undone_and_its_rows_are_gone(tmp_path: Path) -> None:
    made = Workspace.create(tmp_path / "k", Profile())
    put(made, "polisen", rows("p", until=WEEK))
    batch = put(made, "polisen", rows("q", until=WEEK))
    with made.store() as store:
        store.undo(batch)
        (police,) = data_quality(store, timezone="Europe/Stockholm", now=NOW).sources
    assert police.n == 12 * PER_WEEK
    assert [(each.batch_id, each.undone) for each in police.loads] == [
        (batch, True),
        ("b0001", False),
    ]
    assert [each.last for each in police.loads] == [False, True]


def test_lamps_that_are_not_believed_are_said_at_the_door_and_until_they_are_mended(
    tmp_path: Path,
) -> None:
    workspace = Workspace.create(tmp_path / "kommun", Profile(name="Provby"))
    file = tmp_path / "lampor.csv"
    mapping = Mapping(
        frame="lamps", source="register", crs="EPSG:3006", timezone="Europe/Stockholm",
        columns={"ref": "nr", "pole_ref": "nr", "x": "x", "y": "y", "height_m": "h"},
    )  # fmt: skip

    def put_lamps(height: int) -> tuple[dict[str, int], list[dict[str, Any]]]:
        lines = [f"L{i};{500_000 + 30 * i};6300000;{height}" for i in range(14)]
        file.write_text("\n".join(["nr;x;y;h", *lines]), encoding="utf-8")
        with workspace.store() as store:
            report = load(workspace, store, file, mapping=mapping)
            told = data_quality(store, timezone="Europe/Stockholm", now=NOW)
        items = page(told, Role.SECURITY_CHIEF)["attention"]
        return report.n_flagged, [i for i in items if i["code"] == "register"]

    flagged, items = put_lamps(25)
    assert flagged == {"height_in_feet": 14}
    assert "register: höjden ser ut att vara i fot (14)" in items[0]["sentence"]
    flagged, items = put_lamps(8)
    assert (flagged, items) == ({}, [])


def test_a_notice_is_not_counted_as_lacking_a_place(tmp_path: Path) -> None:
    made = Workspace.create(tmp_path / "kommun", Profile(name="Provby"))
    file = tmp_path / "notiser.csv"
    file.write_text("nr;ute;typ;var\n1;2026-11-19 20:55;Brand;Provby\n", encoding="utf-8")
    mapping = Mapping(
        frame="notices", source="polisen", timezone="Europe/Stockholm",
        columns={"ref": "nr", "published_at": "ute", "type": "typ", "title": "typ", "area": "var"},
    )  # fmt: skip
    with made.store() as store:
        load(made, store, file, mapping=mapping)
        found = data_quality(store, timezone="Europe/Stockholm", now=NOW)
    told = quality_page(found, role=Role.SECURITY_CHIEF, profile=made.profile)
    assert [(row["n"], row["located"]) for row in told["sources"]] == [(1, None)]
