#ifndef TEMPLATE_HANJA_H
#define TEMPLATE_HANJA_H
#include <stdbool.h>

/* How the last syllable of a word ends: what decides between 은 and 는. */
enum final_sound { FINAL_UNKNOWN, FINAL_NONE, FINAL_RIEUL, FINAL_OTHER };

/* Of the reading of an ideograph, given as its three bytes of UTF-8. FINAL_UNKNOWN for one outside KS X 1001. */
enum final_sound hanja_final(const char *ideograph);

#endif
