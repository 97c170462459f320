/* Filters: {{금액|원}}, {{제목|자르기 40}}, {{순위|없으면 –}}; several are applied from left to right. */
#ifndef TEMPLATE_FILTER_H
#define TEMPLATE_FILTER_H
#include "template/value.h"

/* Applies "원|자르기 40" to a value; *text is what is printed then. NULL, or what is wrong, in the arena. */
const char *filter_apply(struct arena *arena, const struct value *value, struct str filters, struct str *text);

#endif
