"""One joint record that no side owns."""
