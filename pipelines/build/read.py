"""Every document to typed rows, all cores at work, nothing read twice.

In: documents, and the versions they are read with. Out: ``raw/`` and ``normalized/`` filled for
exactly these documents; how many were read anew. Refuses: nothing; a document that cannot be read
is ``failed`` with its reason.

A document's pages and cells are kept as long as its content and the reader stay the same; so are
the rows of a part. What is kept is believed only if its hashes fit.
"""

from __future__ import annotations

import logging
import os
import queue
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Self

from pipelines.build import progress, store, versions
from pipelines.build.parts import Part, divide
from pipelines.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.build.cage import Caged, Cages
    from pipelines.build.inputs import Document
    from pipelines.build.settings import Settings

Facts = dict[str, Any]


def read_all(
    settings: Settings, documents: Sequence[Document], read_with: versions.Versions
) -> dict[str, int]:
    """Fill ``raw/`` and ``normalized/``; how many documents and parts were read anew.

    ``may_pass`` counts documents that failed for a reason of the moment (a killed reader, a file
    that changed): these are not kept, so that the next build reads them again.
    """
    with _Round(settings, read_with) as round_:
        round_.extract(documents)
        parts = divide(documents)
        round_.normalize(parts)
        round_.tidy(documents, parts)
        return {
            "documents": round_.documents_read,
            "parts": round_.parts_read,
            "may_pass": sum(bool(read.get("may_pass")) for read in round_.read.values()),
        }


class _Round:
    """One pass over all documents; the pool is started only if something has to be read."""

    def __init__(self, settings: Settings, read_with: versions.Versions) -> None:
        self.settings = settings
        self.data = settings.data
        self.versions = read_with
        self.stack = ExitStack()
        self.cages: Cages | None = None
        self.read: dict[str, Facts] = {}
        self.documents_read = 0
        self.parts_read = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stack.__exit__(*error)  # type: ignore[arg-type]

    def pool(self) -> Cages:
        """The workers, started at the first call."""
        if self.cages is None:
            from pipelines.build.cage import Cages  # noqa: PLC0415 - nothing to read, no pool

            workers = self.settings.workers or _cores()
            folders = [self.data.raw, self.data.normalized]
            for folder in folders:
                folder.mkdir(exist_ok=True)
            self.data.reader_log.write_bytes(b"")
            cages = Cages(workers, self.settings.limits, folders, self.data.reader_log)
            self.cages = self.stack.enter_context(cages)
        return self.cages

    def extract(self, documents: Sequence[Document]) -> None:
        """Pages and cells of every document below ``raw/``."""
        answers: queue.SimpleQueue[tuple[Document, Caged]] = queue.SimpleQueue()
        asked = 0
        for document in documents:
            kept = store.read_record(self._record_of(document))
            if kept and self._is_of(kept, document):
                self.read[document.key] = kept
                continue
            self._ask(document, answers)
            asked += 1
        if not asked:
            return
        progress.tell(f"Reading {asked} documents, {len(documents) - asked} kept", asked=asked)
        failures = 0
        with progress.counting("reading", asked) as advance:
            for _ in range(asked):
                document, caged = answers.get()
                failures += self._extracted(document, caged)
                advance(1, f"{failures} failed" if failures else "")
        self.documents_read = asked

    def normalize(self, parts: Sequence[Part]) -> None:
        """Typed rows of every part below ``normalized/``."""
        answers: queue.SimpleQueue[tuple[Part, Caged]] = queue.SimpleQueue()
        waiting: dict[str, str] = {}
        for part in parts:
            signature = self._signature(part)
            kept = store.read_record(self._record_of_part(part.name))
            if (
                kept
                and kept["signature"] == signature
                and store.whole(kept["files"], self.data.root)
            ):
                continue
            waiting[part.name] = signature
            self._ask_part(part, answers)
        self.parts_read = len(waiting)
        with progress.counting("typing", len(waiting)) as advance:
            while waiting:
                part, caged = answers.get()
                _raise_if_ours(caged)
                if caged.reason and self._blame(part, caged):
                    waiting[part.name] = self._signature(part)
                    self._ask_part(part, answers)
                    continue
                self._normalized(part, caged, waiting.pop(part.name))
                advance(1, "")

    def tidy(self, documents: Sequence[Document], parts: Sequence[Part]) -> None:
        """Leave in ``raw/``, ``normalized/`` and the cache these documents alone."""
        from pipelines import schemas  # noqa: PLC0415 - polars

        facts = schemas.RAW_DOCUMENTS.frame([self._facts(document) for document in documents])
        store.write_frame(self.data.raw / "documents" / "documents.parquet", facts)
        keys = [document.key for document in documents]
        for table in schemas.RAW_TABLES:
            if table is not schemas.RAW_DOCUMENTS:
                store.keep_only(self.data.raw / table.name, [f"{key}.parquet" for key in keys])
        for table in schemas.NORMALIZED_TABLES:
            folder = self.data.normalized / table.name
            store.keep_only(folder, [f"{part.name}.parquet" for part in parts])
        store.keep_only(self.data.cache / "documents", [f"{key}.json" for key in keys])
        store.keep_only(self.data.cache / "parts", [f"{part.name}.json" for part in parts])

    def _ask(self, document: Document, answers: queue.SimpleQueue[tuple[Document, Caged]]) -> None:
        from pipelines.build import tasks  # noqa: PLC0415 - polars and the readers

        self.pool().submit(
            lambda caged: answers.put((document, caged)),
            tasks.read_document,
            str(document.path),
            document.sha256,
            document.key,
            str(self.data.root),
            self.settings.limits,
        )

    def _ask_part(self, part: Part, answers: queue.SimpleQueue[tuple[Part, Caged]]) -> None:
        from pipelines.build import tasks  # noqa: PLC0415

        sheets = [
            (
                [self._facts(document) for document in sheet],
                all(self.read[document.key]["reason"] is None for document in sheet),
            )
            for sheet in part.sheets
        ]
        self.pool().submit(
            lambda caged: answers.put((part, caged)),
            tasks.read_part,
            part.name,
            sheets,
            str(self.data.root),
            times=len(sheets),
        )

    def _extracted(self, document: Document, caged: Caged) -> int:
        """Keep what came of one document; 1 if it failed, else 0."""
        from pipelines.build import tasks  # noqa: PLC0415

        _raise_if_ours(caged)
        result: tasks.Reading | None = caged.result
        reason = caged.reason or (result.reason if result else None)
        if result is None:
            files = tasks.write_raw(self.data.root, document.key, tasks.nothing_read())
        else:
            files = dict(result.files)
        self.read[document.key] = {
            "document_key": document.key,
            "sha256": document.sha256,
            "version": self.versions.extraction,
            "page_count": result.page_count if result else None,
            "reason": reason,
            "may_pass": caged.may_pass or bool(result and result.may_pass),
            "files": files,
        }
        store.write_record(self._record_of(document), self.read[document.key])
        self._tell(document, reason, caged)
        return int(reason is not None)

    def _tell(self, document: Document, reason: str | None, caged: Caged) -> None:
        level = logging.WARNING if reason else logging.DEBUG
        progress.tell(
            f"{document.file_name} {reason or 'was read'}",
            level,
            story=caged.details or "",
            document_key=document.key,
            seconds=round(caged.seconds, 3),
            peak_mebibytes=caged.peak_bytes // 1024**2,
        )

    def _blame(self, part: Part, caged: Caged) -> bool:
        """After a part's worker died: find the sheets that kill it, one by one, and fail them."""
        blamed = False
        for sheet in part.sheets:
            if any(self.read[document.key]["reason"] for document in sheet):
                continue
            alone = self._alone(Part(part.name, (sheet,))) if len(part.sheets) > 1 else caged
            if alone.reason:
                blamed = True
                for document in sheet:
                    self.read[document.key] |= {
                        "reason": alone.reason,
                        "may_pass": alone.may_pass,
                    }
                    store.write_record(self._record_of(document), self.read[document.key])
                    self._tell(document, alone.reason, alone)
        return blamed

    def _alone(self, part: Part) -> Caged:
        answers: queue.SimpleQueue[tuple[Part, Caged]] = queue.SimpleQueue()
        self._ask_part(part, answers)
        return answers.get()[1]

    def _normalized(self, part: Part, caged: Caged, signature: str) -> None:
        if caged.reason:
            progress.tell(f"{part.name} {caged.reason}", logging.ERROR, story=caged.details or "")
            message = f"The rows of {part.name} could not be made: {caged.reason}"
            raise BuildError(message)
        files, failures = caged.result
        for document in part.documents:
            if reason := failures.get(document.key):
                self._tell(document, reason, caged)
        record = {"signature": signature, "files": files}
        store.write_record(self._record_of_part(part.name), record)

    def _facts(self, document: Document) -> Facts:
        """The document's row of ``RAW_DOCUMENTS``."""
        read = self.read[document.key]
        return {
            "document_key": document.key,
            "sha256": document.sha256,
            "file_name": document.file_name,
            **document.facts,
            "continues": document.continues,
            "page_count": read["page_count"],
            "status": "failed" if read["reason"] else "read",
            "status_reason": read["reason"],
        }

    def _signature(self, part: Part) -> str:
        """Everything that can change the rows of a part."""
        return versions.digest(
            self.versions.reading,
            [
                [self._facts(document), self.read[document.key]["files"]]
                for document in part.documents
            ],
        )

    def _is_of(self, kept: Facts, document: Document) -> bool:
        return (
            kept["version"] == self.versions.extraction
            and kept["document_key"] == document.key
            and kept["sha256"] == document.sha256
            and not kept.get("may_pass")
            and store.whole(kept["files"], self.data.root)
        )

    def _record_of(self, document: Document) -> Any:  # noqa: ANN401
        return self.data.cache / "documents" / f"{document.key}.json"

    def _record_of_part(self, name: str) -> Any:  # noqa: ANN401
        return self.data.cache / "parts" / f"{name}.json"


def _raise_if_ours(caged: Caged) -> None:
    """Stop the build over what no document is to blame for, before it blames one."""
    if caged.is_ours:
        progress.tell("No worker", logging.ERROR, story=caged.details or "", is_said=True)
        raise BuildError(caged.reason)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
