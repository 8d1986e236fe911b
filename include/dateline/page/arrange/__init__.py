"""From roles to articles: copies and other posts left out, layers, kind of page, parts."""
