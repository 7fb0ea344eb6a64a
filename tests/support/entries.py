"""What the bytes of an entry say, apart from what only identifies."""

import re
from collections.abc import Iterable

from ledger.models import Entry

# Identifiers, digests and salts are hexadecimal, an instant has its microseconds: any short word of digits turns up in
# one of them by chance, in one run of twenty.
NOISE = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    rb"|[0-9a-f]{32,}"
    rb"|(?<=:[0-9]{2})\.[0-9]+(?=Z)"
)


def said(*entries: Entry | Iterable[Entry]) -> bytes:
    """The bytes of the entries without identifiers, digests and fractions of a second."""
    several = [one for given in entries for one in ([given] if isinstance(given, Entry) else given)]
    return b"\n".join(NOISE.sub(b"", bytes(one.bytes)) for one in several)
