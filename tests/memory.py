"""Where tests keep their files: in memory, where there is room for them.

The site has each commit written to disk before it says "saved", which takes some six milliseconds.
Tests commit tens of thousands of times, and what they write need outlive nothing.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3
"""Bytes that must be free there: a container may have next to nothing."""


def keep_files_in_memory() -> None:
    """From here on files for a while lie in memory, unless `TMPDIR` says where."""
    if "TMPDIR" in os.environ or not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        return
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None
