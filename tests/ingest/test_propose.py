"""A mapping proposed: what is found, what is asked, what is never read."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo.errors import IngestError
from geo.ingest import Mapping
from geo.ingest.propose import Place, Proposal, propose_file
from geo.ingest.propose.hours import clock_reading, quiet_middle
from geo.ingest.propose.vocabulary import (
    category_words,
    headers,
    likeness,
    match_word,
    plain,
    words,
)
from geo.ingest.propose.writing import mapping_text

ZONE = "Europe/Stockholm"
VAXJO = Place("EPSG:3006", ZONE, (475_000.0, 6_290_000.0, 500_000.0, 6_320_000.0))
SWEDEN = Place("EPSG:3006", ZONE)
LON, LAT = 14.81, 56.88


def spots(crs: str, n: int = 60) -> list[tuple[float, float]]:
    """Points round Växjö in a system: east, north."""
    rng = random.Random(4)  # noqa: S311 - points, no secrets
    move = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    out = [move.transform(LON + rng.gauss(0, 0.01), LAT + rng.gauss(0, 0.005)) for _ in range(n)]
    return [(round(x, 5), round(y, 5)) for x, y in out]


def write(path: Path, head: str, rows: list[list[Any]], *, sep: str = ",") -> Path:
    lines = [head, *(sep.join(str(cell) for cell in row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def incidents(tmp_path: Path, crs: str, head: str = "id,datum,typ,x,y", *, swap: bool = False,
              name: str = "fil.csv") -> Path:  # fmt: skip
    rows = [[f"A{n}", f"2026-03-{1 + n % 28:02d} 2{n % 4}:10", "Inbrott",
             *((y, x) if swap else (x, y))] for n, (x, y) in enumerate(spots(crs))]  # fmt: skip
    return write(tmp_path / name, head, rows)


def asked(proposal: Proposal) -> set[str]:
    return {item.key for item in proposal.decisive}


@pytest.mark.parametrize("crs", ["EPSG:3006", "EPSG:3008", "EPSG:3009", "EPSG:3021", "EPSG:4326",
                                 "EPSG:3857", "EPSG:32633"])  # fmt: skip
@pytest.mark.parametrize("order", ["x then y", "y then x"])
def test_with_an_extent_system_and_order_are_found(tmp_path: Path, crs: str, order: str) -> None:
    swap = order == "y then x"
    got = propose_file(incidents(tmp_path, crs, swap=swap), frame="incidents", place=VAXJO)
    same = {"EPSG:32633": "EPSG:3006"}  # one place to the metre: the usual name is taken
    assert got.mapping.crs == same.get(crs, crs)
    assert (got.mapping.columns["x"], got.mapping.columns["y"]) == (
        ("y", "x") if swap else ("x", "y")
    )
    assert asked(got) == set()


def test_without_an_extent_local_zones_are_asked_about_and_an_answer_settles_it(
    tmp_path: Path,
) -> None:
    path = incidents(tmp_path, "EPSG:3009", "id,datum,typ,E,N")
    got = propose_file(path, frame="incidents", place=SWEDEN)
    (item,) = got.decisive
    assert item.key == "crs"
    assert {"EPSG:3008", "EPSG:3009", "EPSG:3010"} <= {o.answer for o in item.options}
    assert all(option.line.startswith('crs = "EPSG:') for option in item.options)
    told = propose_file(path, frame="incidents", place=SWEDEN, answers={"crs": "EPSG:3009"})
    assert (told.mapping.crs, asked(told)) == ("EPSG:3009", set())


def test_a_header_that_names_the_system_settles_it(tmp_path: Path) -> None:
    path = incidents(tmp_path, "EPSG:3009", "id,datum,typ,E SWEREF99 15 00,N SWEREF99 15 00")
    got = propose_file(path, frame="incidents", place=SWEDEN)
    assert (got.mapping.crs, asked(got)) == ("EPSG:3009", set())


def test_the_national_system_needs_no_extent(tmp_path: Path) -> None:
    got = propose_file(incidents(tmp_path, "EPSG:3006"), frame="incidents", place=SWEDEN)
    assert (got.mapping.crs, asked(got)) == ("EPSG:3006", set())


def test_latitude_and_longitude_that_changed_places_are_told(tmp_path: Path) -> None:
    path = incidents(tmp_path, "EPSG:4326", "id,datum,typ,latitude,longitude")
    got = propose_file(path, frame="incidents", place=VAXJO)
    assert (got.mapping.columns["x"], got.mapping.columns["y"]) == ("latitude", "longitude")
    assert "order" in {item.key for item in got.unsure}


def test_a_file_of_elsewhere_is_asked_about(tmp_path: Path) -> None:
    rows = [[f"A{n}", "2026-03-01 20:10", "Inbrott", 700 + n, 900 + n] for n in range(40)]
    path = write(tmp_path / "fil.csv", "id,datum,typ,x,y", rows)
    assert asked(propose_file(path, frame="incidents", place=VAXJO)) == {"crs"}


def test_days_before_months_only_when_the_file_says_so(tmp_path: Path) -> None:
    def proposed(dates: list[str]) -> Proposal:
        rows = [[f"A{n}", dates[n % len(dates)], "Inbrott", x, y]
                for n, (x, y) in enumerate(spots("EPSG:3006"))]  # fmt: skip
        path = write(tmp_path / "fil.csv", "id;datum;typ;E;N", rows, sep=";")
        return propose_file(path, frame="incidents", place=VAXJO)

    either = proposed(["03/04/2026 21:10", "05/06/2026 22:10"])
    (item,) = either.decisive
    assert item.key == "date_order"
    assert [o.line for o in item.options] == ['date_order = "dmy"', 'date_order = "mdy"']
    assert proposed(["03/04/2026 21:10", "13/06/2026 22:10"]).mapping.date_order == "dmy"
    assert proposed(["03/04/2026 21:10", "05/16/2026 22:10"]).mapping.date_order == "mdy"
    assert asked(proposed(["03.04.2026 21:10"])) == set()


def timed(tmp_path: Path, *, shift_h: float, mark: str, place: Place) -> Proposal:
    """A file of events awake from 8 to 23 local time, written `shift_h` off."""
    rng = random.Random(2)  # noqa: S311 - hours, no secrets
    rows = []
    for n in range(600):
        local = datetime(2026, 7, 1 + n % 28, rng.choice([8, *range(10, 24)]), 17)
        rows.append([n, f"{local + timedelta(hours=shift_h):%Y-%m-%dT%H:%M:00}{mark}",
                     "burglary", -95.4 + rng.gauss(0, 0.01),
                     29.7 + rng.gauss(0, 0.01)])  # fmt: skip
    path = write(tmp_path / "t.csv", "id,occurred,type,lon,lat", rows)
    return propose_file(path, frame="incidents", place=place)


def test_the_hours_people_sleep_tell_local_from_utc(tmp_path: Path) -> None:
    houston = Place("EPSG:32615", "America/Chicago")
    true_utc = timed(tmp_path, shift_h=5, mark="Z", place=houston)
    assert (true_utc.mapping.ignore_offset, asked(true_utc)) == (False, set())
    false_utc = timed(tmp_path, shift_h=0, mark="Z", place=houston)
    assert false_utc.mapping.ignore_offset
    assert "offset" in {item.key for item in false_utc.unsure}  # told, as it was not said
    bare = timed(tmp_path, shift_h=0, mark="", place=houston)
    assert (bare.mapping.ignore_offset, asked(bare)) == (False, set())
    unmarked_utc = timed(tmp_path, shift_h=5, mark="", place=houston)
    assert asked(unmarked_utc) == {"offset"}


def test_a_zone_near_utc_is_not_told_by_its_hours() -> None:
    import pandas as pd

    written = pd.Series(pd.date_range("2026-07-01 10:05", periods=800, freq="61min"))
    read = clock_reading(written.astype("datetime64[us]"), timezone=ZONE)
    assert read is not None
    assert read[0] == "either"
    assert clock_reading(written[:100].astype("datetime64[us]"), timezone=ZONE) is None


@given(quiet=st.integers(0, 23))
def test_the_quiet_hours_are_found_round_the_clock(quiet: int) -> None:
    import numpy as np

    counts = np.full(24, 9)
    counts[(quiet + np.arange(5)) % 24] = 1
    assert quiet_middle(np.repeat(np.arange(24), counts)) == (quiet + 2.5) % 24


def test_a_messy_swedish_export_is_read_at_once(tmp_path: Path) -> None:
    rng = random.Random(3)  # noqa: S311 - rows, no secrets
    lines = [
        "Kommunens felanmälan",
        "Uttag 2026-11-20",
        "",
        "Ärende-ID;Händelsedatum;Klockslag;Typ av händelse;N;E;Beskrivning;Personnummer;Ålder",
    ]
    for n, (x, y) in enumerate(spots("EPSG:3009", 120)):
        kind = rng.choice(["Klotter på vägg", "Skadegörelse, fönster", "Nedskräpning", "Mystisk"])
        lines.append(f"A-{n};{1 + n % 28:02d}/11 2026;{n % 24:02d}.30;{kind};"
                     f"{y:.2f};{x:.2f};Någon text om Kalle som bor här;19900101-2392;{n % 80}"
                     .replace(f"{y:.2f}", f"{y:.2f}".replace(".", ","))
                     .replace(f"{x:.2f}", f"{x:.2f}".replace(".", ",")))  # fmt: skip
    lines.append("Summa;;;120;;;;;")
    path = tmp_path / "felanmälan_2026-W47.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    got = propose_file(path, frame="incidents", place=VAXJO)
    assert got.mapping.columns == {
        "ref": "Ärende-ID", "x": "E", "y": "N",
        "occurred_from": ["Händelsedatum", "Klockslag"], "category": "Typ av händelse"}  # fmt: skip
    assert (got.mapping.crs, got.mapping.date_order) == ("EPSG:3009", "dmy")
    assert got.mapping.categories == {
        "Klotter på vägg": "graffiti", "Nedskräpning": "litter",
        "Skadegörelse, fönster": "vandalism"}  # fmt: skip
    assert got.mapping.source == "felanmalan"  # the same name next week
    assert set(got.left_out["persons"]) == {"Personnummer", "Ålder"}
    assert got.left_out["free_text"] == ["Beskrivning"]
    assert asked(got) == set()
    assert any("Mystisk" in item.question for item in got.unsure)


def test_what_is_between_people_in_a_home_is_proposed_refused(tmp_path: Path) -> None:
    places = ["Lägenhet", "Gata", "Trapphus"]
    for kinds, expected in ((["Misshandel", "Klotter"], "dwelling"),
                            (["Cykelstöld", "Inbrott"], "dwelling_exterior")):  # fmt: skip
        rows = [[n, "2026-03-01 20:10", kinds[n % 2], places[n % 3], x, y]
                for n, (x, y) in enumerate(spots("EPSG:3006"))]  # fmt: skip
        path = write(tmp_path / "fil.csv", "nr,datum,brottstyp,plats,E,N", rows)
        got = propose_file(path, frame="incidents", place=VAXJO)
        assert got.mapping.words("setting") == {
            "Gata": "outdoor", "Lägenhet": expected, "Trapphus": "shared_building"}  # fmt: skip
        assert ("homes" in {i.key for i in got.unsure}) == (expected == "dwelling")


def test_faults_lamps_and_their_words(tmp_path: Path) -> None:
    kinds = ["Släckt", "Blinkar", "Påkörd stolpe"]
    rows = [[f"FA{n}", f"0{n % 9}-1", kinds[n % 3], "2026-03-01 20:10", "2026-03-09 08:00", x, y]
            for n, (x, y) in enumerate(spots("EPSG:3006"))]  # fmt: skip
    path = write(tmp_path / "fel.csv", "Ärende,Stolpnr,Fel,Inkom,Avslutat,E,N", rows)
    got = propose_file(path, frame="faults", place=VAXJO)
    assert got.mapping.columns == {
        "ref": "Ärende", "x": "E", "y": "N", "reported_at": "Inkom", "closed_at": "Avslutat",
        "pole_ref": "Stolpnr", "kind": "Fel"}  # fmt: skip
    assert got.mapping.words("kind") == {
        "Blinkar": "flickering", "Påkörd stolpe": "damaged", "Släckt": "out"}  # fmt: skip
    lamps = [[f"S{n}", "66(LED)" if n % 2 else "100(HPS)", f"{4 + n % 5}", x, y]
             for n, (x, y) in enumerate(spots("EPSG:3006"))]  # fmt: skip
    path = write(tmp_path / "lampor.csv", "stolpnr,effekt,höjd,E,N", lamps)
    lamp = propose_file(path, frame="lamps", place=VAXJO).mapping
    assert lamp.columns["height_m"] == "höjd"
    assert lamp.units == {"power_w": "W"}


def test_a_height_that_can_be_no_height_is_left_and_told(tmp_path: Path) -> None:
    rows = [[f"S{n}", n % 3 + 1, x, y] for n, (x, y) in enumerate(spots("EPSG:3006"))]
    path = write(tmp_path / "lampor.csv", "stolpnr,stolphöjd,E,N", rows)
    got = propose_file(path, frame="lamps", place=VAXJO)
    assert "height_m" not in got.mapping.columns
    assert any(item.key == "number" for item in got.unsure)


def test_nothing_to_go_by_is_asked_about_and_never_guessed(tmp_path: Path) -> None:
    path = write(tmp_path / "konstig.csv", "kol1,kol2", [[f"a{n}", f"b{n % 5}"] for n in range(30)])
    got = propose_file(path, frame="incidents", place=VAXJO)
    assert asked(got) == {"occurred_from", "category"}
    lamps = propose_file(path, frame="lamps", place=VAXJO)
    assert "xy" in asked(lamps)
    areas = propose_file(path, frame="facilities", place=VAXJO)
    assert "name" in asked(areas)


def test_answers_settle_what_was_asked(tmp_path: Path) -> None:
    rows = [[f"2026-03-{1 + n % 28:02d}", f"b{n % 5}", x, y]
            for n, (x, y) in enumerate(spots("EPSG:3006"))]  # fmt: skip
    path = write(tmp_path / "konstig.csv", "kol1,kol2,kol3,kol4", rows)
    first = propose_file(path, frame="incidents", place=VAXJO)
    assert asked(first) == {"category"}
    given_ = {"category": "graffiti", "xy": ["kol3", "kol4"]}
    got = propose_file(path, frame="incidents", place=VAXJO, answers=given_)
    assert asked(got) == set()
    assert got.mapping.constants == {"category": "graffiti"}
    assert (got.mapping.crs, got.mapping.columns["x"]) == ("EPSG:3006", "kol3")
    by_column = propose_file(path, frame="incidents", place=VAXJO, answers={"category": "kol2"})
    assert by_column.mapping.columns["category"] == "kol2"


def test_the_written_file_reads_back_as_it_was_and_says_what_is_unsure(tmp_path: Path) -> None:
    rows = [[f"A{n}", "03/04/2026 21:10", 'Klotter "stort"\\' if n % 2 else "Annat = [x]", x, y]
            for n, (x, y) in enumerate(spots("EPSG:3009"))]  # fmt: skip
    path = write(tmp_path / "fil.csv", "id;datum;typ;E # öst;N", rows, sep=";")
    got = propose_file(path, frame="incidents", place=SWEDEN)
    file = tmp_path / "m.toml"
    file.write_text(mapping_text(got), encoding="utf-8")
    back = Mapping.read(file)
    assert (back, back.version) == (got.mapping, got.mapping.version)
    text = file.read_text(encoding="utf-8")
    assert text.count("OSÄKERT") == len(got.decisive)
    assert '#    date_order = "dmy"' in text
    assert '#    crs = "EPSG:3009"' in text


@given(word=st.text(min_size=1, max_size=30))
def test_any_word_survives_the_written_file(word: str) -> None:
    import tomllib

    from geo.ingest.propose.writing import _line, _value

    assert tomllib.loads(_line(word, word, word)) == {word: word}
    assert tomllib.loads(f"v = {_value([word, word])}") == {"v": [word, word]}


def test_a_long_file_is_looked_at_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.ingest.propose.sample.HEAD_BYTES", 2000)
    got = propose_file(incidents(tmp_path, "EPSG:3006"), frame="incidents", place=VAXJO)
    assert 0 < got.sample.n < 60
    assert not got.sample.whole
    assert got.as_json()["whole"] is False


def test_too_many_columns_are_refused_with_a_way_on(tmp_path: Path) -> None:
    head = ",".join(f"k{n}" for n in range(1200))
    path = write(tmp_path / "bred.csv", head, [list(range(1200))] * 3)
    with pytest.raises(IngestError, match="more columns than") as refused:
        propose_file(path, frame="incidents", place=VAXJO)
    assert "--map" in refused.value.fix


def test_the_lists_of_words_name_only_what_there_is() -> None:
    from geo.frames import FRAMES
    from geo.settings import categories

    columns = [(frame.name, c) for frame in FRAMES.values() for c in frame.columns]
    assert set(headers()["columns"]) - {"ref", "lit_state"} <= {c.name for _, c in columns}
    assert set(category_words().values()) == set(categories())
    for name, table in words().items():
        for column, ours in (table if name in FRAMES else {name: table}).items():
            known = [set(c.vocabulary) for frame, c in columns
                     if c.name == column and name in {frame, column}]  # fmt: skip
            assert any(set(ours) - {"dwelling"} <= one or not one for one in known), (name, column)


@pytest.mark.parametrize(
    ("word", "ours"),
    [("THEFT F/AUTO", "vehicle_crime"), ("Inbrott skola/förskola", "burglary"),
     ("LOB", "substance_use"),
     ("Stöld ur/från motorfordon", "vehicle_crime"), ("Skadegörelse, klotter", "graffiti"),
     ("Anti-social behaviour", "disorder"), ("Homicidio", "violence_public"), ("Mystisk", None),
     ("Källarinbrott", "burglary"), ("Hotell", None), ("", None)],
)  # fmt: skip
def test_words_are_understood_by_the_longest_that_fits(word: str, ours: str | None) -> None:
    assert match_word(word, category_words()) == ours


def test_headers_are_compared_without_case_accents_and_word_breaks() -> None:
    assert plain("høydeOverVeg") == "hoyde over veg"
    assert likeness("Östlig_Koordinat", "place", "east") > 0.9
    assert likeness("ostlig koordinat", "place", "east") > 0.9
    assert likeness("zip_code", "columns", "occurred_from") == 0
