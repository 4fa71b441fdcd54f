"""Where the product's own data lies, and the profile of a municipality. Read at the doors only."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.clock import DEFAULT_ZONE, zone
from geo.errors import SettingsError
from geo.severity import EXPLAINED, TABLE, Severity
from geo.spatial import DEFAULT_CRS, code, metric_crs

PROFILE_NAME = "profile.toml"
DATABASE_NAME = "lagesbild.db"
KEY_NAME = "reference.key"
SET_BY = "extent_from"
"""Where the profile keeps the name of the load that set the extent."""


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
        Target days for mending by fault class, or the name of a municipality
        whose targets are known.
    extra
        Whatever else the file holds, kept when it is written back.
    """

    name: str = "Min kommun"
    crs: str = DEFAULT_CRS
    timezone: str = DEFAULT_ZONE
    extent: tuple[float, float, float, float] | None = None
    made_up: bool = False
    warden_word: str = "trygghetsvärd"
    service_days: dict[str, Any] | str = field(default_factory=lambda: {"single": 30, "group": 3})
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
        Severity.parse(rest.get(TABLE), known=categories())
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
        path = workspace / PROFILE_NAME
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        text = _mended(text, self) or _fresh(self)
        draft = workspace / (PROFILE_NAME + ".new")
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)

    def table(self) -> dict[str, Any]:
        """
        Give the profile as its file has it.

        Returns
        -------
        dict
            Plain values and, last, tables.
        """
        table: dict[str, Any] = {
            "name": self.name,
            "crs": code(self.crs),
            "timezone": self.timezone,
            "extent": None if self.extent is None else list(self.extent),
            "made_up": self.made_up,
            "warden_word": self.warden_word,
            "service_days": self.service_days,
            **self.extra,
        }
        kept = {name: value for name, value in table.items() if value is not None}
        return dict(sorted(kept.items(), key=lambda item: isinstance(item[1], dict)))


_WORDS = {
    "name": "Kommunens namn, som det står på sidor och utskrifter.",
    "crs": "Arbetskoordinatsystem, i meter. Ändras inte när data är inlästa.",
    "timezone": "Tidszon: lokala tider läses och visas i den.",
    "extent": "Utbredning: väst, syd, öst, nord i arbetskoordinatsystemet, meter. Filer som mest\n"
    "# ligger utanför stoppas. Sätts om med: lagesbild init MAPP --kommun NAMN (eller --extent).",
    "extent_from": "Inläsningen som satte utbredningen; ångras den, glöms utbredningen.",
    "made_up": "true bara för en påhittad kommun: då står det på varje sida.",
    "warden_word": "Vad trygghetsvärdar kallas här, i ental.",
    "service_days": "Dagar inom vilka trasig belysning ska vara lagad: en ljuspunkt (single),\n"
    "# flera i rad (group), en hel central (circuit), i tunnel (critical). Eller, i stället för\n"
    '# tabellen och högre upp i filen, en kommuns mål: service_days = "malmo" (även vallentuna,\n'
    "# ockelbo, molndal).",
}
_LIT = "lighting"
_EXTENT_LINES = ("extent", SET_BY)
_NO_EXTENT = "# extent sätts av det första lager som läses in, om den inte skrivs här.\n\n"


def _lines(name: str, value: Any) -> str:
    """Write one setting below the comment that explains it."""
    import tomli_w

    head = f"# {_WORDS[name]}\n" if name in _WORDS else ""
    one_line = isinstance(value, list)
    said = f"{name} = {json.dumps(value)}\n" if one_line else tomli_w.dumps({name: value})
    return f"{head}{said}\n"


def _fresh(profile: Profile) -> str:
    """Write a whole profile, a comment above each setting."""
    parts = ["# Kommunens profil. Ändra för hand; raderna som börjar med # är förklaringar.\n\n"]
    for name, value in profile.table().items():
        parts.append(_lines(name, value))
        if name == "timezone" and profile.extent is None:
            parts.append(_NO_EXTENT)
    parts.append("" if TABLE in profile.extra else EXPLAINED)
    return "".join(parts).rstrip() + "\n" + ("" if _LIT in profile.extra else _example())


def _example() -> str:
    """Lines about lighting to take into use, each a comment."""
    path = data_dir() / "lighting" / "profile-example.toml"
    return "\n" + path.read_text(encoding="utf-8")


def _mended(text: str, profile: Profile) -> str | None:
    """
    Change only the extent's lines of a profile, so that its owner's own comments stay.

    None when more than that has changed, or the text is not simple enough to be sure.
    """
    table = profile.table()
    explained = {f"# {line}" for name in _EXTENT_LINES for line in _WORDS[name].split("\n# ")}
    explained.add(_NO_EXTENT.rstrip())
    kept: list[str] = []
    at, tables, zoned = 0, False, False
    for line in text.splitlines():
        tables = tables or line.lstrip().startswith("[")
        name = line.partition("=")[0].strip()
        gone = name in _EXTENT_LINES or line in explained or not (line or "".join(kept[-1:]))
        if gone and not tables:
            continue
        kept.append(line)
        if not tables and (name == "timezone" or (not zoned and name in _WORDS)):
            at, zoned = len(kept), name == "timezone"
    told = [_lines(name, table[name]).rstrip() for name in _EXTENT_LINES if name in table]
    kept[at:at] = [part for lines in told for part in ("", lines)] or (
        ["", _NO_EXTENT.rstrip()] if profile.extent is None else []
    )
    mended = "\n".join(kept) + "\n"
    try:
        return mended if text and tomllib.loads(mended) == table else None
    except tomllib.TOMLDecodeError:
        return None
