"""The server for several people: with the token they can read the warehouse, and nothing else."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipelines.serving import offer

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "only the tests know this token"  # noqa: S105 - it guards a server of the tests' own
SERVE = [sys.executable, "-m", "pipelines", "serve"]
SHEET_NAME = "mext-r2-9-1.facsimile.pdf"
CLIENT = """
import duckdb, json, sys
asked = json.load(sys.stdin)
connection = duckdb.connect()
for extension in asked["extensions"]:
    connection.load_extension(extension)
answers = []
for statement in asked["statements"]:
    try:
        if asked["before"]:
            connection.execute(asked["before"])
            answers.append(str(connection.execute(statement).fetchall()))
            continue
        query = "from quack_query($address, $statement, token = $token)"
        named = {"address": asked["address"], "statement": statement, "token": asked["token"]}
        answers.append(connection.execute(query, named).fetchall())
    except duckdb.Error as error:
        answers.append(str(error).splitlines()[0])
print(json.dumps(answers))
"""


@pytest.fixture(scope="module")
def address(seed_data: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"quack:127.0.0.1:{free.getsockname()[1]}"
    with offer.serving(seed_data / "warehouse.duckdb", address, TOKEN):
        yield address


def start(
    address: str, *statements: str, token: str = TOKEN, before: str = ""
) -> subprocess.Popen[str]:
    """A client that asks the server at ``address``, or types ``before`` and the statements."""
    folder = offer.environment()
    asked = {
        "extensions": [
            str(next(folder.glob(f"duckdb_extension_{name}/**/*.duckdb_extension")))
            for name in offer.EXTENSIONS
        ],
        "address": address,
        "token": token,
        "before": before,
        "statements": statements,
    }
    client = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", CLIENT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(folder)},
        text=True,
    )
    assert client.stdin is not None
    client.stdin.write(json.dumps(asked))
    client.stdin.close()
    return client


def answers(client: subprocess.Popen[str]) -> list[object]:
    assert client.stdout is not None
    with client:
        said = client.stdout.read()
    return list(json.loads(said))


def test_several_people_read_the_warehouse_at_once(address: str) -> None:
    clients = [start(address, "select count(*) from fact_budget") for _ in range(4)]
    assert [answers(client) for client in clients] == [[[[48]]]] * 4


def test_nothing_is_answered_without_the_token(address: str) -> None:
    (refused,) = answers(start(address, "select 1", token=TOKEN[::-1]))
    assert "Authentication failed" in str(refused)


def test_a_reader_reaches_neither_files_nor_settings_nor_the_tables_themselves(
    address: str, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    refused = answers(
        start(
            address,
            f"from read_csv('{secret}')",
            f"from read_text('{secret}')",
            f"copy (select 1) to '{tmp_path / 'out.csv'}'",
            f"attach '{tmp_path / 'other.duckdb'}'",
            "load spatial",
            "set threads = 1",
            "delete from fact_budget",
            "create table stolen as select 1",
        )
    )
    assert all(isinstance(answer, str) and "Error" in answer for answer in refused), refused
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_a_client_that_types_what_the_command_prints_reads_the_warehouse(seed_data: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    offering = subprocess.Popen(  # noqa: S603 - our own command
        [*SERVE, "--data", str(seed_data), "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert offering.stdout is not None
        assert offering.stderr is not None
        token = offering.stdout.readline().removeprefix("Token: ").strip()
        typed = offering.stdout.readline().removeprefix("In DuckDB: ").replace("…", token)
        assert "Serving" in offering.stderr.readline()
        secret, query = typed.strip().strip(";").split("; ")
        rows = answers(start("", query, before=secret))
    finally:
        offering.terminate()
        offering.wait(timeout=60)
    assert SHEET_NAME in str(rows)


def test_a_server_that_died_is_started_again_with_the_same_token(seed_data: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"quack:127.0.0.1:{free.getsockname()[1]}"
    offering = subprocess.Popen(  # noqa: S603 - our own command
        [*SERVE, "--data", str(seed_data), "--port", address.rsplit(":", 1)[1]],
        env=os.environ | {"SHISAKU_TOKEN": TOKEN, "LOG": "json"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert offering.stderr is not None
        assert "Serving" in offering.stderr.readline()
        children = Path(f"/proc/{offering.pid}/task/{offering.pid}/children")
        (server,) = children.read_text(encoding="ascii").split()
        os.kill(int(server), signal.SIGKILL)
        assert "ended" in offering.stderr.readline()
        assert "Serving" in offering.stderr.readline()
        assert answers(start(address, "select count(*) from fact_budget")) == [[[48]]]
    finally:
        offering.terminate()
        assert offering.wait(timeout=60) == 128 + signal.SIGTERM


def test_a_server_that_was_told_to_stop_listens_again(address: str) -> None:
    answers(start(address, f"call quack_stop('{address}')"))
    for _ in range(20):
        (answer,) = answers(start(address, "select 1"))
        if answer == [[1]]:
            return
    pytest.fail(f"no answer any more: {answer}")
