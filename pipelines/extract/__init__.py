"""First room: a PDF's pages become cells as printed, with coordinates.

In: the bytes of one PDF. Out: an :class:`Extraction`, the ``RAW_PAGES`` and ``RAW_CELLS`` frames
of that document. Refuses: anything that cannot be read whole, by raising :class:`DocumentError`
with a reason that a person understands; no page is ever left out in silence.

Only this folder knows camelot and playa. Nothing here opens a network connection, runs a script
or follows a reference out of the file.
"""

from pipelines.extract.document import Extraction, read_pdf
from pipelines.extract.limits import DocumentError, Limits

__all__ = ["DocumentError", "Extraction", "Limits", "read_pdf"]
