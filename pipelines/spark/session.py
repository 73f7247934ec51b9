"""Spark, opened as this house needs it.

In: ``SPARK_MASTER`` (``local[*]`` if it is not set) and Spark's own configuration. Out: the
session. Refuses: a machine without Spark or Java (:class:`UsageError`), with what to do.

What decides results is set here (time zone, errors on overflow); size and place are Spark's own to
say, in ``spark-defaults.conf`` or ``PYSPARK_SUBMIT_ARGS``.
"""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from pipelines.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MASTER = "local[*]"


def open_session(name: str, warehouse: str) -> SparkSession:
    """A session called ``name`` that makes its tables below ``warehouse`` (a path or an URL)."""
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        message = "Spark needs Java 17 or newer: there is none here, nor is JAVA_HOME set."
        raise UsageError(message)
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra
    except ImportError as error:
        message = f"Spark is not installed ({error}): pip install 'shisaku[spark]'."
        raise UsageError(message) from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    master = os.environ.get("SPARK_MASTER") or MASTER
    builder = (
        SparkSession.builder.appName(name)
        .master(master)
        .config("spark.sql.warehouse.dir", warehouse)
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.ui.showConsoleProgress", "false")
        # A PDF is a row: a few of them fill a batch.
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "8")
    )
    if master.startswith("local"):
        builder = (
            builder.config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", str(2 * (os.cpu_count() or 1)))
        )
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session
