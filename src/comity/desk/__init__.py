"""The pages where people work. It shows and asks; the ledger decides."""
