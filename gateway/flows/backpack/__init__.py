"""What people do with the badges they hold: list, look, convert, hand out, remove."""
