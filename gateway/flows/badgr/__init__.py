"""Applications that know no OAuth: passwords that people make for them, and what they get for one."""
