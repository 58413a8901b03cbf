"""What a run-book is made of, whatever it is written as."""

from __future__ import annotations

from dataclasses import dataclass

from designer.model.identity import EntityId


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table and the element that it speaks of."""

    cells: tuple[str, ...]
    element: EntityId | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def without_empty_columns(self) -> Table:
        """Return the table without the columns in which no row says anything."""
        said = [at for at in range(len(self.columns)) if any(row.cells[at] for row in self.rows)]
        rows = tuple(Row(tuple(row.cells[at] for at in said), row.element) for row in self.rows)
        return Table(tuple(self.columns[at] for at in said), rows)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: why, what can happen besides, and the command where it is a single one."""

    text: str
    risk: str = ""
    command: str = ""
    element: EntityId | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps in their order, numbered from a first number on."""

    steps: tuple[Step, ...]
    first: int = 1


@dataclass(frozen=True, slots=True)
class Code:
    """Program text under a caption; long ones may be folded."""

    caption: str
    text: str
    language: str = "powershell"


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing, as SVG; the caption stands in where pictures cannot."""

    svg: str
    caption: str


Block = Heading | Paragraph | Table | Steps | Code | Picture
