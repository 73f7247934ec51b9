"""A build: a folder of PDFs in, a tested warehouse published, or nothing changed at all.

``inputs`` finds the documents, ``versions`` says what they are read with, ``read`` has workers of
the ``cage`` (``caged`` runs inside) read each one and turn ``parts`` of them into typed rows,
``models`` runs dbt beside the old warehouse; ``walk`` takes the steps in order. Nothing here knows
what a sheet looks like.
"""
