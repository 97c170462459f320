-- Articles that report an initiative, but on no certain day. Columns as in brief_sources.sql.
SELECT 0, a.id, a.key, a.title, a.outlet, a.url, a.published, a.basis, a.lo, a.hi, a.date_evidence, a.source,
       i.key, n.is_initiative, coalesce((SELECT value = 'yes' FROM correction WHERE article = a.id AND field = 'initiative'), n.score)
FROM article a INDEXED BY article_undated
CROSS JOIN analysis n ON n.article = a.id AND n.is_initiative
LEFT JOIN initiative_article m ON m.article = a.id
LEFT JOIN initiative i ON i.id = m.initiative
WHERE a.published IS NULL
ORDER BY a.key
