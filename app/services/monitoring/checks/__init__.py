"""How each part of the station is looked at: one module a part, told in phrases."""
