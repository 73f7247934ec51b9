"""What playa does not follow of the drawing state: clips, layers, shadings, the operator ``"``.

In: the interpreter of a content stream, before it begins, and what it draws. Out:
:class:`DrawingState`: what is drawn through at each moment, and whether what is drawn is hidden.
playa's table of operators is told to call here as well where clips are set, saved and restored,
and where marked content begins; ``"`` shows its text on the next line. Refuses
(``DocumentError``) states nested deeper than the limits allow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playa.miner import KWD, PSLiteral, resolve1
from playa.utils import get_bound, transform_bbox

from pipelines.extract.ink import Box, Clip
from pipelines.extract.limits import DocumentError
from pipelines.extract.paths import is_upright, is_upright_matrix

if TYPE_CHECKING:
    from playa.content import ContentObject, MarkedContent
    from playa.interp import LazyInterpreter

    from pipelines.extract.layers import Layers
    from pipelines.extract.limits import Limits

_SAVE, _RESTORE, _SHADE = KWD(b"q"), KWD(b"Q"), KWD(b"sh")
_SHOW_SPACED = KWD(b'"')
_CLIPS, _MARK = (KWD(b"W"), KWD(b"W*")), KWD(b"BDC")


class DrawingState:
    """The state of one page under way; ``clip`` is what is drawn through now."""

    def __init__(self, layers: Layers, limits: Limits, page_number: int) -> None:
        """Nothing drawn yet."""
        self.clip: Clip | None = None
        self.has_shading = False
        self._layers = layers
        self._limits = limits
        self._page = page_number
        # By identity: two pieces of content may be marked alike.
        self._off: dict[int, MarkedContent] = {}

    def hides(self, item: ContentObject) -> bool:
        """Whether an object belongs to a layer that is not shown."""
        return bool(self._off) and any(id(mark) in self._off for mark in item.mcstack)

    def follow(self, interpreter: LazyInterpreter) -> None:
        """Have ``interpreter`` tell what it meets."""
        operators = interpreter._dispatch  # noqa: SLF001 - see the module
        self._follow_clips(interpreter)
        operators[_SHADE] = (self._shade, 1)

        def show_spaced(word: Any, character: Any, text: Any) -> ContentObject | None:  # noqa: ANN401
            interpreter.do_Tw(word)
            interpreter.do_Tc(character)
            return interpreter.do__q(text)

        operators[_SHOW_SPACED] = (show_spaced, 3)
        if self._layers.has_hidden:
            operators[_MARK] = (lambda tag, properties: self._mark(interpreter, tag, properties), 2)

    def _follow_clips(self, interpreter: LazyInterpreter) -> None:
        saved: list[Clip | None] = []
        operators = interpreter._dispatch  # noqa: SLF001

        def save() -> None:
            if len(saved) >= self._limits.state_depth:
                reason = (
                    f"nests drawing states more than {self._limits.state_depth:,} deep on page "
                    f"{self._page}: no sheet does"
                )
                raise DocumentError(reason)
            saved.append(self.clip)
            interpreter.do_q()

        def restore() -> None:
            if saved:
                self.clip = saved.pop()
            interpreter.do_Q()

        def clip() -> None:
            if len(interpreter.curpath) > 1:
                points = [point for segment in interpreter.curpath for point in segment.points]
                box = Box(*transform_bbox(interpreter.ctm, get_bound(points)))
                is_box = is_upright(points) and is_upright_matrix(interpreter.ctm)
                self.clip = Clip(box, is_box).within(self.clip)

        operators[_SAVE] = (save, 0)
        operators[_RESTORE] = (restore, 0)
        for keyword in _CLIPS:
            operators[keyword] = (clip, 0)

    def _shade(self, _name: object) -> None:
        self.has_shading = True

    def _mark(self, interpreter: LazyInterpreter, tag: object, properties: object) -> None:
        interpreter.do_BDC(tag, properties)  # type: ignore[arg-type]
        if not (isinstance(tag, PSLiteral) and isinstance(properties, PSLiteral)):
            return
        layers = resolve1(interpreter.resources.get("Properties"))
        if tag.name == "OC" and isinstance(layers, dict):
            entry = layers.get(properties.name)
            if entry is not None and self._layers.hides(entry):
                begun = interpreter.mcstack[-1]
                self._off[id(begun)] = begun
