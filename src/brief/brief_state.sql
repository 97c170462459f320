-- Up to which day the database reaches, a version of the rules that analysed it (the greatest by text, should there be several), and from which day.
SELECT (SELECT max(published) FROM article WHERE published IS NOT NULL), (SELECT max(rules) FROM analysis), (SELECT min(published) FROM article WHERE published IS NOT NULL)
