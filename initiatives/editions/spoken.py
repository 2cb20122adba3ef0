"""A text of a public record in the language of the reader of the moment."""

from modeltranslation.utils import get_language, resolution_order

from initiatives.editions.parts import NO_TEXT, Text


def text_and_language(text: Text) -> tuple[str, str]:
    """The text and its language: the reader's, or the first other that has it.

    Both are empty where the text is given in no language.
    """
    if text is NO_TEXT:  # as most are, and to ask for the order of languages takes long
        return "", ""
    for language in resolution_order(get_language()):
        if found := getattr(text, language):
            return found, language
    return "", ""
