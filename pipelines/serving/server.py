"""The server's process: opens one warehouse, lets go of the machine, and listens.

In: on standard input one JSON object: ``warehouse``, ``extensions`` (files), ``address``, and the
token. Out: ``listening`` on standard output. Refuses: a client without the token; files, other
databases, extensions and settings, to every client. It ends when its input does.

It imports nothing of this package: its interpreter has DuckDB and nothing else.
"""

from __future__ import annotations

import json
import sys
import threading
import time

import duckdb

SECONDS_BETWEEN_LOOKS = 0.5
LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
}


def main() -> None:
    """Serve until standard input ends."""
    asked = json.loads(sys.stdin.readline())
    connection = duckdb.connect(asked["warehouse"], read_only=True, config=LOCKED)
    for extension in asked["extensions"]:
        connection.load_extension(extension)
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    ended = threading.Event()

    def wait_for_end() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=wait_for_end, daemon=True).start()
    is_first = True
    while not ended.is_set():
        # Whoever holds the token can ask the server to stop listening; then it listens again.
        if not connection.execute("call quack_server_list()").fetchall():
            connection.execute(
                "call quack_serve($address, token = $token)",
                {"address": asked["address"], "token": asked["token"]},
            )
        if is_first:
            print("listening", flush=True)  # noqa: T201
            is_first = False
        time.sleep(SECONDS_BETWEEN_LOOKS)


if __name__ == "__main__":
    main()
