"""The terminal: Textual app, screens, widgets, keymap, themes, messages in French and English, and the command line."""
