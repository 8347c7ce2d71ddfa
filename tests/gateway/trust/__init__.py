"""Trust: is this what it claims to be?"""
