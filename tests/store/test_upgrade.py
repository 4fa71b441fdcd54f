"""Old databases are brought up to date whole, after a copy; newer ones are refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from geo.errors import StoreError
from geo.store import Appended, Store, Undone
from geo.store.migrations import MIGRATIONS
from geo.store.sqlite import open_sqlite
from geo.store.tables import METADATA
from geo.store.upgrade import copy_beside
from tests.store.making import CRS, INFO, Clock, canonical, incidents

GOLDEN = Path(__file__).parent / "golden"
HERE = len(MIGRATIONS)


def add_a_table(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE extra (a INTEGER)")
    connection.exec_driver_sql("INSERT INTO extra VALUES (7)")


def stop_halfway(connection: Connection) -> None:
    add_a_table(connection)
    msg = "power cut"
    raise RuntimeError(msg)


def opened(path: Path, *more: object) -> Store:
    return open_sqlite(path, crs=CRS, now=Clock(), steps=(*MIGRATIONS, *more))  # type: ignore[arg-type]  # any step will do


def ask(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lagesbild.db"


@pytest.fixture
def old(path: Path) -> bytes:
    """A database of today's step with some rows in it; what they are, to the byte."""
    with opened(path) as store:
        store.append("incidents", incidents(["a", "b"]), batch=INFO)
        return canonical(store.read("incidents"))


def test_the_steps_make_the_tables_that_the_contracts_ask_for(path: Path, tmp_path: Path) -> None:
    opened(path).close()
    wanted = tmp_path / "wanted.db"
    engine = create_engine(f"sqlite:///{wanted}")
    METADATA.create_all(engine)
    engine.dispose()
    made = ask(path, "SELECT type, name, tbl_name FROM sqlite_master WHERE type <> 'trigger'")
    asked = ask(wanted, "SELECT type, name, tbl_name FROM sqlite_master")
    assert set(made) == set(asked), "a frame has changed: add a step to geo/store/migrations"
    for kind, name, _ in asked:
        pragma = "table_xinfo" if kind == "table" else "index_xinfo"
        for question in (pragma, *(["foreign_key_list"] if kind == "table" else [])):
            query = f'PRAGMA {question}("{name}")'
            problem = f"{name}: a frame has changed: add a step to geo/store/migrations"
            assert sorted(ask(path, query), key=str) == sorted(ask(wanted, query), key=str), problem


def test_a_database_of_step_1_is_read_changed_and_undone_as_ever(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((GOLDEN / "v1.sql").read_text(encoding="utf-8"))
    with opened(path) as store:
        rows = store.read("incidents")
        assert list(rows["id"]) == ["a", "b", "c", "å"]
        assert list(rows["setting"]) == ["outdoor", "unknown", "unknown", "outdoor"]
        assert list(rows["batch_id"]) == ["b0001", "b0002", "b0002", "b0001"]
        assert rows.geometry.isna().tolist() == [False, True, False, False]
        assert list(store.batches()["state"]) == ["loaded", "loaded", "undone"]
        assert store.rejects("b0001")["row"].tolist() == [3, 7]
        assert store.revision("incidents") == 4
        assert store.read("hotspots", run_id=store.run_for("2026-W47").run_id)["n"].tolist() == [12]
        assert store.undo("b0002") == Undone("incidents", 0, 2, 5)
        same = incidents(["a", "b", "c", "å"])
        same.loc[1, "geometry"] = None
        assert store.append("incidents", same, batch=INFO) == Appended("b0004", 0, 0, 4, 5)


def test_an_older_database_is_copied_and_brought_up_to_date(path: Path, old: bytes) -> None:
    with opened(path, add_a_table) as store:
        assert canonical(store.read("incidents")) == old
        last = store.audit_log().iloc[-1]
        assert (last["action"], last["counts"]) == (
            "upgrade",
            {"schema_from": HERE, "schema_to": HERE + 1},
        )
    assert ask(path, "SELECT a FROM extra") == [(7,)]
    copy = path.with_name(f"lagesbild.db.v{HERE}")
    assert ask(copy, "PRAGMA integrity_check") == [("ok",)]
    with opened(copy) as store:
        assert canonical(store.read("incidents")) == old
    opened(path, add_a_table).close()  # up to date: no second copy
    assert sorted(p.name for p in path.parent.iterdir()) == [
        "lagesbild.db",
        f"lagesbild.db.v{HERE}",
    ]


def test_a_step_that_stops_halfway_leaves_the_database_as_it_was(path: Path, old: bytes) -> None:
    with pytest.raises(RuntimeError, match="power cut"):
        opened(path, stop_halfway)
    with opened(path) as store:
        assert canonical(store.read("incidents")) == old
    assert ask(path, "SELECT name FROM sqlite_master WHERE name = 'extra'") == []
    assert ask(path, "SELECT max(version) FROM schema_version") == [(HERE,)]


def test_a_copy_never_takes_the_place_of_another(path: Path, old: bytes) -> None:
    copies = [copy_beside(path, name="kopia").name for _ in range(3)]
    assert copies == ["kopia", "kopia-2", "kopia-3"]
    with opened(path.with_name("kopia-3")) as store:
        assert canonical(store.read("incidents")) == old


def test_a_newer_database_is_refused_and_left_alone(path: Path) -> None:
    opened(path, add_a_table).close()
    before = path.read_bytes()
    told = rf"newer version[\s\S]*schema {HERE + 1}[\s\S]*schema {HERE} or older"
    with pytest.raises(StoreError, match=told):
        opened(path)
    assert path.read_bytes() == before


def test_a_database_that_is_not_ours_is_refused_and_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE cows (name TEXT)")
    with pytest.raises(StoreError, match=r"not made by this product[\s\S]*1 other table"):
        opened(path)
    assert ask(path, "SELECT name FROM sqlite_master") == [("cows",)]
