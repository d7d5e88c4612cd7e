"""Short films made by the Gen models of Runway."""
