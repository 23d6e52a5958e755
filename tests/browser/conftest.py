"""A real browser, driven without a network: Debian's chromium and chromium-driver.

Where there is none, these tests are skipped and say so; with REQUIRE_BROWSER=1 they fail instead.
"""

import json
import os
import shutil
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from onrecord.records import ArticleRecord
from onrecord.view import to_html

HARBOUR = Path(__file__).parents[1] / "view" / "harbour.json"
SWITCHES = (
    "headless=new no-sandbox disable-gpu disable-dev-shm-usage no-first-run disable-background-networking"
)


@pytest.fixture(scope="session")
def missing():
    """Skip because something is not here, or fail where a browser is required."""

    def say(what):
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(f"{what}, and REQUIRE_BROWSER is set", pytrace=False)
        pytest.skip(what)

    return say


@pytest.fixture(scope="session")
def browser(tmp_path_factory, missing):
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not chromium or not driver:
        missing("no chromium and chromedriver here (Debian: apt-get install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for switch in (*SWITCHES.split(), f"user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(f"--{switch}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with webdriver.Chrome(options=options, service=webdriver.ChromeService(driver)) as chrome:
        yield chrome


class Page:
    """A page that is open in the browser, asked in a test's words."""

    def __init__(self, driver):
        self.driver = driver
        self.script = driver.execute_script

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def shown(self, selector):
        """The ids of the elements that are displayed."""
        return [one.get_attribute("id") for one in self.all(selector) if one.is_displayed()]

    def settle(self):
        """Wait until the page has drawn what the last input asked for."""
        self.driver.execute_async_script(
            "requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(arguments[0])))"
        )

    def search(self, words):
        self.one("#search").send_keys(Keys.CONTROL, "a", Keys.NULL, Keys.BACKSPACE, words)
        self.settle()

    def choose(self, selector, value):
        """Give a field of a form a value, as a reader would who changes it."""
        self.script(
            """const [field, value] = arguments;
            field.value = value;
            for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, {bubbles: true}));""",
            self.one(selector),
            value,
        )
        self.settle()

    def press(self, *keys):
        self.driver.switch_to.active_element.send_keys(*keys)
        self.settle()

    def eventually(self, read):
        """Wait for what the browser does by itself, such as writing a file."""
        return WebDriverWait(self.driver, 10, 0.05).until(lambda _: read())

    @property
    def focused(self):
        return self.driver.switch_to.active_element.get_attribute("id")

    def complaints(self):
        """What the browser's console says: errors of scripts, and what the page's policy has refused."""
        return [entry["message"] for entry in self.driver.get_log("browser")]


@pytest.fixture
def open_page(browser, tmp_path):
    """Open a page from disk, in a window of that size, light or dark."""

    def open_it(content, *, size=(1280, 900), dark=False):
        path = tmp_path / "page.html"
        path.write_text(content, encoding="utf-8")
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme, still]})
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        browser.get("about:blank")
        browser.get_log("browser")
        browser.get(path.as_uri())
        page = Page(browser)
        page.settle()
        return page

    return open_it


@pytest.fixture(scope="session")
def harbour():
    """A small record: five claims, two of them one inside the other."""
    return ArticleRecord.model_validate_json(HARBOUR.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def pier(harbour):
    """Another article with the same sources, a place on the map, and a claim aimed at another."""
    data = json.loads(harbour.model_dump_json())
    data["article"].update(id="pier", title="Pier reopens", published="2024-07-01", url=None)
    data["places"][0].update(lat=53.3, lon=-6.2)
    data["claims"][2]["confidence"] = 0.4
    data["claims"][0]["target"] = {"actor": "a2", "claim": "c4"}
    return ArticleRecord.model_validate(data)


@pytest.fixture
def two(open_page, harbour, pier):
    return open_page(to_html([harbour, pier]))
