"""Answers that staff have written to those who reported, taken into the reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.pipeline.sheets import sheet_with
from geo.privacy import scrub

if TYPE_CHECKING:
    from pathlib import Path

    from geo.store import Store

KEY, TEXT = "Rapportnyckel", "Svar till den som anmälde"


def is_answers(path: Path) -> bool:
    """
    Tell whether a returned file holds answers to reporters.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    bool
        True when a sheet has the key of a report.
    """
    return path.suffix.lower() != ".gpkg" and not sheet_with(path, KEY).empty


def take_answers(store: Store, path: Path) -> dict[str, Any]:
    """
    Keep the answers as the reports' public text, without personal data.

    Parameters
    ----------
    store
        An open store.
    path
        The filled list.

    Returns
    -------
    dict
        n_read = n_changed + n_unchanged + n_blank + n_rejected (keys that are
        not known), n_scrubbed (texts something was taken out of), batch_id.
    """
    from geo.store import BatchInfo

    table = sheet_with(path, KEY)
    reports = store.read("reports")
    texts = {k.strip(): t.strip() for k, t in zip(table[KEY], table[TEXT], strict=True)}
    clean = {key: scrub(text) for key, text in texts.items() if text}
    rows = reports[reports["id"].isin(list(clean))].copy()
    rows["public_text"] = [clean[i].text for i in rows["id"]]
    counts = {"n_changed": 0, "n_unchanged": 0}
    batch = None
    if len(rows):
        rows["public_text"] = rows["public_text"].astype("str")
        info = BatchInfo(source="svar-till-anmalare", file_name=path.name, mapping_version="1")
        done = store.append("reports", rows, batch=info)
        counts = {"n_changed": done.n_changed, "n_unchanged": done.n_unchanged}
        batch = done.batch_id if done.n_changed else None
    blank = sum(1 for text in texts.values() if not text)
    return {
        "n_read": len(texts), **counts, "n_blank": blank,
        "n_rejected": len(texts) - blank - len(rows),
        "n_scrubbed": sum(1 for text in clean.values() if text.counts), "batch_id": batch,
    }  # fmt: skip
