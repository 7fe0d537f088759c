"""A PostgreSQL of the tests' own: started when first asked for, gone when the tests end.

It listens on a socket in its own folder only and keeps nothing safe, so that it is quick. It is
set up as unlike SQLite as a council's may be: names sort as in a dictionary, and its clock is
not ours.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import URL

DEBIAN = Path("/usr/lib/postgresql")
MISSING = "PostgreSQL is missing: apt-get install postgresql"
OWNER = "local_offer"
START_WITHIN = 60
"""Seconds it may take to start on a busy machine."""
OPTIONS = (
    "listen_addresses=",
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "autovacuum=off",
    "shared_buffers=64MB",
    "max_connections=200",
    "timezone=Pacific/Auckland",
)
_running: list[Cluster] = []


@cache
def find_programs() -> Path | None:
    """The folder of the newest server on this machine; None when there is none."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    other = shutil.which("initdb")
    return found[-1].parent if found else Path(other).parent if other else None


def cluster() -> Cluster:
    """The server of this process. Without one, skips or fails as the environment asks."""
    if not _running:
        programs = find_programs()
        if programs is None:
            if os.environ.get("REQUIRE_POSTGRES") == "1":
                pytest.fail(MISSING)
            pytest.skip(MISSING)
        _running.append(Cluster(programs))
    return _running[0]


def stop_cluster() -> None:
    """End the server of this process, if it has one, and take its folder away."""
    while _running:
        _running.pop().stop()


class Cluster:
    """A server at work, and the databases made in it."""

    def __init__(self, programs: Path, source: Cluster | None = None) -> None:
        """A new server, or one that replicates another and can only be read."""
        self.folder = Path(tempfile.mkdtemp(prefix="local-offer-postgres-"))
        self._programs = programs
        self._as_owner = _as_owner(self.folder)
        self._made: set[str] = set()
        self._initialise(source)
        self._server = self._start()
        self._wait()

    def address(self, name: str) -> str:
        """The address of a database, which is made when there is none of that name."""
        if name not in self._made:
            self._create(name, "template0")
        return self._url(name)

    def existing(self, name: str) -> str:
        """The address of a database that is there already, as a replica's are."""
        return self._url(name)

    def copy(self, source: str, name: str) -> None:
        """Put a copy of a database, which nobody is using, in the place of another."""
        self.drop(name)
        self._create(name, source)

    def clone(self, source: str, name: str) -> None:
        """Fill a database from one that somebody is using."""
        whole = ["--format=custom", f"--dbname={self._plain(source)}"]
        dump = subprocess.run(
            [str(self._programs / "pg_dump"), *whole], check=True, capture_output=True
        )
        self.address(name)
        into = [str(self._programs / "pg_restore"), f"--dbname={self._plain(name)}"]
        subprocess.run(into, input=dump.stdout, check=True, capture_output=True)

    def drop(self, name: str) -> None:
        """Take a database away, whoever is using it."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._made.discard(name)

    def halt(self) -> None:
        """Stop serving, as for a repair: whoever is connected is cut off."""
        self._server.send_signal(signal.SIGINT)
        self._server.wait(timeout=60)

    def go_on(self) -> None:
        """Serve again after `halt`."""
        self._server = self._start()
        self._wait()

    def stop(self) -> None:
        """End at once: nothing here is to be kept."""
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(timeout=60)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _create(self, name: str, source: str) -> None:
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY file_copy')
        self._made.add(name)

    def _url(self, name: str) -> str:
        query = {"host": str(self.folder)}
        return URL.create(
            "postgresql+psycopg", OWNER, database=name, query=query
        ).render_as_string()

    def _plain(self, name: str) -> str:
        """The address as PostgreSQL's own tools know it."""
        return self._url(name).replace("+psycopg", "", 1)

    def _run(self, statement: str) -> None:
        """One statement outside any transaction."""
        import psycopg  # noqa: PLC0415 - needed on PostgreSQL only

        facts = {"host": str(self.folder), "user": OWNER, "dbname": "postgres"}
        with psycopg.connect(**facts, autocommit=True) as connection:
            connection.execute(statement.encode())

    def replica(self) -> Cluster:
        """A server that follows this one."""
        return Cluster(self._programs, self)

    def promote(self) -> None:
        """Follow no longer: from now on this server is written to."""
        self._run("SELECT pg_promote()")

    def _initialise(self, source: Cluster | None) -> None:
        if source is not None:
            copy = [str(self._programs / "pg_basebackup"), f"--pgdata={self.folder / 'data'}"]
            of = [f"--host={source.folder}", f"--username={OWNER}", "--write-recovery-conf"]
            quick = ["--no-sync", "--checkpoint=fast"]
            subprocess.run(
                [*self._as_owner, *copy, *of, *quick], check=True, capture_output=True, cwd="/"
            )
            return
        words = ["--auth=trust", f"--username={OWNER}", "--no-sync", "--encoding=UTF8"]
        kept = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-GB"]
        program = [str(self._programs / "initdb"), f"--pgdata={self.folder / 'data'}"]
        subprocess.run([*self._as_owner, *program, *words, *kept], check=True, capture_output=True)

    def _start(self) -> subprocess.Popen[bytes]:
        """Start the server so that it ends with this process, however that ends."""
        program = [str(self._programs / "postgres"), "-D", str(self.folder / "data")]
        options = [f"--{option}" for option in (f"unix_socket_directories={self.folder}", *OPTIONS)]
        with (self.folder / "log").open("w") as log:
            return subprocess.Popen(
                [*self._as_owner, *program, *options], stdout=log, stderr=log, cwd="/"
            )

    def _wait(self) -> None:
        import psycopg  # noqa: PLC0415 - as above

        end = time.monotonic() + START_WITHIN
        while time.monotonic() < end and self._server.poll() is None:
            try:
                self._run("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text()}")


def _as_owner(folder: Path) -> list[str]:
    """How to run the server, which refuses to be root: as the folder's owner.

    It ends with the process that started it.
    """
    words = ["setpriv", "--pdeathsig=INT"]
    if os.getuid() != 0:
        return words
    user = _somebody()
    os.chown(folder, user.pw_uid, user.pw_gid)
    return [*words, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _somebody() -> pwd.struct_passwd:
    """A user without rights."""
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")
