"""Widgets: one a file; each paints lines of styled cells and never markup."""
