"""The session of a commission with all points of its protocol, entered in one save."""

from initiatives.actions.sessions.entering import enter_session
from initiatives.actions.sessions.points import Point, PointsRefused, Session
from initiatives.actions.sessions.taking_back import undo_session

__all__ = ["Point", "PointsRefused", "Session", "enter_session", "undo_session"]
