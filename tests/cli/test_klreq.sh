# Each rule of src/layout/RULES.md that is called kept has a test that bears its number, and each such test has a rule.
. "$(dirname "$0")/lib.sh"
expect "the rules for setting Korean and their tests agree" 0 "^[0-9]+ kept, " tests/klreq --names
sed 's/^| 12 |/| 99 |/' src/layout/RULES.md > "$SCRATCH/RULES.md"
export RULES=$SCRATCH/RULES.md
expect "a rule without a test is seen" 1 "rule 99 is called kept, and is untested" tests/klreq --names
expect "a test without a rule is seen" 1 "tests bear the number 12, which is no rule" tests/klreq --names
sed 's/^| 12 |.*/| 12 | No break | nowhere | not yet |/' src/layout/RULES.md > "$RULES"
expect "a rule that is better than it says is seen" 1 "rule 12 is called not yet, and has tests that pass" tests/klreq --names
finish
