"""Tags that other rooms' templates include."""
