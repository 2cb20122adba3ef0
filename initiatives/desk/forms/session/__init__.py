"""The page on which a session is entered: what is typed, pasted, found and understood."""

from initiatives.desk.forms.session.page_form import SessionPageForm

__all__ = ["SessionPageForm"]
