"""From which network a request comes: what is counted where nobody is signed in.

Whoever has one IPv6 address has a whole /64 of them (RFC 6177), so these count together. An IPv4
address counts by itself, also where it comes wrapped in an IPv6 one.
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# For everything that is no address. Only somebody whose proxy says such things lands here.
UNKNOWN = "unknown"

# One IPv4 address is wrapped in the last four bytes of these (RFC 6052, RFC 4291).
_WRAPPED = (IPv6Network("64:ff9b::/96"), IPv6Network("::ffff:0:0:0/96"))
_LONGEST = 100


def network_of(address: str | None, port: str = "") -> str:
    """Return the name of the network of a client's address, in one way however it is written.

    Takes what servers and proxies make of addresses: brackets, ports, zones ("fe80::1%eth0"),
    quotes. Returns `UNKNOWN` for what is none.
    """
    address = address or ""
    if "." in port:
        # Waitress takes what a proxy says of "::ffff:203.0.113.7" for the port 203.0.113.7 of "::ffff".
        address = f"{address}:{port}"
    found = _parsed(address[:_LONGEST].strip().strip('"'))
    if found is None:
        return UNKNOWN
    if isinstance(found, IPv6Address):
        found = _unwrapped(found)
    if isinstance(found, IPv4Address):
        return str(found)
    return str(IPv6Network((found.packed[:8] + bytes(8), 64)))


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None


def _unwrapped(found: IPv6Address) -> IPv4Address | IPv6Address:
    inner = found.ipv4_mapped or found.sixtofour
    if inner is None and any(found in network for network in _WRAPPED):
        inner = IPv4Address(found.packed[12:])
    return inner or found
