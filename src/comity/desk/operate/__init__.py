"""The operator's pages: peers, refused input, the demonstration."""
