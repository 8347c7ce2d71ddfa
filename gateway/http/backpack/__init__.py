"""``/backpack``: the badges that a person holds, for the person; HTML without scripts, in English and French."""
