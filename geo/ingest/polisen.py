"""Police notices as their open interface gives them: areas and times, never a place."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.errors import IngestError
from geo.ingest.base import RawTable, Reader
from geo.ingest.dates import MONTHS
from geo.ingest.opening import open_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from geo.ingest.mapping import Mapping

_HEADERS = ("id", "datetime", "name", "type", "location_name", "occurred", "url")
_NATIVE = {
    "ref": ["id"], "published_at": ["datetime"], "occurred": ["occurred"], "type": ["type"],
    "title": ["name"], "area": ["location_name"],
}  # fmt: skip
_WHEN = re.compile(r"(\d{1,2}) ([a-zåäö]{3,9})\.? (\d{1,2})[.:](\d{2}),")
_STAMP = re.compile(r"(\d{4})-(\d{2})-(\d{2}) (\d{1,2}):(\d{2})")
_AHEAD = timedelta(hours=1)
_MOST_BYTES = 64 * 1024**2
_MARKS = (b'"gps"', b'"datetime"', b'"location"')


class PolisenEvents(Reader):
    """
    The answer of polisen.se's list of events.

    Its coordinates are the middle of a municipality or a county, the same for
    every event there; they are not read. What an event says of its area and
    time is. The summary is free text and is not read either.
    """

    name = "polisen"
    title = "Polisen's events (JSON)"
    suffixes = (".json",)

    @classmethod
    def claims(cls, path: Path, head: bytes) -> bool:  # noqa: ARG003 - found by content alone
        """
        Tell whether a file is a list of police events.

        Parameters
        ----------
        path
            The file.
        head
            Its first bytes, unpacked.

        Returns
        -------
        bool
            True for a JSON list whose members have datetime and location.gps.
        """
        start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
        return start.startswith(b"[") and all(mark in start for mark in _MARKS)

    def read(self, path: Path, *, mapping: Mapping) -> RawTable:
        """
        Read the events.

        Parameters
        ----------
        path
            The file.
        mapping
            Its frame is `notices`; columns are known without it.

        Returns
        -------
        RawTable
            One row an event, without geometry.

        Raises
        ------
        IngestError
            If the frame is another, or the file is not such a list.
        """
        if mapping.frame != "notices":
            msg = f"police events are notices for an area, and cannot be {mapping.frame}."
            fix = "load it as notices; its coordinates are the middle of a municipality or county"
            raise IngestError(msg, found=mapping.frame, expected="notices", fix=fix)
        with open_bytes(path) as stream:
            content = stream.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            msg = f"{path.name} is larger than a list of police events can be."
            raise IngestError(
                msg, expected=f"at most {_MOST_BYTES // 1024**2} MiB", fix="split it by year"
            )
        try:
            events = json.loads(content.decode("utf-8-sig"))
            cells = [_row(event) for event in events]
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            msg = f"{path.name} is not a list of police events."
            raise IngestError(
                msg, found=f"{type(error).__name__}: {error}"[:120],
                expected="a list of objects with id, datetime, name, type and location",
                fix="fetch it again",
            ) from error  # fmt: skip
        lacking = [name for name in mapping.wanted if name not in _HEADERS]
        if lacking:
            msg = f"police events have no column {', '.join(lacking)}."
            raise IngestError(msg, known=", ".join(_HEADERS), fix="leave them out")
        index = pd.RangeIndex(1, len(cells) + 1)
        rows = pd.DataFrame(cells, columns=list(_HEADERS), index=index, dtype="str")
        return RawTable(rows=rows, headers=list(_HEADERS), native=_NATIVE)


def _row(event: dict[str, Any]) -> list[str]:
    """Give one event's cells."""
    published, title = str(event["datetime"]), str(event["name"])
    return [str(event["id"]), published, title, str(event["type"]),
            str(event["location"]["name"]), occurred(title, published=published),
            str(event.get("url") or "")]  # fmt: skip


def occurred(title: str, *, published: str) -> str:
    """
    Read from a heading when something happened; it names no year.

    Parameters
    ----------
    title
        Such as "31 december 23.50, Rån, Växjö".
    published
        Such as "2026-01-01 0:10:12 +01:00".

    Returns
    -------
    str
        Local time, ISO; "" where the heading names none, or one that lies
        ahead of publication.

    Examples
    --------
    >>> occurred("31 december 23.50, Rån, Växjö", published="2026-01-01 0:10:12 +01:00")
    '2025-12-31 23:50'
    """
    said, stamp = _WHEN.match(title.casefold()), _STAMP.match(published)
    if said is None or stamp is None or said[2] not in MONTHS:
        return ""
    year, month, day, hour, minute = map(int, stamp.groups())
    limit = datetime(year, month, day, hour, minute) + _AHEAD  # noqa: DTZ001 - both are local
    for guess in (year, year - 1):
        try:
            moment = datetime(guess, MONTHS[said[2]], int(said[1]), int(said[3]), int(said[4]))  # noqa: DTZ001 - as above
        except ValueError:
            continue
        if moment <= limit:
            ahead = guess != year and limit - moment > timedelta(days=200)
            return "" if ahead else moment.isoformat(sep=" ", timespec="minutes")
    return ""
