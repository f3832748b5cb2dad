"""KeepingCalls: the part of the desk's protocol about what it keeps no longer: forget what is old, forget a person."""

from typing import Protocol

from inbox.answers import Erasure


class KeepingCalls(Protocol):
    """A part of `inbox.desk.Desk`."""

    async def erase(self, author: str) -> Erasure:
        """Forget a person for good: their id, handle, or a display name that only they have.

        Raises:
            StoreError: nobody or several are called so; or it is not finished, and goes on at the next start.
        """

    async def forget(self, days: dict[str, int]) -> dict[str, int]:
        """Forget, now and in every file, what is older than a rule of retention keeps it; the rule holds from now on.

        Args:
            days: for how many days comments are kept, by source; "" for every other one, 0 for ever.

        Returns:
            How many comments of each source are gone.

        Raises:
            StoreError: it is not done, or not finished: the next start goes on with it.
        """
