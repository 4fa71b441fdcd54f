"""A workspace: the folder that holds one municipality's profile, store and surfaces."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import SettingsError
from geo.settings import DATABASE_NAME, KEY_NAME, PROFILE_NAME, Profile

if TYPE_CHECKING:
    from geo.store import Store


@dataclass(frozen=True, slots=True)
class Workspace:
    """
    One municipality on disk.

    Parameters
    ----------
    folder
        Where ``profile.toml``, ``lagesbild.db``, ``surfaces/`` and ``out/`` lie.
    profile
        What the profile says.
    """

    folder: Path
    profile: Profile

    @classmethod
    def create(cls, folder: Path, profile: Profile) -> Workspace:
        """
        Make a workspace: a profile, a private key for case numbers, and folders.

        Parameters
        ----------
        folder
            Made when missing.
        profile
            What to write.

        Returns
        -------
        Workspace
            The new workspace.

        Raises
        ------
        SettingsError
            If the folder already is one.
        """
        if (folder / PROFILE_NAME).exists():
            msg = "this folder already is a workspace."
            raise SettingsError(msg, fix="use it as it is, or choose another folder")
        for sub in ("surfaces", "out", "photometry"):
            (folder / sub).mkdir(parents=True, exist_ok=True)
        _write_key(folder / KEY_NAME)
        profile.write(folder)
        return cls(folder, profile)

    @classmethod
    def open(cls, folder: Path) -> Workspace:
        """
        Open an existing workspace.

        Parameters
        ----------
        folder
            The folder.

        Returns
        -------
        Workspace
            The workspace.

        Raises
        ------
        SettingsError
            If it is not one.
        """
        return cls(folder, Profile.read(folder))

    @property
    def key(self) -> bytes:
        """The private key that case numbers are hashed with."""
        path = self.folder / KEY_NAME
        if not path.is_file():
            msg = "the private key for case numbers is missing from the workspace."
            raise SettingsError(
                msg,
                expected=KEY_NAME,
                fix="restore it from a backup: with a new key no old case would be recognised",
            )
        return bytes.fromhex(path.read_text(encoding="ascii").strip())

    @property
    def surfaces(self) -> Path:
        """Folder of the density surfaces, one GeoTIFF a run."""
        return self.folder / "surfaces"

    @property
    def photometry(self) -> Path:
        """Folder of the luminaires' photometric files, .ies and .ldt."""
        return self.folder / "photometry"

    @property
    def out(self) -> Path:
        """Folder for maps, exports and lists of rejected rows."""
        return self.folder / "out"

    def store(self) -> Store:
        """
        Open the store.

        Returns
        -------
        Store
            SQLite in the folder; close it, or use it in a `with` statement.
        """
        from geo.store import open_store

        return open_store(self.folder / DATABASE_NAME, crs=self.profile.crs)


def _write_key(path: Path) -> None:
    """Write a new random key that only its owner can read."""
    if path.exists():
        return
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
