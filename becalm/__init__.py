"""The public face of becalm: the names that a connector's author needs, and nothing else."""
