"""The made-up municipality's files are read with the mappings it writes beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.demo import Demo, write_demo
from geo.frames import FRAMES
from geo.ingest import Mapping, read_file

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder: Path = tmp_path_factory.mktemp("demo")
    return write_demo(folder, seed=3)


def test_every_file_is_read_and_keeps_its_contract(demo: Demo) -> None:
    seen: dict[str, int] = {}
    for load in demo.loads:
        mapping = Mapping.read(load.mapping_file)
        got = read_file(
            load.file, mapping=mapping, crs="EPSG:3006", timezone="Europe/Stockholm",
            extent=None, key=b"k",
        )  # fmt: skip
        assert got.frame == load.frame == mapping.frame
        FRAMES[got.frame].check(got.accepted)
        assert len(got.accepted) > 0.95 * (got.n_read - got.n_refused)
        assert got.scrubbed == {}
        seen[got.frame] = seen.get(got.frame, 0) + len(got.accepted)
    assert seen["incidents"] > 2000
    assert seen["lamps"] > 5000
    assert {"streets", "areas", "reports", "faults", "events", "visits"} <= set(seen)


def test_free_text_of_incidents_is_left_in_the_file(demo: Demo) -> None:
    for load in demo.loads:
        if load.frame != "incidents":
            continue
        got = read_file(
            load.file, mapping=Mapping.read(load.mapping_file), crs="EPSG:3006",
            timezone="Europe/Stockholm", extent=None, key=b"k",
        )  # fmt: skip
        text = got.accepted.drop(columns="geometry").to_csv()
        for private in ("Påhittad", "1740612", "19810231", "exempel.invalid", "ABC 12X"):
            assert private not in text
