"""A municipality's own photometric files: which file the register's optic names."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import SettingsError
from geo.lighting.optics.read import read_photometry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from geo.lighting.optics.photometry import Photometry

SUFFIXES = (".ies", ".ldt")
STREET_SIDE_DEG = 90.0
"""Half plane of the street side in most files of street luminaires; makers differ."""


@dataclass(frozen=True, slots=True)
class OpticSaid:
    """
    What a profile says of one optic.

    Parameters
    ----------
    file
        Name of the file in the folder.
    street_side_c_deg
        Which half plane of the file faces the street.
    lamp_set
        Which set of lamps of a EULUMDAT file, 0 first.
    """

    file: str
    street_side_c_deg: float = STREET_SIDE_DEG
    lamp_set: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Optic:
    """
    One luminaire's light, and where it was read.

    Parameters
    ----------
    file
        Name of the file.
    photometry
        What it says.
    street_side_c_deg
        Which half plane faces the street.
    digest
        SHA-256 of the file, hexadecimal.
    """

    file: str
    photometry: Photometry
    street_side_c_deg: float
    digest: str


def find_optics(
    names: Iterable[str], *, folder: Path, said: Mapping[str, OpticSaid]
) -> dict[str, Optic]:
    """
    Find the file of each optic that a register names.

    Parameters
    ----------
    names
        As the lamps have them.
    folder
        Where the files lie; it need not exist.
    said
        What the profile says, by name folded to small letters. A name it does not have is taken
        for that of a file, with or without its ending.

    Returns
    -------
    dict
        By name; one that no file is found for is left out.

    Raises
    ------
    SettingsError
        If the profile names a file that is not there, or a name fits two files.
    IngestError
        If a file that is used cannot be read; it names the file.
    """
    there = _there(folder)
    read: dict[OpticSaid, Optic] = {}
    out: dict[str, Optic] = {}
    for said_of in said.values():
        _file_of(said_of.file, there, folder)
    for name in sorted(set(names)):
        asked = said.get(fold(name)) or _by_file_name(name, there)
        if asked is None:
            continue
        if asked not in read:
            read[asked] = _read(_file_of(asked.file, there, folder), asked)
        out[name] = read[asked]
    return out


def fold(name: str) -> str:
    """
    Write an optic's name as names are compared.

    Parameters
    ----------
    name
        As someone wrote it.

    Returns
    -------
    str
        Small letters, single spaces.
    """
    return " ".join(name.casefold().split())


def _there(folder: Path) -> dict[str, Path]:
    """Photometric files of a folder by folded name."""
    if not folder.is_dir():
        return {}
    files = sorted(p for p in folder.iterdir() if p.suffix.casefold() in SUFFIXES and p.is_file())
    return {fold(path.name): path for path in files}


def _by_file_name(name: str, there: Mapping[str, Path]) -> OpticSaid | None:
    """Take a name for that of a file; its ending may be missing."""
    asked = fold(name)
    if asked in there:
        return OpticSaid(there[asked].name)
    fits = [path.name for path in there.values() if fold(path.stem) == asked]
    if len(fits) > 1:
        msg = f"the optic {name[:60]!r} fits more than one photometric file."
        fix = "name the file with its ending in the register, or in profile.toml"
        raise SettingsError(msg, found=", ".join(fits), fix=fix)
    return OpticSaid(fits[0]) if fits else None


def _file_of(name: str, there: Mapping[str, Path], folder: Path) -> Path:
    """Give the file that a profile names."""
    found = there.get(fold(name))
    if found is None:
        known = ", ".join(path.name for path in there.values()) or "no .ies or .ldt file"
        msg = f"the photometric file {name[:80]!r} that profile.toml names is not there."
        raise SettingsError(msg, found=known, fix=f"put it in the folder {folder.name}/")
    return found


def _read(path: Path, asked: OpticSaid) -> Optic:
    """Read one file."""
    made = read_photometry(path, lamp_set=asked.lamp_set)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Optic(path.name, made, asked.street_side_c_deg, digest)
