-- All counts of thirteen months in one pass, in the order of the tally's key: no sorting, no DISTINCT (schema.sql says why
-- the sums are distinct counts). ?1, ?2: first and last month; ?3: first month of the twelve.
SELECT month, unit, category, unit_rank, category_rank,
       sum(first_of_month),
       sum(first_of_month AND month >= ?3 AND earlier < ?3),
       count(*)
FROM tally
WHERE month BETWEEN ?1 AND ?2
GROUP BY month, unit, category, unit_rank, category_rank
