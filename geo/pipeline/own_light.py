"""What a municipality says of its own lighting, read from its folder before an analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopandas import GeoDataFrame

    from geo.lighting import LightProfile
    from geo.lighting.optics import Optic
    from geo.pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True, eq=False)
class OwnLight:
    """
    Service, classes and photometric files of a municipality.

    Parameters
    ----------
    service_days
        Target days by class of fault.
    profile
        Which class each street should have, and which file each optic.
    optics
        Photometric files by the name lamps have.
    said
        All of it in plain values, where it is not the product's own choice: it names the run.
    """

    service_days: Mapping[str, float]
    profile: LightProfile
    optics: Mapping[str, Optic]
    said: Mapping[str, Any]


def own_light(workspace: Workspace, lamps: GeoDataFrame | None = None) -> OwnLight:
    """
    Read what a municipality says of its lighting.

    Parameters
    ----------
    workspace
        The municipality.
    lamps
        Rows of the frame ``lamps``, for the optics they name; None reads no files.

    Returns
    -------
    OwnLight
        Checked.

    Raises
    ------
    SettingsError
        If the profile cannot be understood, or names a photometric file that is not there.
    IngestError
        If a photometric file that is used cannot be read.
    """
    from geo.lighting import LightProfile, find_optics, settled_days
    from geo.lighting.service import SERVICE_DAYS

    days = settled_days(workspace.profile.service_days)
    profile = LightProfile.parse(workspace.profile.extra.get("lighting"))
    names = [] if lamps is None else lamps["optic"].dropna().unique().tolist()
    optics = find_optics(names, folder=workspace.photometry, said=profile.optics)
    used = {name: [o.digest, o.street_side_c_deg] for name, o in sorted(optics.items())}
    table = {
        "service_days": {} if days == SERVICE_DAYS else days,
        "classes": profile.as_table().get("classes", []),
        "optics": used,
    }
    return OwnLight(days, profile, optics, {k: v for k, v in table.items() if v})
