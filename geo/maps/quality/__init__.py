"""Data quality: what came, when, how much can be used, and what is missing this week."""

from __future__ import annotations

from geo.maps.quality.gather import data_quality as data_quality
from geo.maps.quality.page import quality_page as quality_page
from geo.maps.quality.records import DataQuality as DataQuality
from geo.maps.quality.records import SourceQuality as SourceQuality
from geo.maps.quality.rhythm import Pace as Pace
