"""The door over HTTP: parse the request, ask the library, answer."""

from __future__ import annotations
