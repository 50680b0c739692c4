"""Pages of the observed record: what public sources say, with nothing that looks signed."""
