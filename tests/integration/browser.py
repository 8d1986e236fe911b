"""Airflow's pages in a real browser, as a user clicks them; for the test beside it.

Whatever can be told apart by role, label or name is; nothing hangs on generated class names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright
from standalone import DAG

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip
SIZE = {"width": 1280, "height": 800}
SCREENSHOTS = "SCREENSHOTS"
"""Variable that names a folder for pictures of what the test does; without it there are none."""

BEHAVIOURS = {"missing": "none", "missing and errored": "failed", "all": "completed"}
"""What the form's choices send."""


@contextmanager
def open_browser(url: str, user: str, password: str) -> Iterator[Browser]:
    """A browser that has logged in through the form; the test is skipped where there is no Chromium."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(OPTIONS))
        try:
            page = chromium.new_context(viewport=SIZE, locale="en-GB", timezone_id="UTC").new_page()
            page.set_default_timeout(60_000)
            browser = Browser(page, url)
            browser.log_in(user, password)
            yield browser
        finally:
            chromium.close()


class Browser:
    """One tab that has Airflow open."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url

    def log_in(self, user: str, password: str) -> None:
        self.page.goto(self.url)
        self.page.wait_for_url("**/auth/login**")
        self.page.locator("input[name=username]").fill(user)
        self.page.locator("input[name=password]").fill(password)
        self.page.locator("button[type=submit]").click()
        self.page.get_by_text("Dags", exact=True).first.wait_for()

    def show_list(self) -> None:
        """The list of DAGs, once the latest run of the daily one is in it."""
        self.page.goto(f"{self.url}/dags")
        self.page.get_by_role("link", name=DAG).wait_for()
        self.page.get_by_role("link", name=re.compile(r"\d{4}-\d\d-\d\d")).first.wait_for()

    def open_dag(self) -> None:
        self.page.goto(f"{self.url}/dags/{DAG}")
        self.page.get_by_role("button", name="Trigger Dag").wait_for()

    def fill_backfill(self, first: str, last: str, behaviour: str, active: int, *, again: bool = False) -> Locator:
        """Open Trigger, Backfill, and fill the form; returns the dialog."""
        self.open_dag()
        self.page.get_by_role("button", name="Trigger Dag").click()
        dialog = self.page.get_by_role("dialog")
        dialog.locator("input[value=backfill]").check(force=True)
        for day in (first, last):
            # What is chosen replaces these words, so that the first is always the next to choose.
            dialog.get_by_text("Select date and time").first.click()
            self.page.locator("input[placeholder='YYYY/MM/DD']:visible").fill(day.replace("-", "/"))
            self.page.locator("input[placeholder='HH:mm']:visible").fill("00:00")
            dialog.get_by_role("heading").first.click()
            # The calendar of the first day must be gone before the second one's is filled.
            self.page.locator("input[placeholder='HH:mm']:visible").wait_for(state="hidden")
        dialog.locator(f"input[value={BEHAVIOURS[behaviour]}]").check(force=True)
        dialog.locator("input[name=max_active_runs]").fill(str(active))
        if again:
            # Without this the form sends no parameters at all, whether there are runs already or not.
            dialog.get_by_text("Override parameters on existing runs").click()
            # The input itself is invisible; its label is what a user clicks.
            box = dialog.locator("input[name=element_again]")
            box.locator("xpath=ancestor::label").click()
            expect(box).to_be_checked()
        dialog.get_by_role("heading").first.scroll_into_view_if_needed()
        return dialog

    def backfill(self, first: str, last: str, behaviour: str, active: int, *, again: bool = False) -> int:
        """Run a backfill from the form; returns how many runs it promised."""
        dialog = self.fill_backfill(first, last, behaviour, active, again=again)
        return self.start(dialog)

    def start(self, dialog: Locator) -> int:
        """Run the backfill of a filled form; returns how many runs it promised.

        Raises AssertionError with what the page says where it is refused.
        """
        promise = dialog.get_by_text(re.compile(r"\d+ runs? will be triggered"))
        promise.wait_for()
        count = int(re.search(r"\d+", promise.inner_text())[0])
        button = dialog.get_by_role("button", name="Run Backfill")
        with self.page.expect_response(lambda answer: answer.url.endswith("/api/v2/backfills")) as caught:
            button.click()
        assert caught.value.ok, caught.value.text()
        self.page.get_by_text("Backfill in progress").wait_for()
        return count

    def cancel(self) -> None:
        """Click the stop of the banner."""
        path = re.compile(r"/api/v2/backfills/\d+/cancel$")
        with self.page.expect_response(path) as caught:
            self.page.get_by_role("button", name="Cancel backfill").click()
        assert caught.value.ok, caught.value.text()
        self.page.get_by_text("Backfill in progress").wait_for(state="hidden")

    def widen_grid(self) -> None:
        """Give the grid of runs the whole page."""
        self.page.get_by_role("button", name="Collapse Details Panel").click()

    def open_run(self, run_id: str) -> None:
        self.page.goto(f"{self.url}/dags/{DAG}/runs/{quote(run_id)}")

    def picture(self, name: str, *, height: int = SIZE["height"]) -> None:
        """Keep what is seen as a picture, where a folder for that is set."""
        folder = os.environ.get(SCREENSHOTS)
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.set_viewport_size({**SIZE, "height": height})
            # Charts move while they are drawn.
            self.page.wait_for_timeout(1500)
            self.page.screenshot(path=Path(folder) / f"{name}.png")
            self.page.set_viewport_size(SIZE)
