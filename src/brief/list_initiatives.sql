-- All initiatives in scope (with an article published in it), by first certain day. Parameters and lists as in
-- list_articles.sql; ?4: with the smaller facts, "KIND VALUE", each once.
SELECT i.key, i.title, i.stage,
       (SELECT min(a.published) FROM initiative_article m JOIN article a ON a.id = m.article WHERE m.initiative = i.id)
           AS first,
       (SELECT max(a.published) FROM initiative_article m JOIN article a ON a.id = m.article WHERE m.initiative = i.id),
       (SELECT group_concat(v, char(31)) FROM
           (SELECT unit AS v FROM initiative_unit WHERE initiative = i.id ORDER BY rank)),
       (SELECT group_concat(v, char(31)) FROM
           (SELECT t.category AS v FROM initiative_category t LEFT JOIN category c ON c.key = t.category
            WHERE t.initiative = i.id ORDER BY c.position, t.category)),
       (SELECT group_concat(v, char(31)) FROM
           (SELECT a.key AS v FROM initiative_article m JOIN article a ON a.id = m.article
            WHERE m.initiative = i.id ORDER BY m.rank)),
       CASE WHEN ?4 THEN (SELECT group_concat(v, char(31)) FROM
           (SELECT f.kind || ' ' || f.value AS v FROM initiative_article m JOIN article a ON a.id = m.article
            JOIN finding f ON f.article = a.id
            WHERE m.initiative = i.id AND f.kind IN ('agency', 'money', 'target', 'zone')
            GROUP BY f.kind, f.value ORDER BY f.kind, min(a.published IS NULL), min(a.published), min(a.key), min(f.rank)))
       END
FROM initiative i
WHERE (?1 IS NULL OR EXISTS
          (SELECT 1 FROM initiative_article m JOIN article a ON a.id = m.article
           WHERE m.initiative = i.id AND a.published BETWEEN ?1 AND ?2))
      AND i.key >= ?3 AND i.key < ?3 || char(1114111)
ORDER BY first IS NULL, first, i.key
