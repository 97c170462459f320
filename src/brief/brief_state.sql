-- Up to which day the database reaches, and the newest rules in it.
SELECT (SELECT max(published) FROM article WHERE published IS NOT NULL), (SELECT max(rules) FROM analysis)
