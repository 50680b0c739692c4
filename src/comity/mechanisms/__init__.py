"""Mechanisms: parties, chambers, people and offices, series of meetings, keys and membership."""
