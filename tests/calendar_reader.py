"""Reads the calendars of the site as a calendar program would."""

from icalendar import Calendar


def document(client, address="/initiatives", language="en"):
    response = client.get(f"/{language}{address}.ics")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return response.getvalue()


def events(client, address="/initiatives", language="en"):
    calendar = Calendar.from_ical(document(client, address, language))
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    assert not any(event.errors for event in calendar.walk("VEVENT"))
    return calendar.walk("VEVENT")


def one(client, address="/initiatives", language="en"):
    (event,) = events(client, address, language)
    return event
