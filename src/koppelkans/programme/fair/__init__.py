"""Who saves what by opening a street together: the fair split of each bundle. (nl: eerlijk delen)."""
