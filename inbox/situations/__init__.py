"""Situations: what a thread or a post is going through, as no single comment can tell."""
