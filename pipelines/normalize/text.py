"""Folding and joining of printed text. In and out: string expressions."""
from __future__ import annotations
import polars as pl

DASH = r"[―－—–─━‐ー−‑﹣ｰ\-]"

def fold(text: pl.Expr) -> pl.Expr:
    return text.str.normalize("NFKC").str.replace_all(r"[〜～]", "~").str.replace_all(r"[―—–─━‐−‑]", "-")

def squeeze(text: pl.Expr) -> pl.Expr:
    return fold(text).str.replace_all(r"\s+", "")

def join_lines(text: pl.Expr) -> pl.Expr:
    trimmed = text.str.replace_all(r"[ \t　]*\n[ \t　]*", "\n").str.strip_chars()
    spaced = trimmed.str.replace_all(r"([A-Za-z])\n([A-Za-z])", "$1 $2")
    return spaced.str.replace_all("\n", "", literal=True)
