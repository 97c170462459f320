-- The period's articles of initiatives, each once (a main unit and first category are one). The order is the tally's own, so
-- that nothing is sorted ("+": a column known to be constant would spoil that). ?1, ?2: first and last month; ?3, ?4: first and last day.
SELECT t.initiative, a.id, a.key, a.title, a.outlet, a.url, a.published, a.basis, a.lo, a.hi, a.date_evidence, a.source,
       i.key, n.is_initiative, coalesce((SELECT value = 'yes' FROM correction WHERE article = a.id AND field = 'initiative'), n.score),
       EXISTS (SELECT 1 FROM correction WHERE article = a.id AND field <> 'note'), i.title, i.stage
FROM tally t
CROSS JOIN article a ON a.id = t.article
CROSS JOIN initiative i ON i.id = t.initiative
LEFT JOIN analysis n ON n.article = t.article
WHERE t.month BETWEEN ?1 AND ?2 AND t.published BETWEEN ?3 AND ?4 AND +t.unit_rank = 0 AND +t.category_rank = 0
ORDER BY t.month, t.unit, t.category, t.unit_rank, t.category_rank, t.initiative, t.article
