"""Typed rows of small made-up sheets, written as the parquet folders that dbt reads.

In: nothing, or changes to single rows. Out: one parquet file per table below a data folder.
Refuses: rows that ``pipelines.schemas`` does not accept. Names and figures are made up, except
where a test says that it repeats the published sheet.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipelines.schemas import TABLES

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
Sheets = dict[str, list[Row]]

STATUS_OF_TEXT = {"―": "dash", "": "blank", "未定": "undecided"}


class Sheet:
    """One sheet under construction: every call adds rows and hands back the new key."""

    def __init__(self, document_key: str, *, fiscal_year: int | None = 2020) -> None:
        self.document_key = document_key
        self.policy_key = f"{document_key}-9-1"
        self.rows: Sheets = {f"{table.layer}.{table.name}": [] for table in TABLES}
        document = {
            "document_key": document_key,
            "sha256": document_key.ljust(64, "0"),
            "file_name": f"{document_key}.pdf",
            "page_count": 1,
            "status": "read",
        }
        self.rows["raw.documents"].append(dict(document))
        self.rows["normalized.documents"].append(
            document | {"form": "mext", "title": "合成", "fiscal_year": fiscal_year}
        )
        self.rows["raw.pages"].append(
            {
                "document_key": document_key,
                "page_number": 1,
                "width": 595.0,
                "height": 842.0,
                "rotation": 0,
                "engine": "vector",
                "table_count": 1,
                "text_layer_characters": 0,
                "cell_characters": 0,
                "outside_characters": 0,
                "overprinted_characters": 0,
                "unmapped_characters": 0,
            }
        )

    def policy(self) -> str:
        """The sheet's one policy."""
        self.rows["normalized.policies"].append(
            {
                "policy_key": self.policy_key,
                "document_key": self.document_key,
                "policy_name": "基盤技術の強化",
                "evaluation_fiscal_year": 2022,
            }
        )
        return self.policy_key

    def cell(self, raw_text: str, role: str = "value", reason: str | None = None) -> str:
        """One more cell of the page's one table, a row below the last."""
        row_number = len(self.rows["normalized.cells"]) + 1
        cell_key = f"{self.document_key}-p001-t01-r{row_number:03d}-c001"
        cell: Row = {
            "cell_key": cell_key,
            "document_key": self.document_key,
            "page_number": 1,
            "table_number": 1,
            "row_number": row_number,
            "column_number": 1,
            "row_span": 1,
            "column_span": 1,
            "x0": 10.0,
            "y0": 10.0 * row_number,
            "x1": 100.0,
            "y1": 10.0 * row_number + 10.0,
            "raw_text": raw_text,
            "flavor": "lattice",
        }
        self.rows["raw.cells"].append(cell)
        self.rows["normalized.cells"].append(cell | {"role": role, "quarantine_reason": reason})
        page = self.rows["raw.pages"][0]
        printed = len("".join(raw_text.split()))
        page["text_layer_characters"] += printed
        page["cell_characters"] += printed
        return cell_key

    def goal(self, number: int) -> str:
        """One goal of the policy."""
        goal_key = f"{self.policy_key}-g{number}"
        self.rows["normalized.goals"].append(
            self._of_policy() | {"goal_key": goal_key, "goal_number": number, "goal_text": "推進"}
        )
        return goal_key

    def indicator(self, goal: int, number: int, **columns: object) -> str:
        """One indicator of a goal."""
        indicator_key = f"{self.policy_key}-g{goal}-i{number}"
        self.rows["normalized.indicators"].append(
            self._of_goal(goal)
            | {
                "indicator_key": indicator_key,
                "indicator_number": number,
                "indicator_name": "論文数",
                "indicator_type": "quantitative",
            }
            | columns
        )
        return indicator_key

    def value(
        self, goal: int, number: int, kind: str, year: int | None, printed: str, **columns: object
    ) -> str:
        """One printed value of an indicator; its status and number follow from the text."""
        values = self.rows["normalized.indicator_values"]
        indicator_key = f"{self.policy_key}-g{goal}-i{number}"
        value_key = f"{indicator_key}-v{len(values) + 1}"
        status, numeric = _read(printed)
        values.append(
            self._of_goal(goal)
            | {
                "indicator_value_key": value_key,
                "indicator_key": indicator_key,
                "indicator_number": number,
                "value_kind": kind,
                "fiscal_year": year,
                "value_numeric": numeric,
                "value_status": status,
                "raw_text": printed,
                "cell_key": self.cell(printed),
            }
            | columns
        )
        return value_key

    def program(self, goal: int, order: int, program_key: str, **columns: object) -> str:
        """One listing of a program under a goal."""
        listing_key = f"{self.policy_key}-g{goal}-l{order}"
        self.rows["normalized.programs"].append(
            self._of_goal(goal)
            | {
                "program_listing_key": listing_key,
                "program_key": program_key,
                "listing_order": order,
                "program_name": f"事業{program_key}",
                "start_fiscal_year": 2018,
                "review_number": f"{order:04d}",
                "cell_key": self.cell(f"事業{program_key}"),
            }
            | columns
        )
        return listing_key

    def link(
        self, goal: int, order: int, program_key: str, number: int, *, is_listed: bool = True
    ) -> None:
        """One indicator that a listed program names."""
        self.rows["normalized.program_indicators"].append(
            {
                "document_key": self.document_key,
                "goal_key": f"{self.policy_key}-g{goal}",
                "program_listing_key": f"{self.policy_key}-g{goal}-l{order}",
                "program_key": program_key,
                "indicator_key": f"{self.policy_key}-g{goal}-i{number}",
                "indicator_number": number,
                "is_listed": is_listed,
                "raw_text": str(number),
                "cell_key": self.cell(str(number)),
            }
        )

    def amount(
        self,
        stage: str,
        year: int | None,
        printed: str,
        *,
        goal: int | None = None,
        program_key: str | None = None,
        **columns: object,
    ) -> str:
        """One amount in 百万円, of a program or (without one) of the policy."""
        amounts = self.rows["normalized.budget_amounts"]
        budget_key = f"{self.policy_key}-b{len(amounts) + 1}"
        status, numeric = _read(printed)
        amounts.append(
            {
                "budget_key": budget_key,
                "document_key": self.document_key,
                "policy_key": self.policy_key,
                "goal_key": None if goal is None else f"{self.policy_key}-g{goal}",
                "program_key": program_key,
                "goal_number": goal,
                "budget_level": "policy" if program_key is None else "program",
                "budget_stage": stage,
                "fiscal_year": year,
                "amount_yen": None if numeric is None else int(numeric * 1_000_000),
                "amount_printed": numeric,
                "unit_printed": "百万円",
                "inclusion": "exact",
                "inclusion_source": "printed",
                "value_status": status,
                "raw_text": printed,
                "cell_key": self.cell(printed),
            }
            | columns
        )
        return budget_key

    def _of_policy(self) -> Row:
        return {"policy_key": self.policy_key, "document_key": self.document_key}

    def _of_goal(self, goal: int) -> Row:
        return self._of_policy() | {"goal_key": f"{self.policy_key}-g{goal}", "goal_number": goal}


def _read(printed: str) -> tuple[str, Decimal | None]:
    """Status and number of a made-up figure such as ``1,291``; anything else is words."""
    if printed in STATUS_OF_TEXT:
        return STATUS_OF_TEXT[printed], None
    try:
        return "value", Decimal(printed.replace(",", "").strip("()"))
    except ArithmeticError:
        return "text", None


def write(data: Path, *sheets: Sheet) -> Path:
    """Every table below ``data``: one parquet file a sheet, and always an empty one."""
    for table in TABLES:
        folder = data / table.layer / table.name
        folder.mkdir(parents=True, exist_ok=True)
        table.frame().write_parquet(folder / "none.parquet")
        for sheet in sheets:
            rows = sheet.rows[f"{table.layer}.{table.name}"]
            path = folder / f"{sheet.document_key}.parquet"
            table.frame(rows).write_parquet(path)
    return data
