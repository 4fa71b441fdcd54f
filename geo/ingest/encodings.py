"""In which encoding a text is: as marked, as declared, or found by trying."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from geo.errors import IngestError
from geo.ingest.opening import open_bytes

if TYPE_CHECKING:
    from pathlib import Path

_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_EIGHT_BIT = ("cp1252", "latin-1")


def encodings_to_try(path: Path, head: bytes, *, declared: str | None) -> list[str]:
    """
    List the encodings to try, in order.

    Parameters
    ----------
    path
        The file.
    head
        Its first bytes, unpacked.
    declared
        What the mapping says; None leaves it to the file.

    Returns
    -------
    list of str
        Names that Python knows.

    Raises
    ------
    IngestError
        If the file is UTF-8 and declared as something that would break its letters.
    """
    marked = next((name for bom, name in _BOMS.items() if head.startswith(bom)), None)
    if marked is not None:
        return [marked]
    if declared is None:
        return ["utf-8", *_EIGHT_BIT]
    eight_bit = "".encode(declared) == b"" and declared.casefold().replace("_", "-") in {
        "cp1252", "windows-1252", "latin-1", "latin1", "iso-8859-1", "iso8859-1", "iso-8859-15",
    }  # fmt: skip
    if eight_bit and _is_utf8_beyond_ascii(path):
        msg = f"{path.name} is UTF-8, and the mapping declares {declared}: å, ä and ö would break."
        fix = 'write encoding = "utf-8" in the mapping, or take the line out'
        raise IngestError(msg, found="utf-8", expected=declared, fix=fix)
    return [declared]


def _is_utf8_beyond_ascii(path: Path) -> bool:
    """Whether the whole file is valid UTF-8 and has letters beyond ASCII."""
    beyond = False
    with io.TextIOWrapper(open_bytes(path), encoding="utf-8") as stream:
        try:
            while block := stream.read(1 << 20):
                beyond = beyond or not block.isascii()
        except UnicodeDecodeError:
            return False
    return beyond
