/* What an amount stands for, in Korean: the same word in the brief, the tables and `explain`. */
#include "data/data.h"

const struct role_word role_words[ROLE_WORDS] = {
    {"total", "총사업비"},    {"national", "국비"},   {"province", "시·도비"}, {"local", "시·군·구비"},
    {"private", "민간 부담"}, {"investment", "투자"}, {"support", "지원금"},   {"limit", "지원 한도"},
    {"target", "목표액"},     {"result", "실적액"},   {"other", "보도된 금액"}};

size_t role_index(struct str role)
{
    size_t i = 0;
    while (i + 1 < ROLE_WORDS && !str_equal(role, str_from(role_words[i].role)))
        i++;
    return i;
}
