"""The process that dbt runs in: it starts while documents are still being read, then waits.

In: ``DBT_*`` in the environment; one JSON object a line on standard input, with a ``command``:
``prepare``, with what the environment is to say besides (``named``), then ``build``, with its
``work`` (see ``work.Work``), or ``docs``; the end of input ends the process. Out: one JSON object a
line on standard output:
``ready``, ``node`` for each finished node, and ``done`` with failures and counts. Refuses: nothing.

A process of its own, because importing dbt and parsing its project take longer than reading a
sheet, and because its memory should not be the build's.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any

from pipelines.build import walls

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dbt.contracts.graph.manifest import Manifest

    from pipelines.build.work import Work

# The answers say what went wrong; dbt's own log and a manifest for the next tool take a second.
QUICK = ("--log-level", "none", "--log-level-file", "none", "--no-write-json")
# New objects before old garbage is looked for, and rarely all of it: a collection walks through
# everything that dbt has parsed.
COLLECTED_AFTER = (10_000, 20, 1_000)

SUMMARY = {
    "documents": "select status, count(*) from dim_document group by all order by all",
    "reasons": """
        select file_name, status, status_reason from dim_document
        where status <> 'read' order by file_name, document_key
    """,
    "roles": "select role, count(*) from cells group by all order by all",
    "quarantine": """
        select quarantine_reason, count(*) from cells where role = 'quarantined'
        group by all order by count(*) desc, quarantine_reason
    """,
    "characters": """
        select
            coalesce(sum(text_layer_characters), 0), coalesce(sum(cell_characters), 0),
            coalesce(sum(outside_characters), 0), coalesce(sum(overprinted_characters), 0)
        from qc_page_accounts
    """,
}


def main() -> None:
    """Serve commands until the input ends."""
    # A build that was killed must not go on writing where the next one works.
    walls.die_with_parent(int(os.environ["SHISAKU_PARENT"]))
    # What dbt and its plugins print must not mix with the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(**facts: Any) -> None:  # noqa: ANN401
        print(json.dumps(facts, ensure_ascii=False), file=answers, flush=True)

    # What is imported stays: the collector need not look at it, now or later.
    gc.disable()
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 - seconds; the parent is reading meanwhile

    gc.freeze()
    gc.enable()
    gc.set_threshold(*COLLECTED_AFTER)
    os.environ.update(json.loads(sys.stdin.readline() or "{}").get("named", {}))
    engine = _engine()
    engine.prepare()
    started = time.monotonic()
    parsed = dbtRunner().invoke(["parse", *QUICK])
    if not parsed.success:
        say(event="done", failures=[["dbt_project", str(parsed.exception)]])
        return
    manifest: Manifest = parsed.result  # type: ignore[assignment]
    gc.collect()
    gc.freeze()
    say(event="ready", seconds=time.monotonic() - started)
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["command"] == "docs":
            say(event="done", **_docs(manifest))
        else:
            say(event="done", **_build(manifest, engine, asked["work"], say))


def _engine() -> Any:  # noqa: ANN401 - what can prepare, begin and finish
    """The engine that the marts are built by."""
    if os.environ.get("SHISAKU_TARGET") == "spark":
        from pipelines.spark import marts  # noqa: PLC0415 - an extra

        return marts
    from pipelines.build.database import Database  # noqa: PLC0415

    return Database()


def _build(
    manifest: Manifest,
    engine: Any,  # noqa: ANN401
    work: Work,
    say: Callable[..., None],
) -> dict[str, Any]:
    def heard(event: Any) -> None:  # noqa: ANN401 - dbt's events are generated classes
        if event.info.name == "NodeFinished":
            node = event.data.node_info
            say(event="node", name=node.node_name, status=node.node_status)

    failures = _filled(manifest, engine.begin(manifest, work), heard)
    return {"failures": failures, **({} if failures else engine.finish(SUMMARY))}


def _filled(
    manifest: Manifest, selected: Sequence[str], heard: Callable[[Any], None]
) -> Sequence[Sequence[str]]:
    """Run what is ``selected``; the models and tests that failed, each with its reason."""
    from dbt.cli.main import dbtRunner  # noqa: PLC0415

    ended = dbtRunner(manifest=manifest, callbacks=[heard]).invoke(["build", *selected, *QUICK])
    if ended.exception:
        return [["dbt", str(ended.exception)]]
    results: Any = ended.result
    failures = [
        [result.node.unique_id, " ".join((result.message or result.status).split())]
        for result in results
        if result.status in {"error", "fail", "runtime error"}
    ]
    return failures or ([] if ended.success else [["dbt", "did not succeed and did not say why"]])


def _docs(manifest: Manifest) -> dict[str, Any]:
    from dbt.cli.main import dbtRunner  # noqa: PLC0415

    runner = dbtRunner(manifest=manifest)
    # The published file holds no layer on the way; the site's catalogue is to list these, too.
    for command in (
        ["run", "--select", "staging", "intermediate", "--empty", "--quiet"],
        ["docs", "generate", "--static", "--quiet"],
    ):
        ended = runner.invoke(command)
        if not ended.success:
            return {"failures": [["dbt docs", str(ended.exception or "a model failed")]]}
    return {"failures": []}


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
