"""One pass over a page's content stream, form XObjects and annotations included.

In: a playa page opened in ``space="screen"``. Out: its :class:`~pipelines.extract.ink.Ink`, the
one reading of the page that everything else shares. Text that is not drawn (invisible render
mode, no size, off the page, in a hidden layer) is not among the glyphs but counted. Refuses
(``DocumentError``) more glyphs or path segments than the limits allow, and forms nested deeper
than they allow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from playa.content import ImageObject, PathObject, TextObject, XObjectObject
from playa.interp import LazyInterpreter
from playa.miner import resolve1
from playa.pdftypes import ContentStream
from playa.utils import transform_bbox

from pipelines.extract.actual_text import stated_text
from pipelines.extract.annotations import appearances, rectangle
from pipelines.extract.bombs import refuse_instructions
from pipelines.extract.drawing_state import DrawingState
from pipelines.extract.fonts import FontFacts
from pipelines.extract.ink import Box, Clip, Ink
from pipelines.extract.limits import DocumentError, Limits
from pipelines.extract.paths import Paths, is_opaque, is_upright_matrix, is_white
from pipelines.extract.shown import Print, print_text

if TYPE_CHECKING:
    from playa.content import GraphicState, MarkedContent
    from playa.page import Page

    from pipelines.extract.ink import Matrix
    from pipelines.extract.layers import Layers

# PDF text render modes that leave no mark: 3 neither fills nor strokes, 7 only clips.
_INVISIBLE_MODES = frozenset({3, 7})


class InkReader:
    """Reads pages of one document; fonts and layers are looked at once for all of them."""

    def __init__(self, limits: Limits, layers: Layers) -> None:
        """Start with no font seen."""
        self._limits = limits
        self._layers = layers
        self._fonts: dict[int, FontFacts] = {}

    def read(self, page: Page, paper: Box) -> Ink:
        """The ink that one page puts on ``paper``; ``DocumentError`` where a limit is passed."""
        number = page.page_idx + 1
        streams = list(page.streams)
        for stream in streams:
            refuse_instructions(stream.rawdata, number, self._limits)
        # One stream of them all: a spreadsheet may part an array between two (7.8.2 allows it),
        # and playa begins anew with each.
        whole = ContentStream({}, b"\n".join(stream.buffer for stream in streams))
        refuse_instructions(whole.rawdata, number, self._limits)
        walk = _Walk(paper, self._fonts, self._layers, self._limits, number)
        walk.objects(LazyInterpreter(page, [whole]), _TOP)
        for stream, matrix in appearances(page, self._layers):
            walk.annotation(page, stream, matrix)
        return walk.finished()


class _Around(NamedTuple):
    """What holds for everything that one content stream draws."""

    clip: Clip | None = None
    forms: frozenset[int] = frozenset()
    """Numbers of the forms that it is drawn in."""
    is_hidden: bool = False
    is_veiled: bool = False
    """Whether it lets through what lies under it."""
    is_annotation: bool = False
    """Whether it is drawn on top of the page: its lines are not the page's rulings."""


_TOP = _Around()


class _Walk:
    """The walk over one page."""

    def __init__(
        self,
        paper: Box,
        fonts: dict[int, FontFacts],
        layers: Layers,
        limits: Limits,
        page_number: int,
    ) -> None:
        self.ink = Ink()
        self._paths = Paths(self.ink)
        self._paper = paper
        self._fonts = fonts
        self._layers = layers
        self._limits = limits
        self._page = page_number
        self._runs = 0
        self._stated: dict[int, MarkedContent] = {}
        self._glyphs = 0
        self._segments = 0
        self._state = DrawingState(layers, limits, page_number)
        self._colour: tuple[Any, Any, bool] = (None, None, False)

    def objects(self, interpreter: LazyInterpreter, around: _Around) -> None:
        """Everything that one content stream draws."""
        self._state.clip = around.clip
        self._state.follow(interpreter)
        for item in interpreter:
            is_hidden = around.is_hidden or self._state.hides(item)
            if isinstance(item, TextObject):
                self._text(item, is_hidden=is_hidden)
            elif isinstance(item, XObjectObject):
                self._form(item, interpreter, around._replace(is_hidden=is_hidden))
            elif is_hidden or around.is_annotation:
                continue
            elif isinstance(item, PathObject):
                self._path(item, is_veiled=around.is_veiled)
            elif isinstance(item, ImageObject) and not self._layers.hides(item.get("OC")):
                self._paths.image(item, self._state.clip, is_veiled=around.is_veiled)

    def finished(self) -> Ink:
        """What all of it puts on the page."""
        self.ink.has_shading |= self._state.has_shading
        return self.ink

    def annotation(self, page: Page, stream: ContentStream, matrix: Matrix) -> None:
        """The text of one annotation's appearance."""
        refuse_instructions(stream.rawdata, self._page, self._limits)
        resources = resolve1(stream.get("Resources"))
        interpreter = LazyInterpreter(
            page, [stream], resources if isinstance(resources, dict) else {}, ctm=matrix
        )
        clip = _box_of(stream, matrix)
        self.objects(interpreter, _Around(clip, is_annotation=True))

    def _form(self, item: XObjectObject, interpreter: LazyInterpreter, around: _Around) -> None:
        # A form that draws itself, directly or through another, is drawn once.
        number = item.stream.objid or 0
        if number in around.forms:
            return
        if len(around.forms) >= self._limits.form_depth:
            reason = (
                f"nests forms more than {self._limits.form_depth} deep on page {self._page}: "
                "no sheet does"
            )
            raise DocumentError(reason)
        refuse_instructions(item.stream.rawdata, self._page, self._limits)
        outer = self._state.clip
        clip = _box_of(item.stream, item.ctm)
        self.objects(
            cast("LazyInterpreter", item.interp()),
            around._replace(
                clip=outer if clip is None else clip.within(outer),
                forms=around.forms | {number},
                is_hidden=around.is_hidden or self._layers.hides(item.stream.get("OC")),
                is_veiled=around.is_veiled or not is_opaque(interpreter.graphicstate),
            ),
        )
        self._state.clip = outer

    def _path(self, item: PathObject, *, is_veiled: bool) -> None:
        self._segments += len(item.raw_segments)
        if self._segments > self._limits.path_segments_per_page:
            reason = (
                f"draws more than {self._limits.path_segments_per_page:,} lines on page "
                f"{self._page}: no sheet does"
            )
            raise DocumentError(reason)
        self._paths.add(item, self._state.clip, is_veiled=is_veiled)

    def _text(self, item: TextObject, *, is_hidden: bool) -> None:
        font = item.gstate.font
        if font is None:
            return
        facts = self._fonts.get(id(font))
        if facts is None:
            facts = self._fonts[id(font)] = FontFacts(font)
        self._runs += 1
        how = self._print(item, is_hidden=is_hidden)
        self._glyphs += print_text(self.ink, item, facts, how)
        if self._glyphs > self._limits.glyphs_per_page:
            reason = (
                f"prints more than {self._limits.glyphs_per_page:,} characters on page "
                f"{self._page}: no sheet does"
            )
            raise DocumentError(reason)

    def _print(self, item: TextObject, *, is_hidden: bool) -> Print:
        state = item.gstate
        return Print(
            self._runs,
            self._paper,
            None if self._state.clip is None else self._state.clip.box,
            state.render_mode not in _INVISIBLE_MODES and state.nalpha > 0 and not is_hidden,
            self._is_white(state) and state.render_mode in {0, 4},
            stated_text(item, self._stated) if item.mcstack else "",
        )

    def _is_white(self, state: GraphicState) -> bool:
        """Whether fills are white: looked at once for all that is printed in one colour."""
        colour, space, known = self._colour
        if colour is not state.ncolor or space is not state.ncs:
            known = is_white(state.ncolor, state.ncs)
            self._colour = state.ncolor, state.ncs, known
        return known


def _box_of(stream: ContentStream, matrix: Matrix) -> Clip | None:
    """The box that a form is cut to, on the page."""
    box = rectangle(stream.get("BBox"))
    if box is None:
        return None
    return Clip(Box(*transform_bbox(matrix, box)), is_upright_matrix(matrix))
