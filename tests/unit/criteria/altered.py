"""Criteria as they would be with a fault: the files are copied, a few words of them changed."""

from __future__ import annotations

import re
import shutil
from itertools import count
from pathlib import Path

from app.criteria.load import FILES, FOLDER, Criteria, load_criteria

_number = count()


def copy_files(folder: Path) -> Path:
    """A copy of the criteria's files in a folder of its own, since each folder is read once."""
    own = folder / f"criteria-{next(_number)}"
    own.mkdir()
    for name in FILES:
        shutil.copy(FOLDER / name, own / name)
    return own


def alter(folder: Path, file: str, table: str, old: str, new: str) -> Path:
    """Change words of one table of a file, named by its id or code; "" is the whole file."""
    own = copy_files(folder)
    text = (own / file).read_text(encoding="utf-8")
    begin, end = _span(text, table) if table else (0, len(text))
    assert old in text[begin:end], f"{table} of {file} does not say {old!r}"
    changed = text[:begin] + text[begin:end].replace(old, new) + text[end:]
    (own / file).write_text(changed, encoding="utf-8")
    return own


def altered(folder: Path, file: str, table: str, old: str, new: str) -> Criteria:
    """The criteria with that fault."""
    return load_criteria(alter(folder, file, table, old, new))


def _span(text: str, table: str) -> tuple[int, int]:
    """Where a table stands: from its name to the next table that has one."""
    named = re.search(rf'^(id|code) = "{table}"$|^\[{re.escape(table)}\]$', text, re.MULTILINE)
    assert named is not None, f"there is no {table}"
    following = re.compile(r"^\[\[(?!steps\.also)|^\[(?!\[)", re.MULTILINE).search(
        text, named.end()
    )
    return named.start(), following.start() if following else len(text)
