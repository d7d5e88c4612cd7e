"""The browser that visits pages for plugins: a pool of visits, each behind a door of its own."""
