"""Counts with their spread: exact intervals, exact tails, and false discoveries."""

from __future__ import annotations

from geo.intervals.spread import LEVEL as LEVEL
from geo.intervals.spread import benjamini_hochberg as benjamini_hochberg
from geo.intervals.spread import binomial_interval as binomial_interval
from geo.intervals.spread import compare_rates as compare_rates
from geo.intervals.spread import poisson_interval as poisson_interval
from geo.intervals.tails import beta_binomial_table as beta_binomial_table
from geo.intervals.tails import beta_binomial_tail as beta_binomial_tail
from geo.intervals.tails import binomial_tail as binomial_tail
from geo.intervals.tails import hypergeometric_tail as hypergeometric_tail
from geo.intervals.tails import poisson_tail as poisson_tail
