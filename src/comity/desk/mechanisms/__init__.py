"""Mechanisms on the desk."""
