"""One module a command; each has ``async def run(arguments, settings) -> int`` and is imported only when called."""
