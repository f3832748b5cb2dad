"""Screens: one a file; each takes keys in order and asks the desk."""
