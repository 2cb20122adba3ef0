"""Words in English, Russian, Uzbek and Kazakh from which the generated texts are put together."""

LANGUAGES = ("en", "ru", "uz", "kk")
Texts = tuple[str, ...]  # one for each of LANGUAGES


def _texts(lines: str) -> list[Texts]:
    return [tuple(line.strip().split(" | ")) for line in lines.strip().splitlines()]


def _by_slug(lines: str) -> dict[str, Texts]:
    return {slug: names for slug, *names in _texts(lines)}


SECTORS = _by_slug("""
    energy | Energy | Энергетика | Energetika | Энергетика
    transport | Transport | Транспорт | Transport | Көлік
    water | Water | Водное хозяйство | Suv xoʻjaligi | Су шаруашылығы
    agriculture | Agriculture | Сельское хозяйство | Qishloq xoʻjaligi | Ауыл шаруашылығы
    education | Education | Образование | Taʼlim | Білім беру
    health | Health | Здравоохранение | Sogʻliqni saqlash | Денсаулық сақтау
    trade | Trade | Торговля | Savdo | Сауда
    digital | Digital services | Цифровые услуги | Raqamli xizmatlar | Цифрлық қызметтер
""")
PARTS = _by_slug("""
    energy solar | Solar power | Солнечная энергетика | Quyosh energetikasi | Күн энергетикасы
    energy hydro | Hydropower | Гидроэнергетика | Gidroenergetika | Гидроэнергетика
    transport rail | Railways | Железные дороги | Temir yoʻllar | Теміржолдар
    transport road | Roads | Автомобильные дороги | Avtomobil yoʻllari | Автомобиль жолдары
    water irrigation | Irrigation | Орошение | Sugʻorish | Суару
    water drinking | Drinking water | Питьевая вода | Ichimlik suvi | Ауыз су
    agriculture seeds | Seed growing | Семеноводство | Urugʻchilik | Тұқым шаруашылығы
    agriculture food | Food processing | Переработка | Qayta ishlash | Өңдеу
    education university | Universities | Университеты | Universitetlar | Университеттер
    education training | Vocational training | Обучение кадров | Kadrlar tayyorlash | Кадр даярлау
    health hospital | Hospitals | Больницы | Shifoxonalar | Ауруханалар
    health medicine | Medicines | Лекарства | Dori vositalari | Дәрі-дәрмектер
    trade border | Border crossings | Пункты пропуска | Chegara punktlari | Шекара пункттері
    trade customs | Customs | Таможня | Bojxona | Кеден
    digital network | Networks | Сети связи | Aloqa tarmoqlari | Байланыс желілері
    digital state | E-government | Электронное правительство | Elektron hukumat | Электрондық үкімет
""")
WORKS = _texts("""
    construction | строительство | qurilish | құрылыс
    modernisation | модернизация | modernizatsiya | жаңғырту
    joint programme | совместная программа | qoʻshma dastur | бірлескен бағдарлама
    exchange of experience | обмен опытом | tajriba almashish | тәжірибе алмасу
    framework agreement | рамочное соглашение | doiraviy kelishuv | негіздемелік келісім
""")
PLACES = _texts("""
    Tashkent | Ташкент | Toshkent | Ташкент
    Samarkand | Самарканд | Samarqand | Самарқанд
    Navoi | Навои | Navoiy | Науаи
    Almaty | Алматы | Olmaota | Алматы
    Astana | Астана | Ostona | Астана
    Shymkent | Шымкент | Chimkent | Шымкент
    Bishkek | Бишкек | Bishkek | Бішкек
    Osh | Ош | Oʻsh | Ош
    Dushanbe | Душанбе | Dushanbe | Душанбе
    Ashgabat | Ашхабад | Ashxobod | Ашхабад
""")
SENTENCES = _texts("""
    The sides agreed to work together. | Стороны договорились о совместной работе. \
| Tomonlar birgalikda ishlashga kelishib oldilar. | Тараптар бірлесіп жұмыс істеуге келісті.
    A joint working group meets every quarter. | Рабочая группа заседает ежеквартально. \
| Qoʻshma ishchi guruh har chorakda yigʻiladi. | Бірлескен жұмыс тобы тоқсан сайын жиналады.
    The project serves both sides of the border. | Проект служит жителям по обе стороны границы. \
| Loyiha chegaraning ikki tomoniga xizmat qiladi. | Жоба шекараның екі жағына да қызмет етеді.
    Local companies supply the materials. | Материалы поставляют местные предприятия. \
| Materiallarni mahalliy korxonalar yetkazib beradi. | Материалдарды жергілікті кәсіпорындар береді.
    Results are reported to the commission. | О результатах докладывают комиссии. \
| Natijalar komissiyaga maʼlum qilinadi. | Нәтижелер комиссияға баяндалады.
    The cost is shared equally. | Расходы делятся поровну. \
| Xarajatlar teng taqsimlanadi. | Шығындар тең бөлінеді.
""")
STEPS = _texts("""
    Study approved | Обоснование утверждено | Asoslash tasdiqlandi | Негіздеме бекітілді
    Contract signed | Договор подписан | Shartnoma imzolandi | Шарт жасалды
    Work begun | Работы начаты | Ishlar boshlandi | Жұмыс басталды
    Equipment delivered | Оборудование поставлено | Uskunalar keltirildi | Жабдық жеткізілді
    Opened | Открытие | Ochilish | Ашылуы
""")
REASONS = _texts("""
    Decided by the commission. | Решение комиссии. | Komissiya qarori. | Комиссия шешімі.
    The contract was signed. | Подписан договор. | Shartnoma imzolandi. | Шартқа қол қойылды.
    Financing has changed. | Изменилось финансирование. | Moliyalash oʻzgardi. | Қаржы өзгерді.
""")
OUTCOME, WITHDRAWN = _texts("""
    All of it is in use. | Всё введено в действие. | Hammasi ishga tushdi. | Бәрі іске қосылды.
    Recorded twice. | Учтено дважды. | Ikki marta yozilgan. | Екі рет жазылған.
""")
ORGANISATIONS = {
    "government": ("Ministry", "Министерство", "Vazirlik", "Министрлік"),
    "bank": ("Bank", "Банк", "Bank", "Банк"),
    "company": ("Company", "Компания", "Kompaniya", "Компания"),
    "academic": ("University", "Университет", "Universitet", "Университет"),
    "multilateral": ("Fund", "Фонд", "Jamgʻarma", "Қор"),
}


def in_languages(field: str, texts: Texts) -> dict[str, str]:
    """The four columns of a translated field, as keyword arguments of its model."""
    return {f"{field}_{code}": text for code, text in zip(LANGUAGES, texts, strict=True)}


def joined(*parts: Texts, by: str = " ") -> Texts:
    """One text in each language, put together from `parts`."""
    return tuple(by.join(words) for words in zip(*parts, strict=True))
