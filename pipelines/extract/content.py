"""One pass over a page's content stream, form XObjects included.

In: a playa page opened in ``space="screen"``. Out: its :class:`~pipelines.extract.ink.Ink`, the
one reading of the page that everything else shares. Text that leaves no mark (invisible render
mode, no size, off the page) is not among the glyphs but counted. Refuses (``DocumentError``) more
glyphs or path segments than the limits allow, and forms nested deeper than they allow.

playa walks the content; it does not follow the clipping path, so its interpreter's table of
operators is told to call here as well where clips are set, saved and restored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from playa.content import ImageObject, PathObject, TextObject, XObjectObject
from playa.miner import KWD
from playa.utils import get_bound, transform_bbox

from pipelines.extract.actual_text import stated_text
from pipelines.extract.bombs import refuse_instructions
from pipelines.extract.fonts import FontFacts
from pipelines.extract.ink import Box, Ink
from pipelines.extract.limits import DocumentError, Limits
from pipelines.extract.paths import Paths, is_white
from pipelines.extract.shown import Print, print_text

if TYPE_CHECKING:
    from playa.content import MarkedContent
    from playa.interp import LazyInterpreter
    from playa.page import Page

# PDF text render modes that leave no mark: 3 neither fills nor strokes, 7 only clips.
_INVISIBLE_MODES = frozenset({3, 7})
_SAVE, _RESTORE, _SHADE = KWD(b"q"), KWD(b"Q"), KWD(b"sh")
_CLIPS = (KWD(b"W"), KWD(b"W*"))


class InkReader:
    """Reads pages of one document; fonts are looked at once for all of them."""

    def __init__(self, limits: Limits) -> None:
        """Start with no font seen."""
        self._limits = limits
        self._fonts: dict[int, FontFacts] = {}

    def read(self, page: Page, paper: Box) -> Ink:
        """The ink that one page puts on ``paper``; ``DocumentError`` where a limit is passed."""
        for stream in page.streams:
            refuse_instructions(stream.rawdata, page.page_idx + 1, self._limits)
        walk = _Walk(paper, self._fonts, self._limits, page.page_idx + 1)
        walk.objects(cast("LazyInterpreter", page.interp()), None, frozenset())
        return walk.ink


class _Walk:
    """The walk over one page."""

    def __init__(
        self, paper: Box, fonts: dict[int, FontFacts], limits: Limits, page_number: int
    ) -> None:
        self.ink = Ink()
        self._paths = Paths(self.ink)
        self._paper = paper
        self._fonts = fonts
        self._limits = limits
        self._page = page_number
        self._runs = 0
        self._stated: dict[int, MarkedContent] = {}
        self._glyphs = 0
        self._segments = 0
        self._clip: Box | None = None

    def objects(
        self, interpreter: LazyInterpreter, clip: Box | None, parents: frozenset[int]
    ) -> None:
        """Everything that one content stream draws, through ``clip``."""
        self._clip = clip
        self._follow_clips(interpreter)
        for item in interpreter:
            if isinstance(item, TextObject):
                self._text(item)
            elif isinstance(item, PathObject):
                self._path(item)
            elif isinstance(item, XObjectObject):
                self._form(item, parents)
            elif isinstance(item, ImageObject):
                self._paths.image(Box(*transform_bbox(item.ctm, (0, 0, 1, 1))))

    def _follow_clips(self, interpreter: LazyInterpreter) -> None:
        saved: list[Box | None] = []
        operators = interpreter._dispatch  # noqa: SLF001 - see the module

        def save() -> None:
            if len(saved) >= self._limits.state_depth:
                reason = (
                    f"nests drawing states more than {self._limits.state_depth:,} deep on page "
                    f"{self._page}: no sheet does"
                )
                raise DocumentError(reason)
            saved.append(self._clip)
            interpreter.do_q()

        def restore() -> None:
            if saved:
                self._clip = saved.pop()
            interpreter.do_Q()

        def clip() -> None:
            if len(interpreter.curpath) > 1:
                points = (point for segment in interpreter.curpath for point in segment.points)
                box = Box(*transform_bbox(interpreter.ctm, get_bound(points)))
                self._clip = box if self._clip is None else self._clip.cut(box)

        def shade(_name: object) -> None:
            self.ink.has_shading = True

        operators[_SAVE] = (save, 0)
        operators[_RESTORE] = (restore, 0)
        operators[_SHADE] = (shade, 1)
        for keyword in _CLIPS:
            operators[keyword] = (clip, 0)

    def _form(self, item: XObjectObject, parents: frozenset[int]) -> None:
        # A form that draws itself, directly or through another, is drawn once.
        number = item.stream.objid or 0
        if number in parents:
            return
        if len(parents) >= self._limits.form_depth:
            reason = (
                f"nests forms more than {self._limits.form_depth} deep on page {self._page}: "
                "no sheet does"
            )
            raise DocumentError(reason)
        refuse_instructions(item.stream.rawdata, self._page, self._limits)
        outer = self._clip
        self.objects(cast("LazyInterpreter", item.interp()), outer, parents | {number})
        self._clip = outer

    def _path(self, item: PathObject) -> None:
        self._segments += len(item.raw_segments)
        if self._segments > self._limits.path_segments_per_page:
            reason = (
                f"draws more than {self._limits.path_segments_per_page:,} lines on page "
                f"{self._page}: no sheet does"
            )
            raise DocumentError(reason)
        self._paths.add(item)

    def _text(self, item: TextObject) -> None:
        font = item.gstate.font
        if font is None:
            return
        facts = self._fonts.get(id(font))
        if facts is None:
            facts = self._fonts[id(font)] = FontFacts(font)
        self._runs += 1
        self._glyphs += print_text(self.ink, item, facts, self._print(item))
        if self._glyphs > self._limits.glyphs_per_page:
            reason = (
                f"prints more than {self._limits.glyphs_per_page:,} characters on page "
                f"{self._page}: no sheet does"
            )
            raise DocumentError(reason)

    def _print(self, item: TextObject) -> Print:
        state = item.gstate
        return Print(
            self._runs,
            self._paper,
            self._clip,
            state.render_mode not in _INVISIBLE_MODES and state.nalpha > 0,
            is_white(state.ncolor, state.ncs) and state.render_mode in {0, 4},
            stated_text(item, self._stated) if item.mcstack else "",
        )
