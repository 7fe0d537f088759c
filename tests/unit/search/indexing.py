"""Indexers in processes of their own, to be killed and to be started at once."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from sqlalchemy import NullPool, create_engine
from sqlalchemy.orm import Session

from app.search.indexer import Indexer
from app.search.meanings import load_meanings

WAYS = ("catch_up", "rebuild", "heal")
context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload(["tests.unit.search.indexing"])
load_meanings()  # once, in the process that all others are copied from


def work(url: str, root: Path, ways: tuple[str, ...], told: Connection) -> None:
    """Wait for the word to begin, do each, and say so."""
    engine = create_engine(url, poolclass=NullPool)
    with Session(engine) as session:
        told.send("ready")
        told.recv()
        for way in ways:
            getattr(Indexer(root), way)(session)
            session.rollback()
        told.send("done")


def indexer(url: str, root: Path, *ways: str) -> tuple[BaseProcess, Connection]:
    """A process that is ready to do these; it begins when it is sent a word."""
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(url, root, ways, theirs), daemon=True)
    process.start()
    theirs.close()
    assert ours.recv() == "ready"
    return process, ours
