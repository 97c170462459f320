-- Cities and categories of those articles, in the order of brief_sources.sql. ?1: month.
SELECT a.id, f.kind, f.value
FROM tally t
CROSS JOIN article a ON a.id = t.article
CROSS JOIN finding f ON f.article = t.article
WHERE t.month = ?1 AND t.unit_rank = 0 AND t.category_rank = 0 AND f.kind IN ('city', 'category')
ORDER BY t.initiative, a.published, a.key, f.seq
