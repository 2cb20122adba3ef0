"""Forms of one word, and words that only look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.text.endings import beginnings, is_form_of, stems
from initiatives.text.folding import fold

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Uzbekistan’s", "Uzbekistan"),
        ("partners", "partner"),
        ("нового", "новый"),
        ("комиссии", "комиссия"),
        ("в Узбекистане", "в Узбекистан"),
        ("образования", "образованием"),
        ("президентов", "президенты"),
        ("Samarqandda", "Samarqand"),
        ("Oʻzbekistonning", "Oʻzbekistonda"),
        ("komissiyasi", "komissiyalar"),
        ("sheriklikdan", "sheriklikning"),
        ("Қазақстандағы", "Қазақстан"),
        ("банкінің", "банктер"),
        ("логистиканың", "логистикаға"),
        ("өнеркәсібі", "өнеркәсіп"),
        ("ирригация", "irrigation"),
        ("irrigatsiyani", "ирригации"),
        ("узбекский", "Узбекистан"),
        ("узбекско", "узбек"),
        ("казахстанского", "Казахстане"),
        ("қазақстандық", "Қазақстан"),
        ("oʻzbekistonlik", "Oʻzbekiston"),
        ("өзбекстандық", "Өзбекстанға"),
        ("самаркандский", "Самарканд"),
        ("торговый", "торговля"),
        ("транспортной", "транспорт"),
        ("agricultural", "agriculture"),
        ("logistical", "logistics"),
        ("tourists", "tourism"),
        ("jurnalistlar", "журналисты"),
        ("уровень", "уровне"),
        ("рынок", "рынка"),
        ("двустороннее", "двусторонний"),
        ("образовательными", "образование"),
        ("образовательный", "образовании"),
        ("отделение", "отдел"),
        ("modernization", "modernise"),
        ("organizations", "organisation"),
        ("investing", "investments"),
        ("department", "departments"),
    ],
)
def test_endings_part_no_words(one, other):
    for word, again in zip(fold(one).split(), fold(other).split(), strict=True):
        assert is_form_of(word, again)
        assert is_form_of(again, word)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bank", "bankruptcy"),
        ("германия", "germ"),
        ("компания", "комп"),
        ("cement", "center"),
        ("document", "docks"),
        ("partner", "partnership"),
        ("Kazan", "Kazakh"),
        ("union", "unit"),
        ("страна", "странник"),
        ("станция", "стандарт"),
        ("Toshkent", "tashkilot"),
        ("Пакистан", "пакет"),
        ("казахский", "казанский"),
        ("культурный", "культиватор"),
        ("Kyrgyz", "Kazakh"),
        ("dam", "dams"),  # too short to be parted
        ("2025", "2025a"),
    ],
)
def test_words_that_begin_alike_are_others(one, other):
    assert not is_form_of(fold(one), fold(other))


@given(st.text(alphabet="abdegiklmnoprstuz2ә ", min_size=1, max_size=14).filter(str.strip))
def test_every_form_begins_with_one_of_the_beginnings(text):
    for word in fold(text).split():
        first = beginnings(word)
        assert is_form_of(word, word)
        assert not first or word.startswith(tuple(first))
        assert all(stem.startswith(tuple(first)) for stem in stems(word) if first)
