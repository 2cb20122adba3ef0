"""Files of OpenDocument made by hand for the tests of reading."""

from tests.reading import packed

KIND = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("draw", "drawing"),
    )
)
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
STYLES = """
<number:date-style style:name="D1"><number:day/><number:month/><number:year/></number:date-style>
<number:date-style style:name="D2"><number:month/><number:year/></number:date-style>
<number:date-style style:name="D3"><number:year/></number:date-style>
<number:time-style style:name="D4"><number:hours/></number:time-style>
<number:percentage-style style:name="D5"><number:number/></number:percentage-style>
<number:currency-style style:name="D6"><number:currency-symbol>€</number:currency-symbol>
</number:currency-style>
<number:text-style style:name="D7"><number:text-content/></number:text-style>
<number:number-style style:name="D8"><number:number/><number:text> million</number:text>
</number:number-style>
<number:number-style style:name="D9"><number:number number:display-factor="1000000"/>
<number:text> million</number:text></number:number-style>
<style:style style:name="million" style:family="table-cell" style:data-style-name="D8"/>
<style:style style:name="in millions" style:family="table-cell" style:data-style-name="D9"/>
<style:style style:name="text" style:family="table-cell" style:data-style-name="D7"/>
<style:style style:name="day" style:family="table-cell" style:data-style-name="D1"/>
<style:style style:name="month" style:family="table-cell" style:data-style-name="D2"/>
<style:style style:name="year" style:family="table-cell" style:data-style-name="D3"/>
<style:style style:name="time" style:family="table-cell" style:data-style-name="D4"/>
<style:style style:name="percent" style:family="table-cell" style:data-style-name="D5"/>
<style:style style:name="euro" style:family="table-cell" style:data-style-name="D6"/>
<style:style style:name="of month" style:family="table-cell" style:parent-style-name="month"/>
<style:style style:name="hidden" style:family="table">
<style:table-properties table:display="false"/></style:style>
"""


def document(*sheets, **parts):
    """An ODS with these sheets; `parts` may be its `mimetype`, `content` and `manifest`."""
    files = {
        "mimetype": parts.get("mimetype", KIND),
        "content.xml": parts.get("content") or content(*sheets),
        "META-INF/manifest.xml": parts.get("manifest", "<manifest/>"),
    }
    return packed({name: text for name, text in files.items() if text is not None})


def content(*sheets):
    return (
        f"<office:document-content {_NAMES} {_CALC}><office:automatic-styles>{STYLES}"
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f"{''.join(sheets)}</office:spreadsheet></office:body></office:document-content>"
    )


def sheet(*rows, name="Data", style="", before=""):
    """A sheet whose rows are given as lists of cells, or as XML."""
    lines = (one if isinstance(one, str) else row(*one) for one in rows)
    return (
        f'<table:table table:name="{name}" table:style-name="{style}">{before}'
        f"{''.join(lines)}</table:table>"
    )


def row(*cells, more=""):
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def text(value, more=""):
    return (
        f'<table:table-cell office:value-type="string" {more}><text:p>{value}</text:p>'
        "</table:table-cell>"
    )


def number(value, kind="float", more=""):
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}" {more}/>'


def day(value, style="day"):
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="date"'
        f' office:date-value="{value}"/>'
    )


EMPTY = "<table:table-cell/>"
