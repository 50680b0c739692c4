"""Meetings on the desk."""
