-- Up to which day the database reaches, and a version of the rules that analysed it (the greatest by text, should there be several).
SELECT (SELECT max(published) FROM article WHERE published IS NOT NULL), (SELECT max(rules) FROM analysis)
