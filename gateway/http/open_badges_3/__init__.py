"""Open Badges 3.0, the API: what a person holds and who they are, for applications that they authorised.

Source: Open Badges 3.0 section 6 ("Open Badges API").
"""
