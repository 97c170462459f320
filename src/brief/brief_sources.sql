-- Their articles of the month, each once, those of an initiative together (a main unit and first category are one). The
-- order is the tally's own, so that nothing is sorted. ?1: month.
SELECT t.initiative, a.id, a.key, a.title, a.outlet, a.url, a.published, a.basis, a.lo, a.hi, a.date_evidence, a.source,
       i.key, n.is_initiative, coalesce((SELECT value = 'yes' FROM correction WHERE article = a.id AND field = 'initiative'), n.score)
FROM tally t
CROSS JOIN article a ON a.id = t.article
CROSS JOIN initiative i ON i.id = t.initiative
LEFT JOIN analysis n ON n.article = t.article
WHERE t.month = ?1 AND t.unit_rank = 0 AND t.category_rank = 0
ORDER BY t.unit, t.category, t.unit_rank, t.category_rank, t.initiative, t.article
