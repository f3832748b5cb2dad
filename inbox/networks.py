"""Networks by name, two-letter code and label: what narrow lists show and queries accept."""

NETWORKS = {
    "facebook": ("fb", "Facebook"),
    "instagram": ("ig", "Instagram"),
    "threads": ("th", "Threads"),
    "youtube": ("yt", "YouTube"),
    "x": ("x", "X"),
    "mastodon": ("ma", "Mastodon"),
    "bluesky": ("bs", "Bluesky"),
    "reddit": ("rd", "Reddit"),
    "discourse": ("dc", "Discourse"),
    "wordpress": ("wp", "WordPress"),
    "rehearsal": ("re", "Rehearsal"),
}
"""name: (code, label)."""

_NAMES = {code: name for name, (code, _) in NETWORKS.items()}


def code_of(network: str) -> str:
    """Return the two-letter code of a network; a stranger's are its first two letters."""
    known = NETWORKS.get(network)
    return known[0] if known else network[:2]


def label_of(network: str) -> str:
    """Return the network's own name, for people."""
    known = NETWORKS.get(network)
    return known[1] if known else network


def name_of(code: str) -> str:
    """Return the network a code stands for, or the word itself."""
    return _NAMES.get(code, code)
