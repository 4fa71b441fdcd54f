"""Every doubt that reading a file can raise has words."""

from __future__ import annotations

import re
from pathlib import Path

import geo.ingest
from geo.maps.quality.words import DOUBTS, word

_SAID = re.compile(r"doubts\.(?:flag|reject|refuse)\([^\"]*?f?\"(\w+)[:\"]", re.DOTALL)


def test_every_reason_in_the_reading_of_files_has_words() -> None:
    folder = Path(geo.ingest.__file__).parent
    told = {code for path in folder.glob("*.py") for code in _SAID.findall(path.read_text("utf-8"))}
    told |= {"position_missing", "position_zero", "position_unreadable"}  # from a table
    told.discard("geometry")
    assert {"far_away", "in_home", "outside", "time_in_gap", "ragged_row"} <= told
    assert not sorted(told - set(DOUBTS))


def test_a_column_stands_beside_its_doubt() -> None:
    assert word(DOUBTS, "unreadable:flux_lm", lang="sv") == "gick inte att läsa (flux_lm)"
    assert word(DOUBTS, "never_heard_of", lang="en") == "never heard of"
