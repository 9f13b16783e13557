"""Streets and their sections: from a street layer, from road parts, or from the networks. (nl: straten en wegvakken)."""
