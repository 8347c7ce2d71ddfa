"""The endpoints of Europass, as an integrator calls them."""
