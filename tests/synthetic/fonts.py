"""Fonts for synthetic sheets: where a Japanese TrueType font is, and how wide its glyphs are.

In: the names that :class:`Variation` uses (``embedded``, ``cid_gothic``, ``cid_mincho``), and
``unmapped``. Out: a font name that reportlab knows, and widths. ``embedded`` is IPAex Gothic
as the PyPI package matplotlib-fontja carries it (IPA Font License 1.0), or IPA Gothic where a
system has it; embedding it gives the PDF a ToUnicode map, which ``unmapped`` leaves out.
Refuses: ``LookupError`` where no such font is at hand.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

EMBEDDED, UNMAPPED = "SyntheticGothic", "SyntheticUnmapped"
CID = {"cid_gothic": "HeiseiKakuGo-W5", "cid_mincho": "HeiseiMin-W3"}
PACKAGES = ("matplotlib_fontja", "japanize_matplotlib")
SYSTEM = (
    "/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf",
    "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf",
)


def font_file() -> Path:
    """The TrueType file that is embedded: a PyPI package's first, then the system's."""
    for package in PACKAGES:
        spec = find_spec(package)
        if spec is not None and spec.origin is not None:
            for file in sorted(Path(spec.origin).parent.rglob("ipaexg.ttf")):
                return file
    for name in SYSTEM:
        if Path(name).exists():
            return Path(name)
    message = f"no Japanese TrueType font: install one of {PACKAGES} or {SYSTEM}"
    raise LookupError(message)


class _Unmapped(TTFont):
    """The same font, embedded without saying which characters its glyphs stand for."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file, asciiReadable=False)
        # reportlab knows a font by its face's name: another name keeps the two apart.
        self.face.name = b"Unmapped"

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401, N802  (reportlab's own)
        subsets = range(len(self.state[doc].subsets))
        names = [self.getSubsetInternalName(subset, doc)[1:] for subset in subsets]
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for name in names:
            del fonts[name].ToUnicode


@cache
def register(name: str) -> str:
    """Make the font known to reportlab, once; its reportlab name."""
    if name in CID:
        pdfmetrics.registerFont(UnicodeCIDFont(CID[name]))
        return CID[name]
    if name == "unmapped":
        pdfmetrics.registerFont(_Unmapped(UNMAPPED, str(font_file())))
        return UNMAPPED
    pdfmetrics.registerFont(TTFont(EMBEDDED, str(font_file())))
    return EMBEDDED


@lru_cache(maxsize=65536)
def glyph_width(character: str, font: str) -> float:
    """Width of one glyph at size 1."""
    return float(pdfmetrics.stringWidth(character, font, 1))


def width(text: str, font: str, size: float) -> float:
    """Width of a line of text, in points."""
    return size * sum(glyph_width(character, font) for character in text)
