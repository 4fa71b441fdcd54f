"""How a luminaire spreads its light: photometric files read, and looked up by direction."""

from __future__ import annotations

from geo.lighting.optics.eulumdat import read_ldt as read_ldt
from geo.lighting.optics.folder import Optic as Optic
from geo.lighting.optics.folder import OpticSaid as OpticSaid
from geo.lighting.optics.folder import find_optics as find_optics
from geo.lighting.optics.ies import read_ies as read_ies
from geo.lighting.optics.photometry import Photometry as Photometry
from geo.lighting.optics.read import read_photometry as read_photometry
