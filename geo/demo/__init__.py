"""A made-up municipality, written as files, with its truth kept aside."""

from __future__ import annotations

from geo.demo.again import write_next_export as write_next_export
from geo.demo.truth import Truth as Truth
from geo.demo.truth import score as score
from geo.demo.write import Demo as Demo
from geo.demo.write import Load as Load
from geo.demo.write import write_demo as write_demo
