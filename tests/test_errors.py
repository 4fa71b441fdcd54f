"""An error says what is wrong, what was found, and how to mend it; codes are stable."""

from __future__ import annotations

from geo import errors
from geo.errors import LagesbildError


def test_it_is_laid_out_for_a_reader() -> None:
    error = errors.IngestError("The file has no rows.", found=0, fix="export it again")
    assert str(error) == "The file has no rows.\n  found: 0\n  fix: export it again"


def test_codes_are_unique_and_stable() -> None:
    tree = LagesbildError.__subclasses__()
    codes = sorted(kind.code for kind in tree)
    assert len(codes) == len(set(codes))
    assert codes == [
        "access",
        "analysis",
        "clock",
        "crs",
        "frame",
        "ingest",
        "map",
        "not_found",
        "serve",
        "settings",
        "store",
        "unknown_name",
    ]
