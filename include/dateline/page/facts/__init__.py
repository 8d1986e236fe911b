"""Facts about an article: title, authors, outlet, language, section, dateline, agency."""
