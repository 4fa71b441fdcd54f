"""The command that begins: init makes a municipality's folder, or sets its extent anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.output import of
from geo.errors import SettingsError

if TYPE_CHECKING:
    from geo.pipeline.extent import Box
    from geo.settings import Profile

_NAME, _CRS, _ZONE = "Min kommun", "EPSG:3006", "Europe/Stockholm"


def register(app: typer.Typer) -> None:
    """
    Add the command to an app.

    Parameters
    ----------
    app
        The app.
    """
    app.command()(init)


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Ny mapp för kommunen.")],
    kommun: Annotated[
        str | None, typer.Option(help="Svensk kommun, till exempel Göteborg: ger utbredningen.")
    ] = None,
    kommuner: Annotated[
        Path | None, typer.Option(help="Egen kartfil över kommunerna, för --kommun.")
    ] = None,
    extent: Annotated[
        Path | None,
        typer.Option(help="Kartfil (FIL eller FIL::LAGER) eller inläst lager: ger utbredningen."),
    ] = None,
    crs: Annotated[str, typer.Option(help="Arbetskoordinatsystem, i meter.")] = _CRS,
    timezone: Annotated[str, typer.Option(help="Tidszon.")] = _ZONE,
    name: Annotated[str, typer.Option(help="Kommunens namn.")] = _NAME,
) -> None:
    """Skapa en mapp för en kommun; i en mapp som finns, sätt om utbredningen."""
    from geo.pipeline import Workspace
    from geo.settings import PROFILE_NAME, Profile

    console = of(context)
    if kommun is not None and extent is not None:
        msg = "the extent comes from --kommun or from --extent, not from both."
        raise SettingsError(msg, fix="leave one of them out")
    if kommuner is not None and kommun is None:
        msg = "--kommuner is the file that --kommun looks a name up in."
        raise SettingsError(msg, fix='add --kommun "NAMN", or use --extent FILE')
    known = (folder / PROFILE_NAME).is_file() and (kommun is not None or extent is not None)
    profile = (
        _unchanged(Profile.read(folder), crs=crs, timezone=timezone, name=name)
        if known
        else Profile.parse({"name": name, "crs": crs, "timezone": timezone})
    )
    called, box = _extent(folder, profile, kommun=kommun, kommuner=kommuner, extent=extent)
    before, profile = profile.extent, _with(profile, called, box)
    if known:
        profile.write(folder)
        console.say(f"{profile.name}: utbredningen är ny. Förut {_km(before)}.")
    else:
        Workspace.create(folder, profile)
        console.say(f"Klart: {folder} är {profile.name}, i {profile.crs}.")
    if box is None:
        console.say("Utbredningen sätts av det första lager som läses in.")
        console.say("Börja med ett som täcker hela kommunen.")
    else:
        console.say(f"Utbredning {_km(box)}, med marginal: 2 km på land, mer mot öppet vatten.")
    console.end({"workspace": str(folder), "name": profile.name, "crs": profile.crs,
                 "timezone": profile.timezone, "extent": box})  # fmt: skip


def _extent(
    folder: Path, profile: Profile, *, kommun: str | None, kommuner: Path | None,
    extent: Path | None,
) -> tuple[str | None, Box | None]:  # fmt: skip
    """Find the extent that was asked for, and the municipality's name with it."""
    from geo.frames import INCOMING
    from geo.pipeline import Workspace
    from geo.pipeline.municipality import around, extent_of_file, find_municipality

    if kommun is not None:
        found = find_municipality(kommun, crs=profile.crs, file=kommuner)
        return found.name, found.extent
    if extent is None:
        return None, None
    loaded = str(extent) in INCOMING and not extent.exists()
    if not loaded:
        return None, extent_of_file(extent, crs=profile.crs)
    with Workspace.open(folder).store() as store:
        return None, around(store.read(str(extent)).geometry)


def _with(profile: Profile, called: str | None, box: Box | None) -> Profile:
    """Give the profile its extent, and the municipality's name where it has none of its own."""
    from geo.settings import SET_BY

    if box is None:
        return profile
    extra = {name: value for name, value in profile.extra.items() if name != SET_BY}
    own = profile.name if called is None or profile.name != _NAME else called
    return replace(profile, extent=box, name=own, extra=extra)


def _unchanged(profile: Profile, *, crs: str, timezone: str, name: str) -> Profile:
    """Refuse to change anything but the extent of a municipality that is there already."""
    asked = {"crs": (crs, _CRS), "timezone": (timezone, _ZONE), "name": (name, _NAME)}
    other = [
        option
        for option, (value, default) in asked.items()
        if value not in (default, getattr(profile, option))
    ]
    if other:
        msg = "this folder already is a workspace; only its extent can be set anew."
        raise SettingsError(
            msg, found=", ".join(f"--{each}" for each in other),
            fix="leave those out; name and zone are changed in profile.toml",
        )  # fmt: skip
    return profile


def _km(box: Box | None) -> str:
    """Say a box by its size."""
    if box is None:
        return "fanns ingen"
    west, south, east, north = box
    return f"{(east - west) / 1000:.0f} x {(north - south) / 1000:.0f} km"
