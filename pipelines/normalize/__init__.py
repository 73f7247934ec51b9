"""Printed strings become typed values, in whole columns.

In: string expressions. Out: struct expressions that say ``status``, the value, its marks, the
``rule`` that decided and, where nothing could be decided, the ``reason``. No I/O but the
reference tables in ``seeds/reference``, which list every word and mark: a new word is a new row.

Every reading has the same two steps. A string that is already in the plain form of its kind is
read by one regular expression. Any other is rewritten towards that form (line breaks, kanji
numerals, 2億5,000万) and read by the same expression; what is then not in the plain form is
never a number. It is a dash, a status, words, or ``unparsed`` with a reason.
"""
