"""The engine process: a second Python that computes, asked for functions by their dotted names.

`client` is the asking side (light: asyncio and msgspec), `host` the answering side. Between them run frames
of MessagePack (`frames`), each one message of `messages`.
"""
