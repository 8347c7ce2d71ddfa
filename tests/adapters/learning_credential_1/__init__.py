"""EU learning credentials: reading, writing, and what each claim means."""
