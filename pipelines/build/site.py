"""The documentation site: dbt's static page, with what is in the published warehouse.

In: a data folder with a published warehouse. Out: ``docs/index.html``, one file that needs no
network. Refuses: a data folder without a warehouse (:class:`ShisakuError`).
"""

from __future__ import annotations

import functools
import http.server
import shutil
from typing import TYPE_CHECKING

from pipelines.build import front_pages, progress, store
from pipelines.build.models import Models
from pipelines.build.walk import locked
from pipelines.errors import ShisakuError

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.build.settings import DataFolder


def write(data: DataFolder) -> Path:
    """Write the site; the path of its page."""
    if not data.warehouse.exists():
        message = f"No warehouse at {data.warehouse}. Run `make build` first."
        raise ShisakuError(message)
    with locked(data, wait=True):
        store.empty(data.building)
        try:
            with Models(data, data.logs / "docs.log") as models:
                models.prepare({})
                models.docs(lambda: shutil.copyfile(data.warehouse, models.database))
            page = (data.dbt / "static_index.html").read_text(encoding="utf-8")
            page = front_pages.filled(page, data.warehouse)
            store.write_bytes(data.docs / "index.html", page.encode())
        finally:
            shutil.rmtree(data.building, ignore_errors=True)
    return data.docs / "index.html"


def serve(data: DataFolder, port: int) -> None:
    """Offer the site to this machine's browsers until interrupted."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(data.docs))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        message = f"Port {port} cannot be used: {error.strerror}. Name another with --port."
        raise ShisakuError(message) from error
    with server:
        progress.tell(f"Documentation at http://127.0.0.1:{port}/ until Ctrl+C")
        server.serve_forever()
