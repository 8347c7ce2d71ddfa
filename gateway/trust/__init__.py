"""Is this what it claims to be?"""
