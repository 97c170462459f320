/* Names of languages: "ko", "en", "zh-Hant" (BCP 47). */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H
#include "base/str.h"

/* Whether it is a well-formed tag that begins with a language's code: "jp", "english" and "en_US" are none. */
bool language_is_known(struct str tag);

/* Korean, or not said: what the program itself adds is then in Korean, else in English. */
bool language_is_korean(struct str tag);

/* A message about one that is none; takes STR_ARG. */
#define LANGUAGE_UNKNOWN STR_FMT " names no language; one is en, ja or zh-Hant (BCP 47)"

#endif
