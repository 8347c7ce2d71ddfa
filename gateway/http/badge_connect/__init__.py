"""Open Badges 2.1, Badge Connect: the manifest, what a person holds, and the person's profile.

Source: https://www.imsglobal.org/spec/ob/v2p1/ and 1EdTech's OpenAPI ``imsob_v2p1.json``.
"""
