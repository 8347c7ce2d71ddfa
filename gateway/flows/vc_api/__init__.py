"""VC-API, now called VCALM: credentials and presentations as the W3C's lifecycle interface handles them."""
