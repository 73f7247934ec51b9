"""What the grammar makes of one printed string, in the few words that a test needs."""

from pipelines.normalize.parse import parse_strings


def value_of(kind: str, printed: str, unit: str | None = None) -> str | None:
    return parse_strings(kind, [printed], unit)["value"].item()


def status_of(kind: str, printed: str, unit: str | None = None) -> str:
    return parse_strings(kind, [printed], unit)["status"].item()
