"""An officer's hand: what it clicks and what it fills is counted."""


class Hand:
    """Works on `page` as people do. `clicks` counts choices of lists too, `fields` what is typed or
    chosen, `pages` the pages that were loaded, small windows included.
    """

    def __init__(self, page):
        self.page = page
        self.clicks = self.fields = self.pages = 0

    def open(self, address):
        self.page.goto(address)
        self.pages += 1

    def click(self, selector):
        self.clicks += 1
        self.page.click(selector)

    def leave(self, selector):
        """Click what leads to another page."""
        self.pages += 1
        with self.page.expect_navigation():
            self.click(selector)

    def fill(self, selector, text):
        self.fields += 1
        self.page.fill(selector, text)

    def select(self, selector, value):
        """A list of few options: it is opened, and one is taken."""
        self.fields, self.clicks = self.fields + 1, self.clicks + 2
        self.page.select_option(selector, value)

    def tick(self, selector):
        self.fields, self.clicks = self.fields + 1, self.clicks + 1
        self.page.check(selector)

    def choose(self, field, text):
        """A completing list: it is opened, typed into, and what is offered is taken."""
        self.fields += 1
        self.click(f"#id_{field} + .select2 .select2-selection")
        self.page.fill(".select2-search__field >> visible=true", text)
        self.click(f".select2-results__option:has-text('{text}')")

    def window(self, selector):
        """The hand at work in the small window that `selector` opens."""
        with self.page.expect_popup() as opened:
            self.click(selector)
        small = Hand(opened.value)
        small.pages = 1
        return small

    def add(self, other):
        """Count also what `other` did."""
        self.clicks += other.clicks
        self.fields += other.fields
        self.pages += other.pages
