"""``python -m geo.maps > docs/access.md`` writes the page of the access table."""

from __future__ import annotations

import sys

from geo.maps.access_page import access_page

if __name__ == "__main__":
    sys.stdout.write(access_page())
