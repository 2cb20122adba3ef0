"""Take the pictures of the documents anew. Chromium must be installed, and the site must run.

    python docs/take_screenshots.py http://127.0.0.1:8000

are those of docs/screenshots/, of a site that `make run` serves; with `--guides` those of
static/guide/, of one that `make demo FRESH=1` serves.
"""

import argparse
import base64
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
PAGES = {
    "home": "/en/",
    "list": "/en/initiatives/?sector=energy",
    "detail": "/en/initiatives/CI-2025-0016/",
    "pair": "/ru/pairs/kz-uz/",
}
SIZES = {"1280": (1280, 960), "360": (360, 760)}

GUIDES = ROOT / "static" / "guide"
LANGUAGES = ("en", "ru", "uz", "kk")
GUIDE_SIZE = {"width": 1200, "height": 800}
SHOWN = (960, 640)  # pixels of a picture; the page of a guide has room for no more
QUALITY = 0.72
PASSWORD = "training-2026"
DESK = "/admin/initiatives"
# Picture → whose desk, the list that leads to the record (or its page), which row, and then what.
RECORD = f"{DESK}/initiative/?q="
VIEWS = {
    "queue": ("reviewer", "/admin/?of=desk", None, ""),
    "list": ("editor", f"{DESK}/initiative/", None, ""),
    "form": ("editor", f"{DESK}/initiative/add/", None, ""),
    "session": ("editor", f"{DESK}/event/session/", None, ""),
    "history": ("editor", f"{RECORD}railway+oqqum", "#result_list tbody th a", "history/"),
    "status": ("editor", f"{RECORD}ferry", "#result_list tbody th a", "status/?to=implemented"),
    "milestones": ("editor", f"{RECORD}railway+oqqum", "#result_list tbody th a", "#when"),
    "import": ("editor", f"{DESK}/importbatch/", "#result_list tbody th a", ""),
    "request": ("reviewer", "/admin/", ".queue-steps a[href*='/changerequest/']", ""),
    "record": (
        "publisher",
        f"{DESK}/initiative/?publication__exact=in_review",
        "#result_list tbody th a",
        "",
    ),
    "account": ("administrator", "/admin/auth/user/?q=editor", "#result_list tbody th a", ""),
    "desk": ("administrator", f"{DESK}/desk/", "#result_list tbody th a", ""),
}
# In the page, since the browser can write WebP and Python cannot.
_SHRINK = """async ([png, width, height, quality]) => {
  const picture = new Image();
  picture.src = `data:image/png;base64,${png}`;
  await picture.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, width, height);
  return canvas.toDataURL("image/webp", quality).split(",")[1];
}"""


def take(site: str, browser: Browser) -> None:
    for name, (width, height) in SIZES.items():
        page = browser.new_page(viewport={"width": width, "height": height})
        for page_name, path in PAGES.items():
            page.goto(f"{site}{path}")
            page.screenshot(path=FOLDER / f"{page_name}-{name}.png")
            print(f"{page_name}-{name}.png")


def take_guides(site: str, browser: Browser, only: list[str]) -> None:
    blank = browser.new_page()
    for officer in dict.fromkeys(view[0] for view in VIEWS.values()):
        page = browser.new_page(viewport=GUIDE_SIZE, color_scheme="light")
        sign_in(page, site, officer)
        for language in LANGUAGES:
            cookie = {"name": "django_language", "value": language, "url": site}
            page.context.add_cookies([cookie])
            for name, view in VIEWS.items():
                if view[0] == officer and (not only or name in only):
                    open_view(page, site, *view[1:])
                    write(page, blank, GUIDES / language / f"{name}.webp")


def sign_in(page: Page, site: str, officer: str) -> None:
    page.goto(f"{site}/admin/")
    page.fill("[name=username]", officer)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("#login-form [type=submit]")


def open_view(page: Page, site: str, path: str, row: str | None, rest: str) -> None:
    """Follow the first link that `row` finds, then go on to `rest` below its address."""
    page.goto(f"{site}{path}")
    if row is None:
        return
    address = page.locator(row).first.get_attribute("href").partition("?")[0]
    below = rest if rest.startswith("#") else f"../{rest}" if rest else ""
    page.goto(f"{site}{address}{below}")
    page.wait_for_timeout(500)  # what scripts fold and unfold


def write(page: Page, blank: Page, file: Path) -> None:
    png = base64.b64encode(page.screenshot()).decode()
    webp = blank.evaluate(_SHRINK, [png, *SHOWN, QUALITY])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(base64.b64decode(webp))
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("site")
    parser.add_argument("--guides", action="store_true", help="those of the guides")
    parser.add_argument("--only", nargs="*", default=[], help="names of pictures of the guides")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    given = parser.parse_args()
    with sync_playwright() as playwright:
        options = {"executable_path": given.chromium, "args": ["--no-sandbox", "--disable-gpu"]}
        browser = playwright.chromium.launch(**options)
        site = given.site.rstrip("/")
        if given.guides:
            take_guides(site, browser, given.only)
        else:
            take(site, browser)
        browser.close()


if __name__ == "__main__":
    main()
