"""How `v1.sql` was made, by the code of step 1: ``python tests/store/golden/make_v1.py``."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))


def main() -> None:
    """Load, change, undo, analyse; then write the database as SQL."""
    from geo.store import BatchInfo, open_store
    from tests.store.making import (
        CRS,
        INFO,
        Clock,
        a_run,
        hotspots,
        incidents,
        recommendations,
    )
    from tests.store.test_loading import REJECTS

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lagesbild.db"
        with open_store(path, crs=CRS, now=Clock()) as store:
            rows = incidents(["a", "b", "c", "å"])
            rows.loc[1, "geometry"] = None
            store.append("incidents", rows, batch=BatchInfo("polisen", n_read=6), rejects=REJECTS)
            store.append("incidents", rows.assign(setting="unknown").iloc[1:3], batch=INFO)
            store.append("incidents", incidents(["z"]), batch=INFO)
            store.undo("b0003")
            frames = {"hotspots": hotspots(["h1"]), "recommendations": recommendations(["x"])}
            store.write_run(a_run("r1"), frames)
        with closing(sqlite3.connect(path)) as connection:
            text = "\n".join(connection.iterdump())
    (HERE / "v1.sql").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
