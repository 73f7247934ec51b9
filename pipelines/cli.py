"""The command line: what ``make`` calls, and what a person may call directly.

In: arguments and environment variables (``DOCUMENTS``, ``DATA``, ``STRICT``, ``LOG``). Out: results
on standard output, progress on standard error, an exit status: 0 done, 1 nothing published (the
last good warehouse stays), 2 a wrong call. Refuses: a wrong call, with a sentence and no traceback.

Every command imports what it needs when it runs: a build that finds nothing changed is to answer
at once.
"""

from __future__ import annotations

import signal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipelines.errors import ShisakuError, fault_of_the_machine

app = typer.Typer(
    name="shisaku",
    help="Japanese ministries' policy sheets (事前分析表): from a folder of PDFs to SQL.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Documents = Annotated[
    Path,
    typer.Option("--documents", envvar="DOCUMENTS", help="Folder of PDFs, searched recursively."),
]
Data = Annotated[
    Path,
    typer.Option("--data", envvar="DATA", help="Folder of everything that a build makes."),
]


def _limit(of_what: str, least: int = 1) -> typer.models.OptionInfo:
    """An option that limits what one document may cost."""
    option: typer.models.OptionInfo = typer.Option(
        min=least, help=f"At most so many {of_what}.", rich_help_panel="Limits of one document"
    )
    return option


class Engine(StrEnum):
    """Who reads the documents."""

    local = "local"
    spark = "spark"


class Target(StrEnum):
    """Who builds the marts."""

    duckdb = "duckdb"
    spark = "spark"


ON = "More than one machine"
DOCUMENTS = Path("seeds/documents")
DATA = Path("data")


@app.command()
def build(  # noqa: PLR0913 - one parameter an option
    documents: Annotated[
        str,
        typer.Option(
            envvar="DOCUMENTS", help="Folder of PDFs, searched recursively; a URL for Spark."
        ),
    ] = str(DOCUMENTS),
    data: Data = DATA,
    *,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict", envvar="STRICT", help="Exit with 1 if any document could not be read."
        ),
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Build even if nothing has changed.")
    ] = False,
    wait: Annotated[
        bool, typer.Option(help="Wait for another build of the same data folder to end.")
    ] = True,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Documents read at once; all cores by default.")
    ] = None,
    keep: Annotated[int, typer.Option(min=0, help="Earlier builds to keep for rollback.")] = 3,
    engine: Annotated[
        Engine, typer.Option(envvar="ENGINE", help="Who reads the documents.", rich_help_panel=ON)
    ] = Engine.local,
    target: Annotated[
        Target, typer.Option(envvar="TARGET", help="Who builds the marts.", rich_help_panel=ON)
    ] = Target.duckdb,
    lake: Annotated[
        str | None,
        typer.Option(
            envvar="LAKE", help="Folder or URL of Spark's parquet; DATA.", rich_help_panel=ON
        ),
    ] = None,
    memory: Annotated[int, _limit("MiB of memory", least=256)] = 1536,
    processor_seconds: Annotated[int, _limit("seconds of processor time")] = 60,
    wall_seconds: Annotated[int, _limit("seconds in all")] = 180,
    pages: Annotated[int, _limit("pages")] = 500,
    page_points: Annotated[int, _limit("points of page width and height")] = 14_400,
    file_size: Annotated[int, _limit("MiB of file")] = 128,
) -> None:
    """Read a folder of PDFs, test the result and publish it as DATA/warehouse.duckdb."""
    from pipelines.build import settings, summary, walk  # noqa: PLC0415

    source = settings.documents_url(documents, engine)
    folder = settings.data_folder(data)
    call = settings.Settings(
        documents=folder.sidecars if source else settings.documents_folder(Path(documents)),
        data=folder,
        engine=engine,
        target=target,
        source=source,
        lake=settings.lake(lake, engine, target),
        strict=strict,
        again=again,
        wait=wait,
        workers=workers,
        keep=keep,
        limits=settings.Limits(
            file_bytes=file_size * settings.MEBIBYTE,
            pages=pages,
            page_points=page_points,
            memory_bytes=memory * settings.MEBIBYTE,
            processor_seconds=processor_seconds,
            wall_seconds=wall_seconds,
        ),
    )
    record, is_new = walk.build(call)
    place = record.get("marts", call.data.warehouse)
    print("\n".join(summary.lines(record, place, is_new=is_new)))  # noqa: T201
    if strict and (summary.unread(record) or record["skipped"]):
        raise typer.Exit(1)


@app.command()
def docs(
    data: Data = DATA,
    *,
    serve: Annotated[bool, typer.Option("--serve", help="Show the site in a browser.")] = False,
    port: Annotated[int, typer.Option(help="Port of --serve, on this machine only.")] = 8080,
) -> None:
    """Write the documentation site, with its lineage, to DATA/docs/index.html."""
    from pipelines.build import settings, site  # noqa: PLC0415

    folder = settings.data_folder(data)
    path = site.write(folder)
    print(f"Documentation: {path}")  # noqa: T201
    if serve:
        site.serve(folder, port)


@app.command()
def export(data: Data = DATA) -> None:
    """Write every table as Parquet and CSV, described by a data package, to DATA/export/."""
    from pipelines import export as taken_away  # noqa: PLC0415
    from pipelines.build import settings  # noqa: PLC0415

    print(f"Data package: {taken_away.write(settings.data_folder(data))}")  # noqa: T201


@app.command()
def parse(
    file: Annotated[
        Path | None, typer.Argument(help="One string a line; standard input if left out.")
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", help="fiscal_year, period, date, amount or value.")
    ] = ...,  # type: ignore[assignment]
    unit: Annotated[
        str | None, typer.Option("--unit", help="Unit of the label that governs an amount: 千円 …")
    ] = None,
) -> None:
    """Read one string a line and print what the grammar makes of it, as JSON Lines."""
    from pipelines import notations  # noqa: PLC0415

    for line in notations.parsed(notations.lines_of(file), kind, unit):
        print(line)  # noqa: T201


@app.command()
def status(data: Data = DATA) -> None:
    """Say what is published, from which documents, and what was left out."""
    import datetime as dt  # noqa: PLC0415

    from pipelines import status as told  # noqa: PLC0415
    from pipelines.build import settings  # noqa: PLC0415

    folder = settings.data_folder_to_read(data)
    print("\n".join(told.lines(folder, dt.datetime.now(dt.UTC))))  # noqa: T201


@app.command()
def doctor(documents: Documents = DOCUMENTS, data: Data = DATA) -> None:
    """Say what is wrong with this machine's setup, and what to do."""
    from pipelines import doctor as examined  # noqa: PLC0415
    from pipelines.build import settings  # noqa: PLC0415

    wrong = 0
    for finding in examined.examine(settings.data_folder_to_read(data), documents):
        wrong += bool(finding.remedy)
        mark = "WRONG" if finding.remedy else "ok   "
        print(f"{mark} {finding.subject}: {finding.found}")  # noqa: T201
        if finding.remedy:
            print(f"      what to do: {finding.remedy}")  # noqa: T201
    raise typer.Exit(1 if wrong else 0)


@app.command()
def rollback(data: Data = DATA) -> None:
    """Publish the newest kept build before the present one again."""
    from pipelines import publish  # noqa: PLC0415
    from pipelines.build import settings, walk  # noqa: PLC0415

    folder = settings.data_folder(data)
    with walk.locked(folder, wait=True):
        record = publish.rollback(folder)
    print(f"Published again: build {record['build_id']} as {folder.warehouse}")  # noqa: T201


@app.command()
def serve(
    data: Data = DATA,
    *,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Port to listen at.")] = 9494,
    token: Annotated[
        str | None,
        typer.Option(envvar="SHISAKU_TOKEN", help="What a client must know; made up if left out."),
    ] = None,
) -> None:
    """Offer the warehouse, read-only, to several people at once."""
    import secrets  # noqa: PLC0415

    from pipelines.build import settings  # noqa: PLC0415
    from pipelines.serving import offer  # noqa: PLC0415

    folder, address = settings.data_folder_to_read(data), f"quack:{host}:{port}"
    if token is None:
        token = secrets.token_urlsafe(24)
        print(f"Token: {token}")  # noqa: T201
    query = f"from quack_query('{address}', 'from dim_document');"
    print(f"In DuckDB: create secret (type quack, token '…'); {query}", flush=True)  # noqa: T201
    offer.offer(folder.warehouse, address, token)


def main() -> None:
    """Run the command; a person's mistake ends with its sentence, ours with a traceback."""
    from pipelines.build import progress  # noqa: PLC0415

    progress.set_up()
    # Ctrl+C, a service that is stopped, a terminal that is closed: all end in the same good order.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        app()
    except ShisakuError as error:
        progress.say(str(error))
        raise SystemExit(error.exit_status) from None
    except Exception as error:  # noqa: BLE001 - a bug of ours: told in a sentence, kept in a log
        progress.say(fault_of_the_machine(error) or f"a bug: {progress.kept(error)}")
        raise SystemExit(1) from None


def _stop(number: int, _frame: object) -> None:
    """End in good order, with the status that shells give to this signal."""
    from pipelines.build import progress  # noqa: PLC0415

    progress.say("stopped; what was published before is in place")
    raise SystemExit(128 + number)
