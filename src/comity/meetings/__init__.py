"""Meetings: convening, places and times."""
