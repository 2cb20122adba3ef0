"""Of two texts the words that changed are marked, and nothing of them is lost."""

import pytest

from initiatives.public.editions.marking import marked

pytestmark = pytest.mark.once


def changed(side):
    return [piece.text for piece in side.pieces if piece.is_changed]


def test_only_the_words_that_changed_are_marked():
    old, new = marked(
        "The plant has 1,680 MW, and it is late.", "The plant has 1,860 MW, and late."
    )
    assert changed(old) == ["680", "it is "]
    assert changed(new) == ["860"]


def test_texts_with_little_in_common_are_marked_whole():
    old, new = marked("One thing entirely", "Something else, quite different!")
    assert changed(old) == ["One thing entirely"]
    assert changed(new) == ["Something else, quite different!"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b", "a  b\n\nc"),
        ("", "x"),
        ("қ ў", "Қ ў"),
        ("x " * 9000, "x " * 9000 + "y"),
        (" ", "\t"),
    ],
)
def test_together_the_pieces_are_the_text(before, after):
    old, new = marked(before, after)
    assert (str(old), str(new)) == (before, after)
