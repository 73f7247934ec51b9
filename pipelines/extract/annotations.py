"""What is printed on top of a page: values of form fields, text boxes, stamps.

In: a playa page. Out: the appearance of each annotation that shows, as a content stream with the
matrix that sets it onto the page (ISO 32000-2, 12.5.5). Refuses nothing; a malformed annotation
shows nothing, as in a viewer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playa.miner import PSLiteral, resolve1
from playa.utils import mult_matrix, transform_bbox

from pipelines.extract.ink import Box
from pipelines.extract.streams import is_stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playa.page import Page
    from playa.pdftypes import ContentStream

    from pipelines.extract.ink import Matrix
    from pipelines.extract.layers import Layers

_HIDDEN, _NO_VIEW = 2, 32
_MOST = 5_000


def appearances(page: Page, layers: Layers) -> Iterator[tuple[ContentStream, Matrix]]:
    """The appearance streams of ``page`` and the matrix of each, in painting order."""
    found = resolve1(page.attrs.get("Annots"))
    if not isinstance(found, list):
        return
    for item in found[:_MOST]:
        annotation = resolve1(item)
        if not isinstance(annotation, dict) or not _shows(annotation, layers):
            continue
        stream = _normal(annotation)
        place = rectangle(annotation.get("Rect"))
        if stream is None or place is None:
            continue
        matrix = _numbers(stream.get("Matrix"), 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        box = rectangle(stream.get("BBox"))
        if box is None:
            continue
        x0, y0, x1, y1 = transform_bbox(matrix, box)  # type: ignore[arg-type]
        if x1 <= x0 or y1 <= y0:
            continue
        left, bottom, right, top = place
        across, up = (right - left) / (x1 - x0), (top - bottom) / (y1 - y0)
        onto = (across, 0.0, 0.0, up, left - x0 * across, bottom - y0 * up)
        yield stream, mult_matrix(mult_matrix(matrix, onto), page.ctm)  # type: ignore[arg-type]


def _shows(annotation: dict[str, Any], layers: Layers) -> bool:
    flags = resolve1(annotation.get("F"))
    if isinstance(flags, int) and flags & (_HIDDEN | _NO_VIEW):
        return False
    kind = resolve1(annotation.get("Subtype"))
    if isinstance(kind, PSLiteral) and kind.name == "Popup":
        return False
    return "OC" not in annotation or not layers.hides(annotation["OC"])


def _normal(annotation: dict[str, Any]) -> ContentStream | None:
    """The appearance in the state that the annotation is in."""
    appearance = resolve1(annotation.get("AP"))
    normal = resolve1(appearance.get("N")) if isinstance(appearance, dict) else None
    if isinstance(normal, dict):
        state = resolve1(annotation.get("AS"))
        normal = resolve1(normal.get(state.name)) if isinstance(state, PSLiteral) else None
    return normal if is_stream(normal) else None


def rectangle(entry: Any) -> Box | None:  # noqa: ANN401
    """Four numbers, whichever corners they are; ``None`` for anything else."""
    found = _numbers(entry, 4)
    if found is None:
        return None
    (x0, x1), (y0, y1) = sorted(found[::2]), sorted(found[1::2])
    return Box(x0, y0, x1, y1)


def _numbers(entry: Any, count: int) -> tuple[float, ...] | None:  # noqa: ANN401
    found = resolve1(entry)
    if not isinstance(found, list) or len(found) != count:
        return None
    numbers: list[Any] = [resolve1(number) for number in found]
    if not all(isinstance(number, int | float) for number in numbers):
        return None
    return tuple(float(number) for number in numbers)
