"""Where the product's own data lies, and the profile of a municipality. Read at the doors only."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.clock import DEFAULT_ZONE, zone
from geo.errors import SettingsError
from geo.spatial import DEFAULT_CRS, code, metric_crs

PROFILE_NAME = "profile.toml"
DATABASE_NAME = "lagesbild.db"
KEY_NAME = "reference.key"


def data_dir() -> Path:
    """
    Find the product's own data files (categories, profiles).

    Returns
    -------
    Path
        ``data/`` beside the package in a checkout, ``geo/_data`` in a wheel.
    """
    here = Path(__file__).resolve().parent
    bundled = here / "_data"
    return bundled if bundled.is_dir() else here.parent / "data"


@dataclass(frozen=True, slots=True)
class Category:
    """
    One kind of event, felt place or context.

    Parameters
    ----------
    key
        Our code, English.
    label_sv, label_en
        What it is called on screen.
    kind
        ``event``, ``place`` or ``context``.
    severity
        1-5, a default for the municipality to change; 0 for a safe place.
    dark
        ``yes`` test against darkness, ``outdoors`` only outdoors, ``no`` never.
    """

    key: str
    label_sv: str
    label_en: str
    kind: str
    severity: int
    dark: str


@lru_cache(maxsize=1)
def categories() -> dict[str, Category]:
    """
    Read the list of categories.

    Returns
    -------
    dict
        Category by key, in the order of the file.
    """
    raw = tomllib.loads((data_dir() / "categories.toml").read_text(encoding="utf-8"))
    return {
        key: Category(key, row["sv"], row["en"], row["kind"], row["severity"], row["dark"])
        for key, row in raw.items()
    }


@dataclass(frozen=True, slots=True)
class Profile:
    """
    One municipality: its name, reference system, zone and extent.

    Parameters
    ----------
    name
        What it is called on pages.
    crs
        The working CRS, metric.
    timezone
        IANA name of the local zone.
    extent
        West, south, east, north in `crs`, metres; None until the first layer
        is loaded.
    made_up
        True for the demo: every page says so.
    warden_word
        What wardens are called here.
    service_days
        Target days for mending, by fault class.
    extra
        Whatever else the file holds, kept when it is written back.
    """

    name: str = "Min kommun"
    crs: str = DEFAULT_CRS
    timezone: str = DEFAULT_ZONE
    extent: tuple[float, float, float, float] | None = None
    made_up: bool = False
    warden_word: str = "trygghetsvärd"
    service_days: dict[str, int] = field(default_factory=lambda: {"single": 30, "group": 3})
    extra: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, workspace: Path) -> Profile:
        """
        Read the profile of a workspace.

        Parameters
        ----------
        workspace
            Folder that `lagesbild init` made.

        Returns
        -------
        Profile
            The profile.

        Raises
        ------
        SettingsError
            If there is none, or it cannot be understood.
        """
        path = workspace / PROFILE_NAME
        if not path.is_file():
            msg = "this folder is not a workspace: it has no profile.toml."
            raise SettingsError(msg, fix="run `lagesbild init DIR`, or pass --workspace DIR")
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            msg = "profile.toml is not valid TOML."
            raise SettingsError(msg, found=str(error), fix="mend that line") from error
        return cls.parse(raw)

    @classmethod
    def parse(cls, raw: dict[str, Any]) -> Profile:
        """
        Make a profile of a parsed TOML table.

        Parameters
        ----------
        raw
            The table.

        Returns
        -------
        Profile
            Checked: the CRS is metric and the zone exists.

        Raises
        ------
        SettingsError
            If a value has the wrong type.
        """
        known = {"name", "crs", "timezone", "extent", "made_up", "warden_word", "service_days"}
        rest = {k: v for k, v in raw.items() if k not in known}
        values = {k: v for k, v in raw.items() if k in known}
        box = values.pop("extent", None)
        if box is not None:
            if not (
                isinstance(box, list) and len(box) == 4 and box[0] < box[2] and box[1] < box[3]
            ):
                msg = "`extent` in profile.toml is not a box."
                raise SettingsError(msg, found=box, fix="write extent = [west, south, east, north]")
            values["extent"] = tuple(float(v) for v in box)
        profile = cls(**values, extra=rest)
        metric_crs(profile.crs, name="crs in profile.toml")
        zone(profile.timezone)
        return profile

    def write(self, workspace: Path) -> None:
        """
        Write the profile to a workspace, in one step so that a stop leaves the old one.

        Parameters
        ----------
        workspace
            An existing folder.
        """
        import tomli_w

        table: dict[str, Any] = {
            "name": self.name,
            "crs": code(self.crs),
            "timezone": self.timezone,
            "made_up": self.made_up,
            "warden_word": self.warden_word,
        }
        if self.extent is not None:
            table["extent"] = list(self.extent)
        table |= {"service_days": self.service_days, **self.extra}
        draft = workspace / (PROFILE_NAME + ".new")
        draft.write_text(tomli_w.dumps(table), encoding="utf-8")
        draft.replace(workspace / PROFILE_NAME)
