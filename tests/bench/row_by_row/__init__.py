"""The same grammar as a plain Python function a row, to measure the column expressions against.

In: one string. Out: one dict, with the fields of the column version except ``reason``. It takes
the same reference tables and the same patterns, and the same two steps: plain form first, then
rewritten. A test holds both versions against each other.
"""

from .figures import amount, value
from .times import date, fiscal_year, period

__all__ = ["COMPARED", "READERS"]

# What both versions have to agree on, by kind.
COMPARED = {
    "fiscal_year": ("status", "value", "start", "end", "qualifier", "rule"),
    "period": ("status", "start", "end", "qualifier", "rule"),
    "date": ("status", "value", "start", "end", "qualifier", "rule"),
    "amount": ("status", "value", "unit", "multiplier", "qualifier", "inclusion", "rule"),
    "value": ("status", "value", "unit", "multiplier", "qualifier", "inclusion", "rule"),
}
READERS = {
    "fiscal_year": fiscal_year,
    "period": period,
    "date": date,
    "amount": amount,
    "value": value,
}
