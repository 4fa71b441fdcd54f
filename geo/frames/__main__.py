"""Write docs/frames.md: `python -m geo.frames > docs/frames.md`."""

from __future__ import annotations

import sys

from geo.frames import FRAMES
from geo.frames.schema import markdown

_HEAD = """# Frames: one checked shape per kind of thing

Generated from the contracts in `geo/frames/`; a test keeps it current. To write it again:
`python -m geo.frames > docs/frames.md`.

Every frame also has a geometry in the municipality's working CRS (metres). Times are UTC.
The column *who* says how far a value may travel: `open` anyone (small counts suppressed),
`shared` signed-in roles, `restricted` coordinator and head of security, `secret` coordinator
only, `machine` nobody: it never leaves the store. The role table itself is in
[access.md](access.md).

"""

sys.stdout.write(_HEAD + "\n".join(markdown(frame) for frame in FRAMES.values()))
