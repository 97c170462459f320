-- Their categories. ?1: month.
SELECT initiative, category FROM initiative_category
WHERE initiative IN (SELECT initiative FROM tally WHERE month = ?1) ORDER BY initiative, rank
