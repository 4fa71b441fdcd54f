"""Personal data taken out of text, and small counts kept from being read or worked out."""

from __future__ import annotations

from geo.privacy.scrub import PLACEHOLDERS as PLACEHOLDERS
from geo.privacy.scrub import SCRUBBED as SCRUBBED
from geo.privacy.scrub import Scrubbed as Scrubbed
from geo.privacy.scrub import scrub as scrub
from geo.privacy.scrub import summary as summary
from geo.privacy.suppress import Suppressed as Suppressed
from geo.privacy.suppress import suppress_small as suppress_small
