"""Tables of cells as printed: source files, their pages, their cells."""

from __future__ import annotations

from pipelines.schemas.columns import CELL_GEOMETRY, DOCUMENT, PAGE
from pipelines.schemas.table import FLAG, INTEGER, POINTS, TEXT, Column, Table

#: The letters of ``line_ends``: the next character did not fit, or the print breaks the line.
WRAPPED, BROKEN = "w", "b"

RAW_DOCUMENTS = Table(
    "raw",
    "documents",
    "one source file, by content",
    (
        DOCUMENT,
        Column("sha256", TEXT, "SHA-256 of the file; null if it was not opened.", "SHA-256"),
        Column("file_name", TEXT, "Name without folder.", "ファイル名", nullable=False),
        Column("source_url", TEXT, "Where it was published (sidecar).", "公表元のURL"),
        Column("publisher", TEXT, "Publisher (sidecar).", "作成者"),
        Column("title", TEXT, "Title (sidecar).", "標題"),
        Column("sheet_code", TEXT, "Sheet code (sidecar).", "整理番号"),
        Column("document_kind", TEXT, "original, facsimile or synthetic.", "資料の種別"),
        Column("license", TEXT, "Licence (sidecar).", "利用条件"),
        Column("attribution", TEXT, "Attribution line (sidecar).", "出典の表示"),
        Column("continues", TEXT, "Key of the file this continues.", "前の資料のキー"),
        Column("page_count", INTEGER, "Pages; null if unreadable.", "ページ数"),
        Column("status", TEXT, "read or failed.", "読取の状態", nullable=False),
        Column("status_reason", TEXT, "Why it was not read.", "理由"),
    ),
)

RAW_PAGES = Table(
    "raw",
    "pages",
    "one page of one source file",
    (
        DOCUMENT,
        PAGE,
        Column("width", POINTS, "Width as shown, points.", "幅", nullable=False),
        Column("height", POINTS, "Height as shown, points.", "高さ", nullable=False),
        Column(
            "rotation",
            INTEGER,
            "Clockwise turn that sets the page upright, degrees: /Rotate, and sideways content.",
            "回転",
            nullable=False,
        ),
        Column("engine", TEXT, "vector, combined or none.", "表の検出方式", nullable=False),
        Column("engine_reason", TEXT, "Why not vector alone.", "方式の理由"),
        Column("table_count", INTEGER, "Ruled tables found.", "罫線表の数", nullable=False),
        Column(
            "text_layer_characters",
            INTEGER,
            "Printed characters (no spaces) of the page's text layer.",
            "ページの文字数（空白を除く）",
            nullable=False,
        ),
        Column(
            "cell_characters",
            INTEGER,
            "Of these, in cells.",
            "セル内の文字数",
            nullable=False,
        ),
        Column(
            "outside_characters",
            INTEGER,
            "Of these, outside every ruled table.",
            "表外の文字数",
            nullable=False,
        ),
        Column(
            "overprinted_characters",
            INTEGER,
            "Of these, printed again on the same spot, kept once in raw_text.",
            "重ね打ちの文字数",
            nullable=False,
        ),
        Column(
            "unmapped_characters",
            INTEGER,
            "Of these, without a Unicode mapping.",
            "文字コード不明の文字数",
            nullable=False,
        ),
        Column(
            "unprinted_characters",
            INTEGER,
            "Besides these, of the text layer, without a mark: invisible, white, off the page.",
            "印字されない文字数",
        ),
    ),
)

RAW_CELLS = Table(
    "raw",
    "cells",
    "one cell as printed",
    (
        *CELL_GEOMETRY,
        Column(
            "is_open_above",
            FLAG,
            "Whether nothing rules its upper edge: it goes on from the page before.",
            "上端に罫線がないか",
        ),
        Column(
            "is_open_below",
            FLAG,
            "Whether nothing rules its lower edge: it goes on overleaf.",
            "下端に罫線がないか",
        ),
        Column(
            "line_ends",
            TEXT,
            f"A letter a line end: {WRAPPED} where the next character did not fit, "
            f"{BROKEN} where it did.",
            "各行末の理由（w：幅が足りない、b：改行）",
        ),
        Column(
            "is_doubtful",
            FLAG,
            "Whether a figure or a line that stands across its edge may be another cell's.",
            "罫線をまたぐ数値や行がどのセルのものか決められないか",
        ),
    ),
)

RAW_TABLES = (RAW_DOCUMENTS, RAW_PAGES, RAW_CELLS)
