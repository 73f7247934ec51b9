"""A build: a folder of PDFs in, a tested warehouse published, or nothing changed at all.

``inputs`` finds the documents, ``versions`` says what they are read with, ``cage`` reads each one
in a worker of its own, ``parts`` turns them into typed rows, ``models`` runs dbt beside the old
warehouse; ``walk`` takes the steps in order. Nothing here knows what a sheet looks like.
"""
