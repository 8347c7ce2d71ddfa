"""What the endpoints of Europass do, apart from HTTP."""
