-- Version 8 of the schema: which undated articles may belong to a period is told by the index alone, without reading the
-- rows of those that cannot (77,000 of a million real ones).
DROP INDEX article_undated;
CREATE INDEX article_undated ON article (key, lo, hi) WHERE published IS NULL;
