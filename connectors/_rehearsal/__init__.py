"""The rehearsal's own rooms: the story, its clock, its endless variations, and the platform it is played on."""
