"""Asks a server for pages as fast as it answers: with `wrk` (Debian), else with processes."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import perf_counter

import numpy as np

SECONDS, CONNECTIONS, ASKERS, TIMES = 3, 4, 2, 150
SCRIPT = Path(__file__).with_name("mixed.lua")


class BadAnswersError(Exception):
    """The server did not answer every request with success."""


@dataclass(frozen=True, slots=True)
class Load:
    """Pages a second, how long one took (milliseconds), and how many there were."""

    rate: float
    p50: float
    p95: float
    pages: float


def put_load(port: int, paths: Sequence[str], cookie: str = "") -> Load:
    """Ask for the paths in turn for a few seconds. Raises `BadAnswersError`."""
    if shutil.which("wrk"):
        return _wrk(port, paths, cookie)
    return _processes(port, paths, cookie)


def _wrk(port: int, paths: Sequence[str], cookie: str) -> Load:
    with NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths) + "\n")
        file.flush()
        options = [
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{SECONDS}s",
            "--timeout",
            "30s",
            "-H",
            f"Cookie: {cookie}",
            "-s",
            str(SCRIPT),
        ]
        address = f"http://127.0.0.1:{port}"
        said = subprocess.run(
            ["wrk", *options, address, "--", file.name], capture_output=True, text=True, check=True
        )
    line = next(line for line in said.stdout.splitlines() if line.startswith("figures "))
    requests, bad, seconds, p50, p95 = map(float, line.split()[1:])
    if bad:
        raise BadAnswersError(f"{bad:.0f} of {requests:.0f} requests to port {port} failed")
    return Load(requests / seconds, p50, p95, max(requests, 1))


def _processes(port: int, paths: Sequence[str], cookie: str) -> Load:
    """A counted number of requests from a few processes at once."""
    with ProcessPoolExecutor(ASKERS) as pool:
        shares = [list(islice(cycle(paths), turn, turn + TIMES)) for turn in range(ASKERS)]
        start = perf_counter()
        times = [
            time
            for part in pool.map(_ask, [port] * ASKERS, shares, [cookie] * ASKERS)
            for time in part
        ]
        seconds = perf_counter() - start
    p50, p95 = np.percentile(times, (50, 95))
    return Load(len(times) / seconds, float(p50), float(p95), len(times))


def _ask(port: int, paths: Sequence[str], cookie: str) -> list[float]:
    """Ask for each path once; the milliseconds of each."""
    times = []
    for path in paths:
        start = perf_counter()
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 200:
            raise BadAnswersError(f"{path} answered {answer.status}")
        times.append((perf_counter() - start) * 1000)
    return times
