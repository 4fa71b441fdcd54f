"""How a luminaire spreads its light: photometric files read, and looked up by direction."""

from __future__ import annotations

from geo.lighting.optics.eulumdat import read_ldt as read_ldt
from geo.lighting.optics.ies import read_ies as read_ies
from geo.lighting.optics.photometry import Photometry as Photometry
from geo.lighting.optics.read import read_photometry as read_photometry
