"""Django's cache in Redis, without which every page is still answered."""

from functools import cache
from typing import Any

import msgspec
from django.core.cache.backends import redis as django_redis
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from tracker.outages import Outage

_READING, _WRITING = "The Redis of CACHE_URL", "Writing to the Redis of CACHE_URL"
_WITHOUT = "Answers are made anew each time"


class Serializer:
    """Plain data as MessagePack: Django's own way would run what others wrote into the Redis."""

    def dumps(self, value: bytes) -> bytes:
        return msgspec.msgpack.encode(value)

    def loads(self, data: bytes) -> bytes:
        return msgspec.msgpack.decode(data)


class RedisCache(django_redis.RedisCache):
    """A Redis that is away, slow, full or holds what cannot be read is one that has nothing.

    That goes for `get` and `set`; tuples come back as lists.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        # By itself redis-py tries three times and sleeps in between.
        options = {"serializer": Serializer, "retry": Retry(NoBackoff(), 0)}
        params = params | {"OPTIONS": options | params.get("OPTIONS", {})}
        super().__init__(server, params)
        servers: list[str] = self._servers  # type: ignore[attr-defined] # the stubs lack it
        self._reading, self._writing = _outages(tuple(servers))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        if not self._reading.may_ask():
            return default
        try:
            found = super().get(key, default, version)
        except msgspec.MsgspecError:
            return default
        except (RedisError, OSError) as error:
            self._reading.begin(error)
            return default
        self._reading.end()
        return found

    def set(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        # A full one still gives what it has, so that is an outage of its own.
        if self._reading.lasts or not self._writing.may_ask():
            return
        try:
            super().set(key, value, timeout, version)
        except (RedisError, OSError) as error:
            self._writing.begin(error)
        else:
            self._writing.end()


@cache
def _outages(servers: tuple[str, ...]) -> tuple[Outage, Outage]:
    """Threads have each a cache of their own, and share these."""
    return Outage(_READING, _WITHOUT), Outage(_WRITING, _WITHOUT)
