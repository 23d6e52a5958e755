"""Connections that keep to a time limit as a whole, and to public addresses where they must.

The time limits of sockets hold for a single read, so that a server which sends a byte now and then
is never late. And a name may resolve to any address, so that only the one that was connected to
tells where a page leads.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from contextlib import suppress

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError
from urllib3.response import HTTPResponse


class NonPublicAddressError(NewConnectionError):
    """The host's address is in a private network, on this machine, or otherwise not public."""


class TimelyConnection(HTTPConnection):
    """A connection that is cut when its time limit is over, wherever the answer then is.

    `guard` is what cuts it; whoever has read the answer cancels it.
    """

    guard: threading.Timer

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3 does the same
        """Wait for the answer's headers."""
        self.guard = threading.Timer(self.timeout or 0, _cut, [self.sock])
        self.guard.daemon = True
        self.guard.start()
        try:
            return super().getresponse()
        except BaseException:
            self.guard.cancel()
            raise


class _TimelyTLSConnection(TimelyConnection, HTTPSConnection):
    pass


class _PublicConnection(TimelyConnection):
    def _new_conn(self) -> socket.socket:
        sock = super()._new_conn()
        host = sock.getpeername()[0].partition("%")[0]
        address = ipaddress.ip_address(host)
        if not (getattr(address, "ipv4_mapped", None) or address).is_global:
            sock.close()
            raise NonPublicAddressError(self, f"{host} is a non-public address")
        return sock


class _PublicTLSConnection(_PublicConnection, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = TimelyConnection


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _TimelyTLSConnection


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicTLSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicTLSConnection


def connections(*, public_only: bool) -> PoolManager:
    """Return a pool of connections; with `public_only`, of none that is to a non-public address."""
    pool = PoolManager(num_pools=50)
    pool.pool_classes_by_scheme = (
        {"http": _PublicPool, "https": _PublicTLSPool} if public_only else {"http": _Pool, "https": _TLSPool}
    )
    return pool


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):  # it has ended by itself
        sock.shutdown(socket.SHUT_RDWR)
