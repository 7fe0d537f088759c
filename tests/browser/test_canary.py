"""No answer of the self-check is written anywhere, whatever happens on the way.

The site runs as a council runs it, in a folder of its own. A plain client and a real browser walk
all of it, with a mistake, a broken cookie and a crash forced on every page. Then every file is
searched: database, index, mail, logs. The same search finds a line that leaks on purpose.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import APIRequestContext, APIResponse, Page, Playwright

from app.selfcheck.answers import COOKIE, PATH
from tests.browser.answering import fill, press, question_on, questions
from tests.browser.canary import FACTS, IN_THE_LIST, TYPED, Trail, leaks, prints, told_by
from tests.browser.conftest import ARGUMENTS, LONGEST_WAIT
from tests.browser.live import serving
from tests.browser.selfcheck_kinds import send_wrong
from tests.databases import KIND, POSTGRESQL, copy_in_use
from tests.walk import TOKEN, fields

SITE = "tests.browser.canary_site:app"
NEUTRAL = "/about/accessibility"
AFTER_ALL = ("check-answers", "result", "sheet", "sheet.pdf")
WRONG = "Quibblecombe"
Client = APIRequestContext


@pytest.fixture
def canary_folder(site_folder: Path, tmp_path: Path) -> Path:
    """A copy of the live site's folder, which nobody else writes to."""
    folder = tmp_path / "canary"
    shutil.copytree(site_folder, folder, ignore=shutil.ignore_patterns("*.log"))
    copy_in_use(site_folder, folder)
    for name in ("mail", "home", "tmp"):
        (folder / name).mkdir()
    return folder


@pytest.fixture
def canary_url(canary_folder: Path) -> Iterator[str]:
    """The site of that folder; whatever it writes, it writes there."""
    changes = {"CANARY_FOLDER": str(canary_folder)}
    changes |= {"HOME": str(canary_folder / "home"), "TMPDIR": str(canary_folder / "tmp")}
    changes |= {"PYTHONDONTWRITEBYTECODE": "1", "NEUTRAL_SITE": "http://127.0.0.1:9" + NEUTRAL}
    with serving(canary_folder, SITE, **changes) as address:
        yield address


@pytest.fixture
def client(playwright: Playwright, canary_url: str) -> Iterator[Client]:
    """A plain client with a cookie jar, which follows no redirect."""
    made = playwright.request.new_context(
        base_url=canary_url, extra_http_headers={"Origin": canary_url}, max_redirects=0
    )
    yield made
    made.dispose()


@pytest.fixture
def stranger(playwright: Playwright, canary_url: str) -> Iterator[Client]:
    """A client whose cookie was tampered with."""
    headers = {"Origin": canary_url, "Cookie": f"{COOKIE}=gAAAAABtampered"}
    made = playwright.request.new_context(
        base_url=canary_url, extra_http_headers=headers, max_redirects=0
    )
    yield made
    made.dispose()


class Crashes:
    """Breaks a part of the site for a while."""

    def __init__(self, folder: Path) -> None:
        self.switch = folder / "broken"
        self.count = 0

    def each(self, ask: Callable[[], APIResponse], *parts: str) -> None:
        """Ask once with each of these parts broken: the answer is the page for a crash."""
        for part in parts:
            self.switch.write_text(part)
            assert ask().status == 500, part
            self.count += 1
        self.switch.unlink()


def walk_plainly(client: Client, stranger: Client, trail: Trail, crashes: Crashes) -> None:
    """The whole self-check, with everything going wrong on every page."""
    assert trail.note(client.get(PATH)).status == 200
    crashes.each(lambda: trail.note(client.get(PATH)), "after", "page")
    here = trail.note(client.post(PATH)).headers["location"]
    while not here.endswith("/check-answers"):
        crashes.each(lambda at=here: trail.note(client.get(at)), "after", "page")
        page = trail.note(client.get(here))
        token = {"token": TOKEN.findall(page.text())[-1]}
        assert trail.note(stranger.get(here)).status == 400
        assert trail.note(stranger.post(here, form=token)).status == 400
        if here.endswith("/safety"):
            crashes.each(lambda at=here: trail.note(client.get(at)), "rules")
            here = trail.note(client.post(here, form=token)).headers["location"]
            continue
        here = answer_plainly(client, here, token, trail, crashes)


def answer_plainly(
    client: Client, here: str, token: dict[str, str], trail: Trail, crashes: Crashes
) -> str:
    """Answer a question: wrongly, while it is broken, and then as it should be."""
    question = questions()[here.rpartition("/")[2]]
    names = {*question.row.keys, *(["place"] if question.row.kind == "place" else [])}
    wrong = {**token, **dict.fromkeys(names, WRONG)}
    assert trail.note(client.post(here, form=wrong)).headers["location"] == here
    crashes.each(lambda: trail.note(client.get(here)), "page")
    assert "<title>Error: " in trail.note(client.get(here)).text()
    right = encoded({**token, **fields(here, {**FACTS, "place": TYPED[1]})})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}

    def send() -> APIResponse:
        return trail.note(client.post(here, data=right, headers=headers))

    crashes.each(send, "after")
    assert trail.note(client.post(here, form={**wrong, "token": "x"})).status == 400
    return send().headers["location"]


def encoded(form: dict[str, object]) -> str:
    """A form as a browser sends it, several values of one field included."""
    return urlencode(form, doseq=True)


def look_plainly(client: Client, stranger: Client, trail: Trail, crashes: Crashes) -> None:
    """Everything after the last answer: the pages, the list of services, and the way out."""
    for name in AFTER_ALL:
        at = f"{PATH}/{name}"
        status = trail.note(client.get(at)).status
        assert status == 200 or (name, status) == ("sheet.pdf", 404)
        if status == 200:
            broken = ["after", "page"] if name != "sheet.pdf" else ["after"]
            broken += ["rules"] if name != "check-answers" else []
            crashes.each(lambda at=at: trail.note(client.get(at)), *broken)
            assert trail.note(stranger.get(at)).status == 400
    token = {"token": TOKEN.findall(client.get(f"{PATH}/result").text())[-1]}
    crashes.each(lambda: trail.note(client.post(f"{PATH}/services", form=token)), "rules", "after")
    to = trail.note(client.post(f"{PATH}/services", form=token)).headers["location"]
    assert trail.note(client.get(to)).status == 200
    crashes.each(lambda: trail.note(client.get("/leave")), "after")
    assert trail.note(client.get("/leave")).status == 303
    assert trail.note(client.get(f"{PATH}/result")).headers["location"] == PATH
    assert trail.note(client.post(f"{PATH}/start-again")).status == 303


def walk_in_a_browser(page: Page, trail: Trail) -> None:
    """The same as a family does it: each question answered wrongly first."""
    trail.follow(page.context)
    page.goto(PATH)
    page.locator("main form button").click()
    while question := question_on(page):
        send_wrong(page)
        fill(page, question, FACTS)
        press(page, "continue")
        page.wait_for_url(lambda url, at=question.id: not url.endswith(f"/{at}"))
        if page.url.endswith("/safety"):
            page.locator(f'form[action="{PATH}/safety"] button').click()
    page.get_by_role("link", name="See my result").click()
    assert page.locator("main").get_attribute("data-tier") == "specialist"
    page.get_by_role("link", name="Make a sheet").click()
    page.get_by_role("link", name="Back", exact=True).click()
    page.locator(f'form[action="{PATH}/services"] button').click()
    page.wait_for_url("**/services?*")
    page.go_back()
    page.get_by_role("button", name="Check for another child").click()
    page.locator("main form button").click()
    page.get_by_label("Yes, or I am not sure").check()
    press(page, "continue")


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """Where a family's browser keeps what browsers keep."""
    return tmp_path / "profile"


@pytest.fixture
def telephone(
    playwright: Playwright, chromium: str, canary_url: str, profile: Path
) -> Callable[[], Page]:
    """Opens the family's browser, at first and again."""

    def opened() -> Page:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium, args=list(ARGUMENTS), base_url=canary_url
        )
        context.set_default_timeout(LONGEST_WAIT)
        return context.pages[0]

    return opened


def test_no_answer_is_written_anywhere(
    *,
    canary_folder: Path,
    client: Client,
    stranger: Client,
    telephone: Callable[[], Page],
    profile: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """By the site in its folder, or on the telephone."""
    assert leaks(canary_folder) == {}, "a canary that stood there before proves nothing"
    before = prints(canary_folder)
    trail, crashes = Trail(), Crashes(canary_folder)
    walk_plainly(client, stranger, trail, crashes)
    look_plainly(client, stranger, trail, crashes)
    page = telephone()
    walk_in_a_browser(page, trail)
    page.context.close()

    assert len(trail.secrets) > 30 and crashes.count > 50
    assert leaks(canary_folder, trail.secrets) == {}
    assert told_by(trail.addresses) == []
    assert trail.lists and all(query.keys() == IN_THE_LIST for query in trail.lists)
    after = prints(canary_folder)
    log = (canary_folder / "server.log").read_text()
    assert log.count('"kind": "RuntimeError"') + log.count('"kind": "ValueError"') == crashes.count
    assert log.count(f"POST {PATH} 303") > 40, "the log is the one of this walk"
    only_what_may_be_written(canary_folder, before, after)
    nothing_is_kept(profile, trail, telephone)
    record_property(
        "for_people",
        f"canary walk: {len(trail.statuses)} answers, {crashes.count} of them crashes, "
        f"{len(log.splitlines())} lines of log, {len(after)} files searched: 0 hits",
    )


def only_what_may_be_written(folder: Path, before: dict[str, str], after: dict[str, str]) -> None:
    """The site changed its log and nothing else, and opened no file elsewhere to write."""
    changed = {name for name in after if after[name] != before.get(name)}
    changed = {name for name in changed if not name.startswith(("tmp/", "home/"))}
    counted = {"test.db-wal", "test.db-shm"}  # the list counts what it showed; searched before
    assert changed - counted == {"server.log", "written"}
    written = set((folder / "written").read_text().split("\n")) - {"", "/dev/null"}
    assert KIND == POSTGRESQL or str(folder / "test.db") in written
    assert all(path.startswith(str(folder)) for path in written), written


def nothing_is_kept(profile: Path, trail: Trail, telephone: Callable[[], Page]) -> None:
    """The browser kept no answer, and begins anew when it is opened again."""
    assert len(list(profile.rglob("*"))) > 20
    assert leaks(profile, trail.secrets, has_database=False) == {}
    page = telephone()
    assert [item["name"] for item in page.context.cookies()] == []
    page.goto(f"{PATH}/result")
    assert urlsplit(page.url).path == PATH
    page.context.close()


def test_the_search_finds_a_line_that_leaks(canary_folder: Path, client: Client) -> None:
    (canary_folder / "broken").write_text("leak")
    trail = Trail()
    here = trail.note(client.post(PATH)).headers["location"]
    for _ in range(5):
        token = TOKEN.findall(trail.note(client.get(here)).text())[-1]
        form = encoded({"token": token, **fields(here, {**FACTS, "danger_now": "no"})})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        here = client.post(here, data=form, headers=headers).headers["location"]
    hits = leaks(canary_folder, trail.secrets)["server.log"]
    assert {"Hatherleigh", "foster_or_kinship", "danger_now", "lives_in"} <= set(hits)
    assert any(hit.startswith("age") for hit in hits), hits
    assert trail.secrets & set(hits)
    for address in ("/services?age=11-15&tier=specialist", f"{PATH}/x?coping=cannot_carry_on"):
        assert told_by([address]) == [address]
