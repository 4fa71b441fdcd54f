"""Places where more happens than their kind of place, or their own past, would suggest."""

from __future__ import annotations
