"""A photometric file from disk, whichever of the two formats it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import IngestError
from geo.lighting.optics.eulumdat import read_ldt
from geo.lighting.optics.ies import read_ies

if TYPE_CHECKING:
    from pathlib import Path

    from geo.lighting.optics.photometry import Photometry

LARGEST_BYTES = 5_000_000


def read_photometry(path: Path, *, lamp_set: int = 0) -> Photometry:
    """
    Read a photometric file by what it holds, not by what it is called.

    Parameters
    ----------
    path
        An IES or EULUMDAT file.
    lamp_set
        Which set of lamps of a EULUMDAT file, 0 first.

    Returns
    -------
    Photometry
        The luminaire.

    Raises
    ------
    IngestError
        If it is neither, or larger than any such file; it names the file.
    """
    if path.stat().st_size > LARGEST_BYTES:
        msg = f"{path.name}: too large for a photometric file."
        found = f"{path.stat().st_size} bytes"
        raise IngestError(msg, found=found, fix="give one luminaire's file")
    data = path.read_bytes()
    if b"TILT" in data.upper() or data.lstrip(b"\xef\xbb\xbf").startswith(b"IESNA"):
        return read_ies(data, name=path.name)
    return read_ldt(data, name=path.name, lamp_set=lamp_set)
