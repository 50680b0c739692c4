"""Tags of the press desk."""
