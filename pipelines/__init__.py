"""From ruled PDF forms to SQL: the house, front to back.

A 事前分析表 (ex ante policy analysis sheet) walks through these rooms once:

1. ``extract``    PDF -> cells as printed, with coordinates (camelot lives here, nowhere else)
2. ``forms``      cells -> which cell is what on this form, by declarations (labels and geometry)
3. ``normalize``  printed strings -> typed values: eras, amounts, units, statuses (polars)
4. ``dbt_project`` (outside this package) staging -> intermediate -> marts -> qc, in DuckDB
5. ``publish``    the tested build becomes ``warehouse.duckdb``, in one step

``schemas`` names every parquet table once; ``cli`` and ``build`` walk a folder of PDFs through it.
Border rule: no SQL parses text; no Python joins across documents (a sidecar may say that one
form lies in several files: these are then read as one).
What is not understood is quarantined with a reason, never dropped and never guessed.
"""
