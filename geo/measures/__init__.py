"""Measures: from evidence to a recommendation, by rules anyone can read."""

from __future__ import annotations

from geo.measures.catalog import RULES as RULES
from geo.measures.choices import alternatives as alternatives
from geo.measures.choices import follow_up_on as follow_up_on
from geo.measures.choices import rule_table as rule_table
from geo.measures.recommend import recommend as recommend
from geo.measures.rules import Rule as Rule
