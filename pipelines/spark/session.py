"""Spark, opened as this house needs it.

In: ``SPARK_MASTER`` (``local[*]`` if it is not set) and Spark's own configuration. Out: the
session. Refuses: a machine without Spark or Java (:class:`UsageError`), with what to do.

What decides results is set here (time zone, errors on overflow); size and place are Spark's own to
say, in ``spark-defaults.conf`` or ``PYSPARK_SUBMIT_ARGS``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from pipelines.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MASTER = "local[*]"
OLDEST_JAVA = 17


def open_session(name: str, warehouse: str) -> SparkSession:
    """A session called ``name`` that makes its tables below ``warehouse`` (a path or an URL)."""
    _refuse_without_java()
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


def _refuse_without_java() -> None:
    """``UsageError`` where the Java that Spark would start is not there, or too old."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which(f"{home}/bin/java" if home else "java")
    needed = f"Spark needs Java {OLDEST_JAVA} or newer"
    remedy = f"Install one (Debian: apt-get install openjdk-{OLDEST_JAVA}-jre-headless)"
    if java is None:
        where = f"there is none below JAVA_HOME={home}" if home else "there is none here"
        message = f"{needed}: {where}. {remedy}, or set JAVA_HOME to where one is."
        raise UsageError(message)
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr  # noqa: S603 - what Spark runs, too
    # Java 8 calls itself 1.8.
    found = re.search(r'version "(?:1\.)?(\d+)', said)
    if found and int(found[1]) < OLDEST_JAVA:
        message = (
            f"{needed}: {java} is Java {found[1]}. {remedy}, and set JAVA_HOME to where it is."
        )
        raise UsageError(message)
