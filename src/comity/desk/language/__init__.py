"""Agreed language, the terminology register, laws side by side, and joint texts on paper."""
