"""Opening files safely: gzip unpacked on the way, bombs and foreign formats refused."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from typing import IO, TYPE_CHECKING

from geo.errors import IngestError

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import WriteableBuffer

MAX_UNPACKED = 2 * 1024**3
"""More bytes than this are not unpacked from one file."""
MAX_RATIO = 200
"""A packed file that grows more than this is taken for a bomb, from 16 MiB on."""
_RATIO_FROM = 16 * 1024**2
_HEAD = 65_536
GZIP = b"\x1f\x8b"
_FORMATS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive or an Office file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a GeoPackage or another SQLite file",
    b"PAR1": "a Parquet file",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a rar archive",
}


class _Guarded(io.RawIOBase):
    """An unpacking stream that stops when it has grown beyond reason."""

    def __init__(self, stream: gzip.GzipFile, *, name: str, packed: int) -> None:
        self._stream, self._name, self._packed = stream, name, packed
        self._total = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._stream.read(len(view))
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            msg = f"{self._name} is a broken gzip file."
            raise IngestError(msg, found=str(error)[:80], fix="fetch or pack it again") from error
        view[: len(data)] = data
        self._total += len(data)
        refuse_bomb(self._name, packed=self._packed, unpacked=self._total)
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def open_bytes(path: Path) -> IO[bytes]:
    """
    Open a file for reading, unpacking gzip whatever its name says.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    IO
        Buffered bytes.

    Raises
    ------
    IngestError
        If there is no such file, or it unpacks beyond reason.
    """
    if not path.is_file():
        msg = f"there is no file {path.name!r}."
        raise IngestError(msg, fix="check the path")
    with path.open("rb") as plain:
        packed = plain.read(2) == GZIP
    if not packed:
        return path.open("rb")
    size = path.stat().st_size
    stream = _Guarded(gzip.GzipFile(path, "rb"), name=path.name, packed=size)
    return io.BufferedReader(stream, buffer_size=1 << 18)


def read_head(path: Path) -> bytes:
    """
    Read a file's first bytes, unpacked.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    bytes
        At most 64 KiB.

    Raises
    ------
    IngestError
        If there is no such file, or it is empty.
    """
    with open_bytes(path) as stream:
        head = stream.read(_HEAD)
    if head.startswith(GZIP):
        msg = f"{path.name} is packed twice."
        fix = "unpack it, inspect it, and load the table itself"
        raise IngestError(msg, found="gzip in gzip", expected="gzip at most once", fix=fix)
    if not head.strip(b"\x00\xef\xbb\xbf\r\n\t "):
        what = "is empty" if not head.strip() else "holds no text, only blank or zero bytes"
        msg = f"{path.name} {what}."
        raise IngestError(msg, found="no content", expected="a table", fix="export it again")
    return head


def refuse_bomb(name: str, *, packed: int, unpacked: int) -> None:
    """
    Stop when a packed file grows beyond reason.

    Parameters
    ----------
    name
        The file's name.
    packed, unpacked
        Bytes on disk, and bytes unpacked so far.

    Raises
    ------
    IngestError
        If it is over 2 GiB, or over 200 times its packed size.
    """
    grown = unpacked > _RATIO_FROM and unpacked > MAX_RATIO * max(packed, 1)
    if unpacked > MAX_UNPACKED or grown:
        msg = f"{name} unpacks to more than a table of this kind can be."
        raise IngestError(
            msg,
            found=f"{unpacked // 1024**2} MiB from {packed // 1024} KiB",
            expected=f"at most {MAX_UNPACKED // 1024**3} GiB and {MAX_RATIO} times",
            fix="unpack and inspect it, then load the table itself",
        )


def check_zip(path: Path) -> list[str]:
    """
    List a zip archive's files without unpacking them.

    Parameters
    ----------
    path
        The archive.

    Returns
    -------
    list of str
        Names inside.

    Raises
    ------
    IngestError
        If it is broken or would unpack beyond reason.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        msg = f"{path.name} is a broken zip archive."
        raise IngestError(msg, found=str(error)[:80], fix="fetch or pack it again") from error
    total = sum(entry.file_size for entry in entries)
    refuse_bomb(path.name, packed=path.stat().st_size, unpacked=total)
    return [entry.filename for entry in entries]


def refuse_foreign(head: bytes, *, name: str) -> None:
    """
    Refuse a file that is called a text table and is something else.

    Parameters
    ----------
    head
        Its first bytes.
    name
        Its name.

    Raises
    ------
    IngestError
        Naming what it is.
    """
    kind = next((kind for magic, kind in _FORMATS.items() if head.startswith(magic)), None)
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if kind is None and b"\x00" in head and not wide:
        kind = "no text (it holds zero bytes)"
    if kind is not None:
        msg = f"{name} is not a text table."
        fix = "export it as CSV, xlsx, GeoPackage, Shapefile or GeoJSON"
        raise IngestError(msg, found=kind, expected="rows of text", fix=fix)
