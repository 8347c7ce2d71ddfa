"""Where ports meet their edges, one module an area; `whole` has all of them, `issuing` what a conversion needs."""
