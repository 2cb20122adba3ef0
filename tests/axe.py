"""What axe finds wrong in the page of a tab of the browser."""

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {
    "runOnly": {"type": "tag", "values": TAGS},
    "resultTypes": ["violations"],
    "preload": False,  # no rule of these tags reads the files of style sheets
}
# Contrast takes axe long, and colours are the same in all languages: it is asked for once in each
# scheme.
WITHOUT_CONTRAST = AXE | {"rules": {"color-contrast": {"enabled": False}}}
_SCRIPT = Axe().axe_script
# All that it passed, too, would take as long to hand over as to find.
_RUN = "options => axe.run(options).then(results => results.violations)"


def found_by_axe(tab, options):
    """(rule, node) of each violation, as axe describes them."""
    tab.evaluate(_SCRIPT)
    found = tab.evaluate(_RUN, options)
    return [(rule, node) for rule in found for node in rule["nodes"]]
