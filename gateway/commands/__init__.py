"""One module a command; each has ``run(arguments, settings) -> int`` and is imported only when it is called."""
