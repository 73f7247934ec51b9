"""Every document to typed rows, all cores at work, nothing read twice.

In: documents, and the versions they are read with. Out: ``raw/`` and ``normalized/`` filled for
exactly these documents; how many were read anew. Refuses: nothing; a document that cannot be read
is ``failed`` with its reason.

A part is typed as soon as its last document is read, and few tasks are under way at once: what is
held in memory does not grow with the documents. A document's pages and cells are kept as long as
its content and the reader stay the same; so are the rows of a sheet, so that of a part that changed
the sheets are typed that did. What is kept is believed only if its hashes fit.
"""

from __future__ import annotations

import logging
import queue
from collections import Counter, deque
from contextlib import ExitStack
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Self

from pipelines.build import progress, store, tasks
from pipelines.build.kept import KeptReadings, KeptRows
from pipelines.build.parts import Part, divide
from pipelines.build.settings import cores
from pipelines.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipelines.build.cage import Cages
    from pipelines.build.caged import Caged
    from pipelines.build.inputs import Document
    from pipelines.build.settings import Settings
    from pipelines.build.versions import Versions

# Tasks that wait for a worker, so that it never waits for one.
UNDER_WAY_PER_WORKER = 3


class Read(NamedTuple):
    """What came of all documents: how many were read anew, and by key what each is."""

    anew: dict[str, int]
    # A hash over all that made a document's rows.
    signatures: dict[str, str]
    pages: dict[str, int]


def read_all(settings: Settings, documents: Sequence[Document], read_with: Versions) -> Read:
    """Fill ``raw/`` and ``normalized/``; how many documents and parts were read anew.

    ``may_pass`` counts documents that failed for a reason of the moment (a killed reader, a file
    that changed): the next build reads them again.
    """
    with _Round(settings, read_with) as round_:
        round_.get_ready(documents)
        parts = divide(documents)
        round_.read_parts(parts)
        round_.tidy(documents, parts)
        anew = {
            "documents": round_.documents_read,
            "parts": len(round_.parts_read),
            "may_pass": round_.read.may_pass,
        }
        return Read(anew, round_.read.signatures, round_.read.pages)


class _Round:
    """One pass over all documents; the pool is started only if something has to be read."""

    def __init__(self, settings: Settings, read_with: Versions) -> None:
        self.settings = settings
        self.data = settings.data
        self.read = KeptReadings(settings.data, read_with)
        self.kept = KeptRows(settings.data)
        self.stack = ExitStack()
        self.cages: Cages | None = None
        self.answers: queue.SimpleQueue[tuple[Document | Part, Caged]] = queue.SimpleQueue()
        self.tasks = self.under_way = 0
        self.parts_read: set[str] = set()
        self.documents_read = self.pages_read = self.failures = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stack.__exit__(*error)  # type: ignore[arg-type]

    def get_ready(self, documents: Sequence[Document]) -> None:
        """Where a document is new, have the readers imported while all others are looked at."""
        self.data.logs.mkdir(exist_ok=True)
        self.data.reader_log.write_bytes(b"")
        if not all(map(self.read.knows, documents)):
            from pipelines.build import cage  # noqa: PLC0415 - nothing to read, no server

            cage.start_server(self.data.reader_log)

    def pool(self) -> Cages:
        """The workers, started at the first call: no more of them than there are tasks."""
        if self.cages is None:
            from pipelines.build.cage import Cages  # noqa: PLC0415 - nothing to read, no pool

            workers = min(self.settings.workers or cores(), self.tasks)
            folders = [self.data.raw, self.data.normalized]
            for folder in folders:
                folder.mkdir(exist_ok=True)
            cages = Cages(workers, self.settings.limits, folders, self.data.reader_log)
            self.cages = self.stack.enter_context(cages)
        return self.cages

    def read_parts(self, parts: Sequence[Part]) -> None:
        """Pages and cells of every document below ``raw/``, typed rows of every part beside."""
        part_of = {document.key: part for part in parts for document in part.documents}
        unread = deque(
            document
            for part in parts
            for document in part.documents
            if not self.read.holds(document)
        )
        lacking = Counter(part_of[document.key].name for document in unread)
        whole = deque(part for part in parts if not lacking[part.name] and not self._is_typed(part))
        self.documents_read = len(unread)
        self.tasks = len(unread) + len(whole)
        if unread:
            kept = len(part_of) - len(unread)
            progress.tell(f"Reading {len(unread)} documents, {kept} kept", asked=len(unread))
        counted = ("reading", len(unread)) if unread else ("typing", len(whole))
        with progress.counting(*counted) as advance:
            while self._ask_more(whole, unread):
                subject, caged = self.answers.get()
                self.under_way -= 1
                _raise_if_ours(caged)
                if isinstance(subject, Part):
                    if not self._normalized(subject, caged):
                        whole.append(subject)
                    elif not self.documents_read:
                        advance(1, "")
                    continue
                self._extracted(subject, caged)
                part = part_of[subject.key]
                lacking[part.name] -= 1
                if not lacking[part.name] and not self._is_typed(part):
                    whole.append(part)
                advance(1, f"{self.pages_read:,} pages, {self.failures} failed")

    def _ask_more(self, whole: deque[Part], unread: deque[Document]) -> bool:
        """Keep the workers busy, with whole parts first; whether any of them is."""
        while whole or unread:
            if self.under_way >= UNDER_WAY_PER_WORKER * self.pool().workers:
                break
            self.under_way += 1
            if whole:
                part = whole.popleft()
                self.parts_read.add(part.name)
                self._ask_part(part, self.answers, self.kept.places(self.read.signatures_of(part)))
            else:
                self._ask(unread.popleft())
        return self.under_way > 0

    def _is_typed(self, part: Part) -> bool:
        """Whether what is kept of a part came of the same readings and the same grammar."""
        return self.kept.holds(part.name, self.read.signature_of(part))

    def tidy(self, documents: Sequence[Document], parts: Sequence[Part]) -> None:
        """Leave in ``raw/``, ``normalized/`` and the cache these documents alone."""
        from pipelines import schemas  # noqa: PLC0415 - polars

        facts = schemas.RAW_DOCUMENTS.frame([self.read.facts(document) for document in documents])
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

    def _ask(self, document: Document) -> None:
        self.pool().submit(
            lambda caged: self.answers.put((document, caged)),
            tasks.read_document,
            document,
            str(self.data.root),
            self.settings.limits,
        )

    def _ask_part(
        self,
        part: Part,
        answers: queue.SimpleQueue[tuple[Document | Part, Caged]],
        places: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Have a part typed; ``places``: documents whose rows stay, and the part they lie in."""
        sheets = [
            (
                [self.read.facts(document) for document in sheet],
                all(self.read.is_sound(document) for document in sheet),
            )
            for sheet in part.sheets
            if not all(document.key in places for document in sheet)
        ]
        typed = {row["document_key"] for rows, _ in sheets for row in rows}
        order = [(document.key, places.get(document.key)) for document in part.documents]
        self.pool().submit(
            lambda caged: answers.put((part, caged)),
            tasks.read_part,
            part.name,
            sheets,
            [(key, None if key in typed else place) for key, place in order],
            str(self.data.root),
            times=max(1, len(sheets)),
        )

    def _extracted(self, document: Document, caged: Caged) -> None:
        """Keep what came of one document."""
        result: tasks.Reading | None = caged.result
        reason = caged.reason or (result.reason if result else None)
        if result is None:
            from pipelines import reading  # noqa: PLC0415 - camelot, for a document without rows

            files = tasks.write_raw(self.data.root, document.key, reading.nothing_read())
        else:
            files = dict(result.files)
        self.read.keep(
            document,
            files,
            reason,
            page_count=result.page_count if result else None,
            may_pass=caged.may_pass or bool(result and result.may_pass),
        )
        self.pages_read += (result and result.page_count) or 0
        self.failures += reason is not None
        self._tell(document, reason, caged)

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
            if not all(map(self.read.is_sound, sheet)):
                continue
            alone = self._alone(Part(part.name, (sheet,))) if len(part.sheets) > 1 else caged
            if alone.reason:
                blamed = True
                for document in sheet:
                    self.read.fail(document, alone.reason, may_pass=alone.may_pass)
                    self._tell(document, alone.reason, alone)
        return blamed

    def _alone(self, part: Part) -> Caged:
        answers: queue.SimpleQueue[tuple[Document | Part, Caged]] = queue.SimpleQueue()
        self._ask_part(part, answers)
        return answers.get()[1]

    def _normalized(self, part: Part, caged: Caged) -> bool:
        """Keep the rows of a part; False if it has to be asked for once more."""
        if caged.reason and self._blame(part, caged):
            return False
        if caged.reason:
            progress.tell(f"{part.name} {caged.reason}", logging.ERROR, story=caged.details or "")
            message = f"The rows of {part.name} could not be made: {caged.reason}"
            raise BuildError(message)
        files, failures = caged.result
        for document in part.documents:
            if reason := failures.get(document.key):
                self._tell(document, reason, caged)
        signatures = self.read.signatures_of(part)
        self.kept.keep(part.name, self.read.signature_of(part), signatures, files)
        return True


def _raise_if_ours(caged: Caged) -> None:
    """Stop the build over what no document is to blame for, before it blames one."""
    if caged.is_ours:
        progress.tell("No worker", logging.ERROR, story=caged.details or "", is_said=True)
        raise BuildError(caged.reason)
