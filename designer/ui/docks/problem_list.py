"""The problems as a list of rows of one height: what is shown is patched, so that ten thousand of them stay quick."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from designer.collector import collector_paused
from designer.model.topology import Topology
from designer.rules.suppressing import Sifted
from designer.ui.docks.problem_rows import Heading, Hosts, Problem, Row, Wanted, arrange, problems_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from designer.rules.registry import Judged

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
MOST_PATCHES = 60
"""More runs of rows that come or go than this are shown by starting over."""

_HEADING_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_PROBLEM_FLAGS = _HEADING_FLAGS | Qt.ItemFlag.ItemIsSelectable


class ProblemModel(QAbstractListModel):
    """Problems that fit the filter, in the chosen order, under headings if wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._topology = Topology()
        self._problems: list[Problem] = []
        self._rows: list[Row] = []
        self.wanted = Wanted()

    def show_findings(self, topology: Topology, shown: Iterable[Judged], sifted: Sifted) -> None:
        """Show other findings; the rows of those that were there before stay where they are."""
        with collector_paused():
            self._topology = topology
            self._problems = problems_of(topology, shown, sifted, self._problems)
            self._arrange()

    def want(self, **changes: Any) -> None:
        """Filter, group or sort in another way."""
        wanted = replace(self.wanted, **changes)
        if wanted != self.wanted:
            self.wanted = wanted
            self._arrange()

    def fold(self, key: str, *, folded: bool) -> None:
        """Hide or show the rows of a group."""
        self.want(folded=self.wanted.folded | {key} if folded else self.wanted.folded - {key})

    def rows(self) -> Sequence[Row]:
        """Return what is shown."""
        return self._rows

    def problems(self) -> list[Problem]:
        """Return the problems that fit the filter, those in folded groups too, in the order of the list."""
        headings = [row for row in self._rows if isinstance(row, Heading)]
        if headings:
            return [found for heading in headings for found in heading.members]
        return [row for row in self._rows if isinstance(row, Problem)]

    def row_of(self, row: Row | None) -> int:
        """Return where a row is, even if its problem was found again; -1 when it is not shown."""
        if row is None:
            return -1
        same = next((number for number, found in enumerate(self._rows) if found is row), -1)
        if same >= 0:
            return same
        return self.places().get(_place(row), -1)

    def places(self) -> dict[object, int]:
        """Return where each row is, by what stays the same when its problem is found again."""
        return {_place(row): number for number, row in enumerate(self._rows)}

    def rows_of(self, problems: Sequence[Problem]) -> list[int]:
        """Return where problems are that are still shown."""
        if not problems:
            return []
        places = self.places()
        return [places[found.place] for found in problems if found.place in places]

    def where(self, row: Row) -> str:
        """Return the elements of a problem and their host, in words."""
        if isinstance(row, Heading):
            return row.detail
        host = Hosts(self._topology).name(row)
        return f"{row.names} · {host}" if host and host not in row.names.split(", ") else row.names

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let problems be selected; headings are only gone to."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _PROBLEM_FLAGS if isinstance(self._rows[index.row()], Problem) else _HEADING_FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, or its words."""
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title if isinstance(row, Heading) else row.message
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case _:
                return row if role == ROW else None

    def _spoken(self, row: Row) -> str:
        if isinstance(row, Heading):
            return f"{row.title}, {row.detail}, {'open' if row.is_open else 'folded'}"
        where = self.where(row)
        if row.judged is None:
            return f"Suppression whose finding is gone: {row.rule}. {where}"
        state = f"Suppressed {row.judged.severity.value}" if row.suppression else row.judged.severity.value.capitalize()
        return f"{state}: {row.message} {row.rule}. {where}"

    def _arrange(self) -> None:
        fresh = arrange(self._topology, self._problems, self.wanted)
        runs = _runs(self._rows, fresh)
        if runs is None:
            self.beginResetModel()
            self._rows = fresh
            self.endResetModel()
            return
        gone, come = runs
        none = QModelIndex()
        for first, last in reversed(gone):
            self.beginRemoveRows(none, first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
        for first, last in come:
            self.beginInsertRows(none, first, last)
            self._rows[first:first] = fresh[first : last + 1]
            self.endInsertRows()
        self._rows = fresh
        if fresh:
            self.dataChanged.emit(self.index(0), self.index(len(fresh) - 1))


Runs = list[tuple[int, int]]


def _runs(old: Sequence[Row], fresh: Sequence[Row]) -> tuple[Runs, Runs] | None:
    """Return the runs of old rows that go and of fresh rows that come; None when the others change their order."""
    before, after = [_identity(row) for row in old], [_identity(row) for row in fresh]
    kept_before, kept_after = set(after), set(before)
    if [key for key in before if key in kept_before] != [key for key in after if key in kept_after]:
        return None
    gone = _spans(number for number, key in enumerate(before) if key not in kept_before)
    come = _spans(number for number, key in enumerate(after) if key not in kept_after)
    return (gone, come) if len(gone) + len(come) <= MOST_PATCHES else None


def _spans(numbers: Iterable[int]) -> Runs:
    spans: Runs = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return spans


def _identity(row: Row) -> object:
    return row.key if isinstance(row, Heading) else id(row)


def _place(row: Row) -> object:
    return row.key if isinstance(row, Heading) else row.place
