"""Spreadsheets for reading, read back by a library that did not write them."""

import io

import openpyxl

ADDRESS = "/{}/initiatives.xlsx?for=reading&{}"


def fetched(client, query="", language="en"):
    """The bytes of the file."""
    response = client.get(ADDRESS.format(language, query))
    assert response.status_code == 200, response.content
    return b"".join(response)


def opened(client, query="", language="en"):
    """The workbook."""
    return openpyxl.load_workbook(io.BytesIO(fetched(client, query, language)))


def rows(book, name):
    """The rows of a sheet below its header, as cells by the name of their column."""
    header, *others = book[name].iter_rows()
    titles = [cell.value for cell in header]
    return [dict(zip(titles, cells, strict=True)) for cells in others]


def values(book, name):
    """The same as values."""
    return [{title: cell.value for title, cell in row.items()} for row in rows(book, name)]


def read_me(book):
    """What the last sheet says, by its first column; several sentences are joined."""
    told = {}
    for label, _column, text in book.worksheets[-1].iter_rows(values_only=True):
        told[label] = "\n".join(filter(None, (told.get(label), text)))
    return told
