"""Padding to steps, so that a sealed length says little about what is inside."""

_LENGTH_BYTES = 4
_STEPS = (64, 256, 1024, 4096)


def pad(plain: bytes) -> bytes:
    """Length (4 bytes), the text, zero bytes up to 64, 256, 1024, 4096 or a multiple of 4096."""
    needed = _LENGTH_BYTES + len(plain)
    size = next((step for step in _STEPS if needed <= step), -(-needed // _STEPS[-1]) * _STEPS[-1])
    return len(plain).to_bytes(_LENGTH_BYTES, "big") + plain + bytes(size - needed)


def unpad(padded: bytes) -> bytes:
    """The text inside. Raises ValueError when the length does not fit."""
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    if len(padded) < _LENGTH_BYTES or length > len(padded) - _LENGTH_BYTES:
        raise ValueError("padding")
    return padded[_LENGTH_BYTES : _LENGTH_BYTES + length]
