"""Five platforms under a flood, one module each, on real HTTP: arrivals by the clock, limits, edits and lost answers."""
