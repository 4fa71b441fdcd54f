"""The web page, as the build left it."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from geo.errors import NotFoundError

router = APIRouter(include_in_schema=False)

_MISSING = """<!doctype html><html lang="sv"><meta charset="utf-8"><title>Lägesbild</title>
<body style="font:16px/1.5 system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem">
<h1>Sidan är inte byggd</h1>
<p>Tjänsten går, men kartsidan saknas. Kör <code>python run.py build</code> och ladda om.</p>
<p>Data finns på <a href="/collections">/collections</a> och
<a href="/situations/latest">/situations/latest</a>.</p></body></html>"""


def web_folder() -> Path:
    """
    Find the built page.

    Returns
    -------
    Path
        ``web/dist`` in a checkout, ``api/_web`` in a wheel.
    """
    here = Path(__file__).resolve().parent
    bundled = here / "_web"
    return bundled if bundled.is_dir() else here.parent / "web" / "dist"


@router.get("/karta")
def without_slash() -> Response:
    """Add the slash that the page's own links need."""
    return RedirectResponse("/karta/", status_code=308)


@router.get("/karta/{path:path}")
def page(path: str) -> Response:
    """Give a file of the page; unknown paths below it are the page itself."""
    root = web_folder()
    if not (root / "index.html").is_file():
        return HTMLResponse(_MISSING, status_code=503)
    wanted = (root / path).resolve()
    if not wanted.is_relative_to(root.resolve()):
        msg = "there is no such page."
        raise NotFoundError(msg, fix="open /karta/")
    if path and wanted.is_file():
        forever = "assets/" in path
        cache = "public, max-age=31536000, immutable" if forever else "no-cache"
        return FileResponse(wanted, headers={"Cache-Control": cache})
    if "." in path.rsplit("/", 1)[-1]:
        msg = "there is no such file."
        raise NotFoundError(msg, fix="open /karta/")
    return FileResponse(root / "index.html", headers={"Cache-Control": "no-cache"})
