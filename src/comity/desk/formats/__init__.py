"""Dates as each language's readers write them."""
