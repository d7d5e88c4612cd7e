"""What the window knows and shows of playing on other screens, shared by all pages."""
