"""A chart of the warehouse in Apache Superset, made as a person would make it.

In: the ``superset`` of an environment of its own, and perhaps a path for a picture of the chart.
Out: one line for each thing that held; exit status 1 with a sentence at the first that did not.
Refuses: to reach beyond this machine; the server listens at 127.0.0.1 and is always stopped.

It takes a few minutes, so it is no part of ``make test``: ``make test-bi`` runs it.
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageChops

sys.path.insert(0, str(Path(__file__).parents[1]))
from calling import SEEDS, shisaku

if TYPE_CHECKING:
    from collections.abc import Iterator

STEP_SECONDS = 300
# Goal 1, indicator ① of the sheet: 年度ごとの目標値 and 実績値 as printed, from 2015 on.
PRINTED = [
    {"fiscal_year": 2015, "target_value": None, "actual_value": None},
    {"fiscal_year": 2016, "target_value": None, "actual_value": 43},
    {"fiscal_year": 2017, "target_value": 100, "actual_value": 579},
    {"fiscal_year": 2018, "target_value": 610, "actual_value": 1291},
    {"fiscal_year": 2019, "target_value": 1400, "actual_value": 1582},
    {"fiscal_year": 2020, "target_value": 1600, "actual_value": None},
]
METRICS = [
    {
        "expressionType": "SIMPLE",
        "column": {"column_name": name},
        "aggregate": "SUM",
        "label": name,
    }
    for name in ("target_value", "actual_value")
]
ONE_INDICATOR = ("goal_number", "indicator_number")


def check(holds: object, what: str) -> None:
    """Say that ``what`` holds, or end with it as the failure."""
    if not holds:
        sys.exit(f"FAILED: {what}")
    print(f"ok: {what}", flush=True)  # noqa: T201


class Superset:
    """The API of a running server; every answer is an object of JSON."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.headers = {"Content-Type": "application/json"}

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Call the API and end the program with the server's words if it refuses."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, f"/api/v1/{path}", json.dumps(body or {}), self.headers)
        response = connection.getresponse()
        text = response.read().decode()
        if response.status >= http.client.BAD_REQUEST:
            sys.exit(f"FAILED: {method} {path}: {response.status} {text[:1000]}")
        answer: dict[str, Any] = json.loads(text)
        return answer

    def log_in(self, password: str) -> None:
        """From here on calls are those of the administrator."""
        account = {"username": "admin", "password": password, "provider": "db"}
        token = self.call("POST", "security/login", account)["access_token"]
        self.headers["Authorization"] = f"Bearer {token}"


# The browser that takes the picture cannot fill in a form: whoever calls without a token of the
# API is the administrator, on a server that only this machine reaches and that lives for minutes.
CONFIGURATION = """
SECRET_KEY = {secret!r}
SQLALCHEMY_DATABASE_URI = 'sqlite:///{home}/superset.db'
TALISMAN_ENABLED = False
WTF_CSRF_ENABLED = False

def FLASK_APP_MUTATOR(app):
    @app.before_request
    def let_the_browser_in():
        import flask, flask_login
        if "Authorization" not in flask.request.headers:
            flask_login.login_user(app.appbuilder.sm.find_user("admin"))
"""


@contextmanager
def running(superset: Path, home: Path, password: str) -> Iterator[int]:
    """A new Superset below ``home``, listening at 127.0.0.1; its port. Stopped at the end."""
    configuration = CONFIGURATION.format(secret=secrets.token_hex(32), home=home)
    (home / "superset_config.py").write_text(configuration, encoding="utf-8")
    environment = os.environ | {
        "FLASK_APP": "superset",
        "SCARF_ANALYTICS": "false",
        "SUPERSET_HOME": str(home),
        "SUPERSET_CONFIG_PATH": str(home / "superset_config.py"),
    }
    account = "--username admin --firstname a --lastname b --email a@example.org --password"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    with (home / "server.log").open("w+", encoding="utf-8") as log:
        for step in ("db upgrade", f"fab create-admin {account} {password}", "init"):
            subprocess.run(  # noqa: S603 - the command of the environment that make installed
                [superset, *step.split()],
                env=environment,
                stdout=log,
                stderr=log,
                timeout=STEP_SECONDS,
                check=True,
            )
        server = subprocess.Popen(  # noqa: S603
            [superset, "run", "--host", "127.0.0.1", "--port", str(port), "--with-threads"],
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            wait_for(port, server)
            yield port
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Return once the server answers; end the program if it ends or takes too long."""
    for _ in range(STEP_SECONDS):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(1)
        else:
            return
    sys.exit("FAILED: Superset does not start")


def make_chart(api: Superset, dataset: int) -> int:
    """A bar chart of target and actual of one indicator; its number."""
    query = {
        "datasource": {"id": dataset, "type": "table"},
        "result_format": "json",
        "result_type": "full",
        "queries": [
            {
                "columns": ["fiscal_year"],
                "metrics": METRICS,
                "filters": [{"col": name, "op": "==", "val": 1} for name in ONE_INDICATOR],
                "orderby": [["fiscal_year", True]],
                "row_limit": 100,
            }
        ],
    }
    look = {
        "datasource": f"{dataset}__table",
        "viz_type": "echarts_timeseries_bar",
        "x_axis": "fiscal_year",
        "xAxisForceCategorical": True,
        "x_axis_sort": "fiscal_year",
        "x_axis_sort_asc": True,
        "metrics": METRICS,
        "groupby": [],
        "adhoc_filters": [
            {
                "expressionType": "SIMPLE",
                "clause": "WHERE",
                "subject": name,
                "operator": "==",
                "operatorId": "EQUALS",
                "comparator": 1,
            }
            for name in ONE_INDICATOR
        ],
        "row_limit": 1000,
        "show_legend": True,
        "show_value": True,
        "y_axis_format": ",d",
    }
    chart = {
        "slice_name": "Target and actual by fiscal year",
        "datasource_id": dataset,
        "datasource_type": "table",
        "viz_type": look["viz_type"],
        "params": json.dumps(look),
        "query_context": json.dumps(query | {"form_data": look, "force": False}),
    }
    number: int = api.call("POST", "chart/", chart)["id"]
    return number


def take_picture(port: int, chart: int, picture: Path) -> None:
    """The chart as a browser shows it, written to ``picture``."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    check(browser, "there is a Chromium to look with")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = (
            "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
            "--disable-component-update --disable-sync --hide-scrollbars --window-size=900,480 "
            "--virtual-time-budget=60000"
        )
        subprocess.run(  # noqa: S603 - the machine's own browser
            [
                str(browser),
                *options.split(),
                f"--user-data-dir={profile}",
                f"--screenshot={picture}",
                f"http://127.0.0.1:{port}/explore/?slice_id={chart}&standalone=1",
            ],
            capture_output=True,
            timeout=STEP_SECONDS,
            check=True,
        )


def cut_to_chart(picture: Path) -> None:
    """Leave out the empty ground below the chart."""
    with Image.open(picture) as image:
        shown = image.convert("RGB")
    ground = Image.new("RGB", shown.size, shown.getpixel((0, shown.height - 1)))  # type: ignore[arg-type]
    box = ImageChops.difference(shown, ground).getbbox()
    bottom = min(box[3] + 10, shown.height) if box else shown.height
    shown.crop((0, 0, shown.width, bottom)).save(picture, optimize=True)


def share_in_colour(picture: Path) -> float:
    """The share of pixels that are neither white nor grey nor black."""
    with Image.open(picture) as image:
        colours = image.convert("RGB").getcolors(maxcolors=2**24) or []
        area = image.width * image.height
    coloured = sum(n for n, colour in colours if max(colour) - min(colour) > 50)  # type: ignore[arg-type]
    return coloured / area


def main(superset: Path, picture: Path | None) -> None:
    """Build the sheet's warehouse, chart it, look at the chart."""
    with tempfile.TemporaryDirectory() as folder:
        data, home = Path(folder, "data"), Path(folder, "home")
        home.mkdir()
        built = shisaku("build", "--documents", SEEDS, "--data", data)
        check(built.status == 0, f"the sheet is built {built.errors if built.status else ''}")
        password = secrets.token_hex(8)
        with running(superset, home, password) as port:
            api = Superset(port)
            api.log_in(password)
            check(api.headers.get("Authorization"), "Superset lets its administrator in")
            uri = f"duckdb:///{data / 'warehouse.duckdb'}?access_mode=read_only"
            database = {"database_name": "shisaku", "sqlalchemy_uri": uri}
            table = {
                "database": api.call("POST", "database/", database)["id"],
                "schema": "main",
                "table_name": "report_indicator_progress",
            }
            dataset = api.call("POST", "dataset/", table)["id"]
            columns = api.call("GET", f"dataset/{dataset}")["result"]["columns"]
            check(
                columns and all(" / " in (column["description"] or "") for column in columns),
                "every column of the dataset has its comment in both languages",
            )
            check(
                {c["column_name"] for c in columns if c["is_dttm"]} == {"fiscal_year_start_date"},
                "the one column of dates is offered as the axis of time",
            )
            chart = make_chart(api, dataset)
            (result,) = api.call("GET", f"chart/{chart}/data/")["result"]
            check(result["data"] == PRINTED, "the chart's data is what the sheet prints")
            picture = picture or Path(folder, "chart.png")
            take_picture(port, chart, picture)
            cut_to_chart(picture)
            check(share_in_colour(picture) > 0.05, "the chart shows its bars in a browser")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]).resolve() if sys.argv[2:] else None)
