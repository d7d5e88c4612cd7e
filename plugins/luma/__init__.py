"""Short films made by Ray, of Luma."""
