"""Take the pictures of docs/screenshots/ anew: `python docs/take_screenshots.py http://127.0.0.1:8000`.

The site must be running (`make run`), and Chromium must be installed.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent / "screenshots"
PAGES = {
    "home": "/en/",
    "list": "/en/initiatives/?sector=energy",
    "detail": "/en/initiatives/CI-2025-0016/",
    "pair": "/ru/pairs/kz-uz/",
}
SIZES = {"1280": (1280, 960), "360": (360, 760)}


def take(site: str, chromium: str = "/usr/bin/chromium") -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            for page_name, path in PAGES.items():
                page.goto(f"{site}{path}")
                page.screenshot(path=FOLDER / f"{page_name}-{name}.png")
                print(f"{page_name}-{name}.png")
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"))
