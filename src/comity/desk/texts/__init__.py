"""Joint texts on the desk."""
