-- Cities and categories of those articles, in the order of brief_sources.sql. ?1: month.
SELECT f.article, f.kind, f.value
FROM tally t
CROSS JOIN finding f ON f.article = t.article
WHERE t.month = ?1 AND t.unit_rank = 0 AND t.category_rank = 0 AND f.kind IN ('city', 'category')
ORDER BY t.unit, t.category, t.unit_rank, t.category_rank, t.initiative, t.article, f.seq
