"""Measurements: what the README claims, measured on the machine it runs on."""
