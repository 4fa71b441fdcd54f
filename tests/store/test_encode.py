"""What rows become in the database, and when two rows say the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import geopandas as gpd
import numpy as np
import pytest

from geo.errors import StoreError
from geo.frames import FRAMES, INCIDENTS, Column, Frame, Kind
from geo.store.encode import encode, to_json
from geo.store.moments import maybe_micros, micros
from geo.store.reading import MAIN_TIMES
from geo.store.tables import TABLES, box_names
from geo.store.values import as_list
from tests.store.making import E0, N0, START, incidents


def digest(frame: Frame, rows: gpd.GeoDataFrame) -> list[bytes]:
    hashes: list[bytes] = encode(frame, rows).hashes().tolist()
    return hashes


def test_values_by_hand() -> None:
    rows = incidents(["a"], accuracy_m=[-0.0], occurred_from=[datetime(1970, 1, 2, tzinfo=UTC)])
    encoded = encode(INCIDENTS, rows)
    columns = {name: as_list(values) for name, values in encoded.columns.items()}
    assert columns["occurred_from"] == [86_400_000_000]
    assert columns["flags"] == ['["stacked"]']
    assert (columns["occurred_to"], columns["time_known"]) == ([None], [True])
    assert (columns["e"], columns["n"]) == ([E0], [N0])
    assert str(columns["accuracy_m"][0]) == "0.0"  # SQLite keeps no sign of zero
    assert columns["geometry"][0][:5].hex() == "0101000000"


def test_the_hash_is_the_same_on_every_machine_and_in_every_version() -> None:
    assert [h.hex() for h in digest(INCIDENTS, incidents(["a", "b"]))] == [
        "ce0887a7052da86fbf2ab153de16fcb1",
        "0c0b0449b67459d0a10b335b5a688a5b",
    ]


def test_the_hash_is_blind_to_id_batch_and_columns_left_empty() -> None:
    more = Frame(
        INCIDENTS.name,
        INCIDENTS.doc,
        INCIDENTS.shape,
        INCIDENTS.geometry_required,
        (
            Column("new_list", Kind.TEXTS, "Added later."),
            *reversed(INCIDENTS.columns),
            Column("new_text", Kind.TEXT, "Added later.", nullable=True),
        ),
    )
    rows = incidents(["a"])
    renamed = incidents(["b"]).assign(batch_id="b0007")
    grown = rows.assign(new_list=[[]], new_text=[None])
    assert digest(INCIDENTS, rows) == digest(INCIDENTS, renamed) == digest(more, grown)
    assert digest(INCIDENTS, rows) != digest(more, grown.assign(new_text="x"))


@pytest.mark.parametrize(
    "change",
    [
        {"setting": "unknown"},
        {"weight": 0.5},
        {"time_known": False},
        {"actor": "polisen"},
        {"flags": [[]]},
        {"occurred_to": [START + timedelta(microseconds=1)]},
        {"geometry": [None]},
    ],
)
def test_the_hash_sees_every_change(change: dict[str, object]) -> None:
    assert digest(INCIDENTS, incidents(["a"])) != digest(INCIDENTS, incidents(["a"], **change))


def test_json_takes_numpy_and_refuses_what_it_cannot_carry() -> None:
    value = {"n": np.int64(3), "share": np.float64(0.5), "hours": np.array([22, 2])}
    assert to_json(value, what="x") == '{"n":3,"share":0.5,"hours":[22,2]}'
    for wrong in (float("nan"), [float("inf")], {"at": START}, {1, 2}, ["\ud800"]):
        with pytest.raises(StoreError, match=r"window cannot be written as JSON"):
            to_json(wrong, what="window")


def test_microseconds_are_exact_far_away() -> None:
    far = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert micros(far) == 253_402_300_799_999_999
    assert micros(far.astimezone(timezone(timedelta(hours=-2)))) == micros(far)
    assert micros(datetime(1, 1, 1, tzinfo=UTC)) == -62_135_596_800_000_000
    assert maybe_micros(None) is None


@pytest.mark.parametrize("name", FRAMES)
def test_columns_of_the_store_and_of_the_contract_never_meet(name: str) -> None:
    own = {"row_seq", "row_version", "row_batch", "row_ended", "row_hash", "geometry"}
    assert not (own | set(box_names(FRAMES[name]))) & set(FRAMES[name].names)
    assert len(TABLES[name].columns) == len({column.name for column in TABLES[name].columns})


def test_main_times_are_times_of_their_frames() -> None:
    for name, pair in MAIN_TIMES.items():
        for column in filter(None, pair):
            assert FRAMES[name].column(column).kind is Kind.TIME
