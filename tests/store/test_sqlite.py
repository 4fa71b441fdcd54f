"""What is particular to the SQLite store: its file, its promises, its errors."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, exc

from geo.errors import CrsError, StoreError
from geo.store import BatchInfo, open_store
from geo.store.sqlite import explain, open_sqlite
from geo.store.sqlstore import SqlStore, utc_now
from geo.store.tables import AUDIT
from tests.store.making import CRS, INFO, assert_same, expected, incidents

MADE = [f"{n:02d}" for n in range(9)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "läges bild.db"


def pragma(store: Any, name: str) -> object:
    with store._transaction(write=False) as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_every_connection_keeps_the_promises(path: Path) -> None:
    with open_sqlite(path, crs=CRS, wait_s=3) as store:
        told = {n: pragma(store, n) for n in ("journal_mode", "synchronous", "foreign_keys")}
        assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        assert pragma(store, "busy_timeout") == 3000
        assert pragma(store, "secure_delete") == 1


def test_a_path_and_a_url_open_the_same_store(path: Path) -> None:
    with open_store(path, crs=CRS) as store:
        store.append("incidents", incidents(MADE), batch=INFO)
    for place in (str(path), f"sqlite:///{path}"):
        with open_store(place, crs=CRS) as store:
            assert len(store.read("incidents")) == 9
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_other_urls_are_refused(path: Path) -> None:
    with pytest.raises(StoreError, match=r"start with mysql[\s\S]*known: sqlite"):
        open_store("mysql+pymysql://example.org/x", crs=CRS)
    with pytest.raises(StoreError, match="existing folder"):
        open_store(path.parent / "none" / "x.db", crs=CRS)


def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    path.write_text("id;kategori\n1;rån\n" * 200, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a database"):
        open_store(path, crs=CRS)
    assert path.read_bytes() == before


def test_the_crs_of_a_store_is_not_changed(path: Path) -> None:
    open_store(path, crs=CRS).close()
    with pytest.raises(CrsError, match=r"found: [\s\S]*3007[\s\S]*expected: [\s\S]*3006"):
        open_store(path, crs="EPSG:3007")
    with pytest.raises(CrsError, match="metric"):
        open_store(path, crs="EPSG:4326")
    with open_store(path, crs=3006) as store:
        assert store.read("incidents").crs.to_epsg() == 3006


def test_a_crs_without_a_code_is_kept_whole(path: Path) -> None:
    local = "+proj=tmerc +lat_0=0 +lon_0=15 +k=1 +x_0=150000 +ellps=GRS80 +units=m"
    open_store(path, crs=local).close()
    open_store(path, crs=local).close()
    with pytest.raises(CrsError, match="another reference system"):
        open_store(path, crs=CRS)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET action = 'nothing'",
        "DELETE FROM audit",
        "REPLACE INTO audit SELECT seq, at, 'nothing', subject, by, counts FROM audit",
    ],
)
def test_the_audit_can_only_grow(path: Path, statement: str) -> None:
    with open_store(path, crs=CRS) as store:
        store.audit("export", n=1)
    with closing(sqlite3.connect(path)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
        connection.rollback()
        actions = connection.execute("SELECT action FROM audit ORDER BY seq").fetchall()
    assert actions == [("upgrade",), ("export",)]


def test_a_second_writer_waits_and_then_says_so(path: Path) -> None:
    with open_sqlite(path, crs=CRS, wait_s=0.05) as store:
        store.append("incidents", incidents(MADE), batch=INFO)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match=r"another process is writing[\s\S]*SQLITE_BUSY"):
                store.append("incidents", incidents(MADE), batch=INFO)
            assert len(store.read("incidents")) == 9  # readers do not wait
        assert store.append("incidents", incidents(MADE), batch=INFO).n_unchanged == 9


def test_a_folder_in_the_place_of_the_file_is_refused(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(path, crs=CRS)


def test_a_damaged_database_is_said_to_be_damaged(path: Path) -> None:
    with open_store(path, crs=CRS) as store:
        store.append("incidents", incidents([f"{n:04d}" for n in range(2000)]), batch=INFO)
    whole = bytearray(path.read_bytes())
    whole[100_000:-50_000] = b"\xff" * (len(whole) - 150_000)
    path.write_bytes(whole)
    with pytest.raises(StoreError, match=r"damaged[\s\S]*fix: restore the last backup"):
        open_store(path, crs=CRS)


def test_errors_of_the_database_never_carry_rows(path: Path) -> None:
    with open_sqlite(path, crs=CRS) as store:
        line = {"seq": 1, "at": 0, "action": "x", "by": "Anna 0701", "counts": "{}"}
        twice = AUDIT.insert().values(subject="Anna 0701", **line)
        with pytest.raises(StoreError) as caught, store._transaction(write=True) as connection:
            connection.execute(twice)
        assert "Anna" not in f"{caught.value}{caught.value.__cause__}"
        assert "IntegrityError" in str(caught.value)


def test_a_database_that_cannot_keep_a_log_is_refused() -> None:
    with pytest.raises(StoreError, match=r"write-ahead log[\s\S]*found: journal mode memory"):
        open_store(":memory:", crs=CRS)


def test_a_database_made_by_something_alike_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE schema_version (number TEXT)")
    with pytest.raises(StoreError, match=r"bild.db could not be opened[\s\S]*OperationalError"):
        open_store(path, crs=CRS)


def test_drivers_that_name_their_parameters_write_the_same(path: Path) -> None:
    rows = incidents(MADE)
    open_store(path, crs=CRS).close()
    engine = create_engine(f"sqlite:///{path}", paramstyle="named")
    with SqlStore(engine, crs=CRS) as store:
        store.append("incidents", rows, batch=INFO)
    with open_store(path, crs=CRS) as store:
        assert_same(store.read("incidents"), expected(rows, batch_id="b0001"))


def test_errors_nobody_foresaw_are_not_explained_away() -> None:
    assert explain(exc.DBAPIError("select", None, ValueError("odd"))) is None


def test_what_is_undone_is_gone_from_the_file(path: Path) -> None:
    word = "Hemlighetsgatan"
    with open_store(path, crs=CRS) as store:
        store.append("incidents", incidents(MADE, source_category=word), batch=BatchInfo("x"))
        store.undo("b0001")
    assert word.encode() not in path.read_bytes()


def test_the_machines_clock_is_utc() -> None:
    assert utc_now().utcoffset().total_seconds() == 0  # type: ignore[union-attr]  # it is aware
