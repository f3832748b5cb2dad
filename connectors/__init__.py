"""The platforms: one public module a platform; everything with an underscore is shared ground."""
