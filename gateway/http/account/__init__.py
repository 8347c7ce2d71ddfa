"""The pages of people who own badges: sign-in, addresses, sessions; HTML without scripts, in English and French."""
