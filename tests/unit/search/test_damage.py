"""Damage to the index, with real files and disks: the search is right or says that it is limited,
`search check` says what is wrong, and it heals by itself, without a request, and by a rebuild.

What is driven here by hand, a thread of each worker does several times a second; it looks for
spoilt files every twenty seconds. Whether one was written to is looked at with every search, at
most five times a second.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.extensions import db
from app.listing import Listing
from app.search import engine as engine_module
from app.search import indexer
from app.search.criteria import Criteria
from app.search.engine import Search
from app.search.state import CURRENT, read_state
from tests.databases import SQLITE, only_on
from tests.unit.search.conftest import IN_EXETER, IN_TIVERTON, TOWNS, Shelf, named

pytestmark = [
    pytest.mark.usefixtures("swept"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
ASKED = ("swimming", "music club", "quokka", "exeter dance", "club 7", "swiming", "cooking")
LISTINGS, PARTS = 30, 3
ALIKE = "the index is the same on either database"
Note = Callable[[str, object], None]


def items() -> list[Listing]:
    """A small directory whose words have posting lists of several lengths."""
    kinds = ("swimming", "music", "dance", "cooking")
    return [
        named(
            f"Club {number} {'Quokka' if number % 11 == 0 else ''}",
            id=f"{number:02}",
            activities=(kinds[number % 4],),
            places=(IN_EXETER if number % 3 else IN_TIVERTON,),
            description=" ".join(f"word{each}" for each in range(number % 7)),
        )
        for number in range(LISTINGS)
    ]


def fill(shelf: Shelf) -> None:
    """Put the directory in an index of several parts."""
    shelf.search.rebuild()
    for part in range(PARTS):
        shelf.put(*items()[part::PARTS])
        shelf.search.catch_up()


def answers(search: Search) -> dict[str, tuple[list[str], bool]]:
    """What each search finds, and whether it is said to be limited."""
    search._look_after = 0.0
    results = {text: search.find(Criteria(text=text, size=100)) for text in ASKED}
    return {
        text: ([hit.id for hit in found.hits], found.limited) for text, found in results.items()
    }


def judge(search: Search, truth: dict[str, tuple[list[str], bool]]) -> Counter[str]:
    """How many answers are right, how many are limited, and how many wrong without a word."""
    return Counter(
        "limited" if is_limited else "right" if found == truth[text][0] else "wrong"
        for text, (found, is_limited) in answers(search).items()
    )


def turn(search: Search) -> None:
    """What the thread of a worker does when its time has come."""
    search._check_at = 0.0
    try:
        search._keep_up()
    except Exception:  # as in the thread
        search._note_behind()


def fresh(app: Flask, shelf: Shelf) -> Search:
    """The search of a process that starts now."""
    return Search(app, shelf.search._folder, TOWNS)


def spoil(folder: Path, chance: random.Random) -> str:
    """Damage an index at random; says how."""
    state = read_state(folder)
    assert state is not None
    path = folder / chance.choice([CURRENT, *(f"{state.build}/{name}" for name in state.files)])
    how = chance.choice(("flipped", "flipped", "flipped", "cut short", "overwritten", "deleted"))
    content = bytearray(path.read_bytes())
    if how == "deleted":
        path.unlink()
        return how
    if how == "cut short":
        content = content[: chance.randrange(len(content))]
    elif how == "flipped":
        for place in chance.sample(range(len(content)), min(len(content), chance.choice((1, 8)))):
            content[place] ^= 1 << chance.randrange(8)
    else:
        start = chance.randrange(len(content))
        content[start : start + 64] = chance.randbytes(len(content[start : start + 64]))
    path.write_bytes(content)
    return how


def damage_and_heal(app: Flask, shelf: Shelf, times: int, seed: int) -> str:
    """Damage the index so often, under a process at work and one that starts; gives counts.

    Every other time a change waits too: what is spoilt must not be merged with what is new.
    """
    chance, done = random.Random(seed), Counter[str]()
    starting, working = Counter[str](), Counter[str]()
    folder = shelf.search._folder
    copies = [folder.with_name(name) for name in ("whole", "behind")]
    fill(shelf)
    shutil.copytree(folder, copies[1])
    behind = answers(fresh(app, shelf))
    shelf.put(named("Late Wombat", id="late"))
    shelf.search.catch_up()
    shutil.copytree(folder, copies[0])
    truth = answers(shelf.search)
    for number in range(times):
        shutil.rmtree(folder)
        shutil.copytree(copies[number % 2], folder)
        old, new = fresh(app, shelf), fresh(app, shelf)
        assert old.is_ready()
        before = behind if number % 2 else truth
        how = spoil(folder, chance)
        done[how] += 1
        assert new.differences(), f"{number}: {how}, and `search check` did not find it"
        starting += judge(new, before)
        working += judge(old, before)
        for search in (old, new) if number % 3 else (new, old):
            turn(search)
        for search in (old, new):
            assert judge(search, truth) == {"right": len(ASKED)}, f"{number}: {how}"
            search.close()
        assert shelf.search.differences() == []
    assert not starting["wrong"] and not working["wrong"], (starting, working)
    ways = ", ".join(f"{how} {count}" for how, count in sorted(done.items()))
    return (
        f"damage: {times} times ({ways}), found by `search check` {times}, healed {times};"
        f" answers of processes that started on it: {dict(starting)}, of those at work before they"
        f" looked: {dict(working)}"
    )


def test_damage_of_every_kind_is_found_and_healed(
    app: Flask, shelf: Shelf, record_property: Note
) -> None:
    record_property("for_people", damage_and_heal(app, shelf, 10, seed=1))


@only_on(SQLITE, ALIKE)
@pytest.mark.slow
def test_damage_many_times(app: Flask, shelf: Shelf, record_property: Note) -> None:
    record_property("for_people", damage_and_heal(app, shelf, 150, seed=2))


@pytest.mark.parametrize("gone", ["all of it", "every build", "CURRENT"])
def test_an_index_deleted_under_a_process_at_work(app: Flask, shelf: Shelf, gone: str) -> None:
    """What it holds in memory goes on being right, until it is made again."""
    fill(shelf)
    truth, folder = answers(shelf.search), shelf.search._folder
    for path in {
        "all of it": [folder],
        "every build": list(folder.glob("build-*")),
        "CURRENT": [folder / CURRENT],
    }[gone]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert judge(shelf.search, truth)["wrong"] == 0
    assert fresh(app, shelf).differences() != []
    assert judge(fresh(app, shelf), truth) == {"limited": len(ASKED)}
    shelf.put(named("Late Wombat", id="late"))
    turn(shelf.search)
    assert shelf.search.differences() == []
    assert judge(shelf.search, answers(fresh(app, shelf))) == {"right": len(ASKED)}


def test_a_rebuild_by_hand_heals_as_well(app: Flask, shelf: Shelf) -> None:
    fill(shelf)
    truth, chance = answers(shelf.search), random.Random(3)
    for _ in range(8):
        spoil(shelf.search._folder, chance)
        shelf.search.rebuild()
        assert shelf.search.differences() == []
        assert judge(fresh(app, shelf), truth) == {"right": len(ASKED)}


@pytest.fixture
def disk(shelf: Shelf) -> Iterator[Path]:
    """The folder of the index on a small disk of its own."""
    folder = shelf.search._folder
    folder.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a disk can be mounted by root only")
    yield folder
    shelf.search.close()
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def remount(folder: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)


def test_a_disk_that_can_only_be_read(app: Flask, shelf: Shelf, disk: Path) -> None:
    """While nothing changes the index is right; after a change the database answers."""
    fill(shelf)
    truth = answers(shelf.search)
    remount(disk, "ro")
    old, new = fresh(app, shelf), fresh(app, shelf)
    assert old.hindrance() == "the folder of the index cannot be written: Read-only file system"
    assert old.differences() == []
    for search in (old, new):
        turn(search)
        assert judge(search, truth) == {"right": len(ASKED)}
    shelf.put(named("Late Wombat", id="late"))
    assert old.differences() == ["1 missing from the index, such as late"]
    for search in (old, new):
        turn(search)
        assert judge(search, truth) == {"limited": len(ASKED)}
        assert [hit.id for hit in search.find(Criteria(text="wombat")).hits] == ["late"]
        assert search.count(Criteria(text="wombat")) == 1
    remount(disk, "rw")
    healed(app, shelf, [old, new])


def test_a_full_disk(app: Flask, shelf: Shelf, disk: Path) -> None:
    """Neither a commit nor a rebuild fits; what they began is taken away, or it would never."""
    fill(shelf)
    truth = answers(shelf.search)
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
        while True:
            file.write(bytes(1024))
    free = room(disk)
    old, new = fresh(app, shelf), fresh(app, shelf)
    assert old.hindrance() == "the folder of the index cannot be written: No space left on device"
    shelf.put(*(named(f"Late Wombat {number}", id=f"late{number}") for number in range(99)))
    for search in (old, new):
        turn(search)
        assert judge(search, truth) == {"limited": len(ASKED)}
        assert search.find(Criteria(text="wombat")).total == 99
        with pytest.raises(OSError, match="No space"):
            search.rebuild()
    state = read_state(disk)
    assert state is not None and [path.name for path in disk.glob("build-*")] == [state.build]
    assert room(disk) >= free, "what was begun has gone again"
    assert shelf.search.differences() == ["99 missing from the index, such as late0"]
    filler.unlink()
    healed(app, shelf, [old, new])


def room(folder: Path) -> int:
    """Bytes that are free."""
    return shutil.disk_usage(folder).free


def healed(app: Flask, shelf: Shelf, searches: list[Search]) -> None:
    """Each is right again after its turn, and says so."""
    for search in searches:
        turn(search)
    for search in searches:
        assert judge(search, answers(fresh(app, shelf))) == {"right": len(ASKED)}
        assert not search.find(Criteria(text="wombat")).limited
        assert (search.differences(), search.hindrance()) == ([], "")


def test_without_the_database_too_a_process_goes_on_as_before(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(shelf)
    truth = answers(shelf.search)

    def away(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception())

    for name in ("heal", "follow", "is_behind"):
        monkeypatch.setattr(shelf.search._indexer, name, away)
    turn(shelf.search)
    assert judge(shelf.search, truth) == {"right": len(ASKED)}


def test_trouble_is_tried_again_less_often(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log that grows twice a second would fill the disk that is full already."""
    pauses: list[float] = []

    def wait(seconds: float) -> bool:
        pauses.append(seconds)
        return len(pauses) > 3

    def broken(_: object) -> bool:
        raise OSError

    monkeypatch.setattr(shelf.search._closed, "wait", wait)
    monkeypatch.setattr(shelf.search._indexer, "heal", broken)
    shelf.search._follow()
    assert pauses == [engine_module.FOLLOW_EVERY, *[engine_module.AFTER_TROUBLE] * 3]


def test_files_are_looked_at_now_and_then_only(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(shelf)
    looks: list[object] = []
    monkeypatch.setattr(shelf.search, "_distrust", looks.append)
    monkeypatch.setattr(engine_module, "spoilt", lambda *told: ["a file"] * (len(told) == 2))
    for _ in range(5):
        shelf.search._keep_up()
    shelf.search._check_at -= engine_module.CHECK_EVERY
    shelf.search._keep_up()
    assert len(looks) == 2
    assert engine_module.CHECK_EVERY + engine_module.AFTER_TROUBLE < 60


def test_what_an_interrupted_build_left_is_taken_away_first(shelf: Shelf) -> None:
    fill(shelf)
    stray = shelf.search._folder / "build-9"
    stray.mkdir()
    (stray / "MAIN_x.trm").write_bytes(bytes(999))
    with pytest.MonkeyPatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr(indexer, "_fill", lambda *_: (_ for _ in ()).throw(RuntimeError))
        shelf.search.rebuild()
    state = read_state(shelf.search._folder)
    assert state is not None
    assert [path.name for path in shelf.search._folder.glob("build-*")] == [state.build]


def test_a_state_that_names_what_is_not_there_is_found(shelf: Shelf) -> None:
    """As after a power cut: the small file reached the disk and the others did not."""
    fill(shelf)
    folder = shelf.search._folder
    state = read_state(folder)
    assert state is not None
    for path in (folder / state.build).iterdir():
        path.unlink()
    assert all("damaged or missing" in found for found in shelf.search.differences())
    indexer.write_state(folder, indexer.State(state.build, state.feed, {}))
    assert shelf.search.differences() == ["the index cannot be read"]
    assert shelf.search._indexer.heal(db.session())
    assert shelf.search.differences() == []
