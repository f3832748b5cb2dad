"""Evidence: what a comment said, kept so that a third party can tell whether it was changed since."""
