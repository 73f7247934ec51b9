"""The same house on Apache Spark, for more documents than one machine reads in the time there is.

In: a folder or an object store of PDFs. Out: the tables of ``pipelines.schemas``, and the marts of
``dbt_project``, as parquet. ``session`` opens Spark, ``read`` maps ``pipelines.reading`` over the
documents, ``marts`` is what dbt's process needs to know of this engine. Nothing here reads a PDF
or says anything about a form in its own words.
"""
