"""Reading the city folder: from files to rows with our columns, and every fault told. (nl: lezen)."""
