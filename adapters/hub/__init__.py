"""Where all formats meet; knows none of them."""
