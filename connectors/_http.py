"""The one httpx client: time-outs, limits, redirects, and every foreign error turned into ours."""

from typing import Any

import httpx


class Http:
    """The client that every connector speaks through."""

    def __init__(self, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """Prepare the client; opens no connection."""
        self._client = httpx.AsyncClient(transport=transport)

    async def request(self, method: str, url: str, **kwargs: Any) -> httpx.Response:
        """Send one request."""
        return await self._client.request(method, url, **kwargs)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._client.aclose()
