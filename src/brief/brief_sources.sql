-- Their articles of the month, oldest first, each once. ?1: month.
SELECT t.initiative, a.id, a.key, a.title, a.outlet, a.url, a.published, a.basis, a.lo, a.hi, a.date_evidence, a.source,
       i.key, n.is_initiative, n.score
FROM tally t
CROSS JOIN article a ON a.id = t.article
CROSS JOIN initiative i ON i.id = t.initiative
LEFT JOIN analysis n ON n.article = t.article
WHERE t.month = ?1 AND t.unit_rank = 0 AND t.category_rank = 0
ORDER BY t.initiative, a.published, a.key
