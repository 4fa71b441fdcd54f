"""Run the command line as `python -m geo.cli`."""

from __future__ import annotations

from geo.cli import main

main()
