"""What the desk's pages are made of: style sheets, fonts, the base layout, component partials, and the seal. Knows no act and no rule."""
