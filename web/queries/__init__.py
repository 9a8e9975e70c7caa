"""What the pages show, read from the database: one module a page's subject. Nothing here writes."""
