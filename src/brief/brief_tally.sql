-- All that counts are made of, each month in the order of the tally's key: nothing is sorted. ?1, ?2: first and last month.
-- Rows of a further city and a further category say nothing that the others do not.
SELECT initiative, unit, category, unit_rank, category_rank, month, published, earlier
FROM tally
WHERE month BETWEEN ?1 AND ?2 AND (unit_rank = 0 OR category_rank = 0)
