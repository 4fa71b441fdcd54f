"""One writer and readers in other processes: no errors, and never half a batch."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

from geo.store import open_store
from tests.store.making import CRS, INFO, incidents
from tests.store.processes import context, kill, load_for_ever, read_for_long

REVISIONS = 12


def test_readers_see_whole_batches_while_a_writer_loads(tmp_path: Path) -> None:
    path = tmp_path / "lagesbild.db"
    ready = context()
    pipe, theirs = ready.Pipe(duplex=False)
    writer = ready.Process(target=load_for_ever, args=(path, 7, theirs))
    writer.start()
    assert pipe.recv() == "ready"
    ends, readers = [], []
    for _ in range(2):
        ours, far = ready.Pipe(duplex=False)
        readers.append(ready.Process(target=read_for_long, args=(path, REVISIONS, far)))
        readers[-1].start()
        ends.append(ours)
    seen = [end.recv() for end in ends]
    for reader in readers:
        reader.join()
    kill(writer)
    with open_store(path, crs=CRS) as store:
        batches = store.batches().set_index("batch_id")
    assert not [error for error in seen if isinstance(error, str)]
    looks = [look for reader in seen for look in reader]
    assert len({revision for revision, _, _ in looks}) >= REVISIONS  # it did write meanwhile
    for before, counts, after in looks:
        n = len(counts)
        assert before <= n <= after  # batch k raises the revision to k
        told = batches.iloc[:n]
        kept = (told["n_new"] + told["n_changed"]).to_dict()
        for batch_id, following in zip(told.index, told.index[1:], strict=False):
            kept[batch_id] -= int(batches.loc[following, "n_changed"])
        assert counts == kept


def test_threads_share_one_store(tmp_path: Path) -> None:
    with open_store(tmp_path / "lagesbild.db", crs=CRS) as store:
        found: list[int] = []

        def work(name: str) -> None:
            for turn in range(5):
                store.append("incidents", incidents([f"{name}{turn}"]), batch=INFO)
                found.append(len(store.read("incidents")))

        threads = [Thread(target=work, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == store.revision("incidents") == max(found) == 20
