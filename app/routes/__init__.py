"""Every route by noun; `sides` joins them."""
