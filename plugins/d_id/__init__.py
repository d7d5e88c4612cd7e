"""A portrait, or a presenter of D-ID, who says your text."""
