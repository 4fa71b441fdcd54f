"""A mapping proposed from headers and values; what is unsure is asked, never assumed."""

from __future__ import annotations

from geo.ingest.propose.doubt import Option as Option
from geo.ingest.propose.doubt import Place as Place
from geo.ingest.propose.doubt import Unsure as Unsure
from geo.ingest.propose.proposing import Proposal as Proposal
from geo.ingest.propose.proposing import propose as propose
from geo.ingest.propose.proposing import propose_file as propose_file
