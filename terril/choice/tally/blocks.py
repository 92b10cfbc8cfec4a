"""Blocks of ballots counted as they lie in memory, without reading them one by one.

Rows whose cells are all of one byte are laid end to end into wide rows; each value is
compared with a whole wide row at once, and up to 255 of the answers are added up in
bytes. Texts are given one byte each first, where that can be done without a doubt.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

# Ballots laid end to end: long rows that still fit the memory next to the processor.
WIDE = 1 << 17
# Bytes that no table has: each stands for the text of a cell, the first for no text.
CODES = bytes(range(14, 32))
SAMPLE = 1 << 12


@dataclass(frozen=True)
class Table:
    """What is known of a table of ballots while its blocks are counted into `cells`."""

    delimiter: str
    width: int
    cells: Sequence[Counter[str]]

    def count_texts(self, block: bytes) -> bool:
        """Count a block once each text is one byte; say whether that was enough.

        The longest texts go first; a cell that is not exactly one of them keeps more
        than one byte, so that nothing can be taken for something else.
        """
        long = self._texts(block)
        if block.translate(None, CODES) != block or len(long) >= len(CODES):
            return False
        names = {
            chr(code): text for code, text in zip(CODES, ["", *long], strict=False)
        }
        for code in list(names)[:0:-1]:
            block = block.replace(names[code].encode(), code.encode())
        return self.count_bytes(self._filled(block), names)

    def _texts(self, block: bytes) -> list[str]:
        """Return the texts longer than a byte seen so far, the shortest first."""
        end = block.find(b"\n", SAMPLE) + 1 or len(block)
        sample = block[:end].decode(errors="ignore")
        rows = csv.reader(io.StringIO(sample, newline=""), delimiter=self.delimiter)
        texts = {cell for row in rows for cell in row}.union(*self.cells)
        return sorted((text for text in texts if len(text.encode()) > 1), key=len)

    def _filled(self, block: bytes) -> bytes:
        """Return a block of which no cell is empty."""
        between, none = self.delimiter.encode(), CODES[:1]
        # Twice: of three delimiters in a row, the middle one is looked at once.
        pairs = [(between, between), (between, between), (b"\n", between)]
        for before, after in [*pairs, (between, b"\r\n"), (between, b"\n")]:
            block = block.replace(before + after, before + none + after)
        return none + block if block.startswith(between) else block

    def count_bytes(self, block: bytes, names: Mapping[str, str] | None = None) -> bool:
        """Count a block whose cells are all of one byte; say whether it was one.

        That it is one is seen in the counts: every cell was counted, and each delimiter
        and line end stands in its column as often as there are rows. `names` tells
        which text a byte stands for.
        """
        import numpy as np  # noqa: PLC0415 -- slow import

        end = b"\r\n" if block.endswith(b"\r\n") else b"\n"
        size = 2 * self.width - 1 + len(end)
        if len(block) % size or block[size - len(end) : size] != end:
            return False
        rows = np.frombuffer(block, np.uint8).reshape(-1, size)
        values = np.unique(rows[:4096]).tolist()
        found = count_values(rows, values).T.tolist()
        tallied = [dict(zip(map(chr, values), many, strict=True)) for many in found]
        if not self._is_of_bytes(tallied, len(rows), end.decode()):
            return False
        known = names or {}
        for cells, many in zip(self.cells, tallied[::2], strict=False):
            cells.update({known.get(cell, cell): n for cell, n in many.items() if n})
        return True

    def _is_of_bytes(
        self, tallied: Sequence[dict[str, int]], rows: int, end: str
    ) -> bool:
        between = tallied[1 : 2 * self.width - 2 : 2]
        after = tallied[2 * self.width - 1 :]
        own = {self.delimiter, *end}
        return (
            all(many.get(self.delimiter) == rows for many in between)
            and all(
                many.get(sign) == rows for many, sign in zip(after, end, strict=True)
            )
            and all(
                sum(count for cell, count in many.items() if cell not in own) == rows
                for many in tallied[: 2 * self.width - 1 : 2]
            )
            and all(cell.isascii() for cell in tallied[0])
        )


def count_values(ballots: "NDArray[uint8]", values: Sequence[int]) -> Any:
    """Count how often each value stands in each column of a table of bytes.

    `ballots` has one row a ballot and one column a project, of shape (n, p), row after
    row in memory; the answer has shape (len(values), p) and dtype int64. Exact for any n.
    """
    import numpy as np  # noqa: PLC0415 -- slow import

    rows, columns = ballots.shape
    many = max(WIDE // columns, 1)
    whole = rows // many
    wide = ballots[: whole * many].reshape(whole, many * columns)
    found = np.zeros((len(values), columns), np.int64)
    equal = np.empty(many * columns, np.bool_)
    for start in range(0, whole, 255):
        added = np.zeros((len(values), many * columns), np.uint8)
        for row in wide[start : start + 255]:
            for value, sums in zip(values, added, strict=True):
                np.equal(row, value, out=equal)
                np.add(sums, equal.view(np.uint8), out=sums)
        found += added.reshape(len(values), many, columns).sum(axis=1, dtype=np.int64)
    rest = ballots[whole * many :]
    return found + np.array([(rest == value).sum(axis=0) for value in values])
