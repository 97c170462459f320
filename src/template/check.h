/* Looking for mistakes where a rendering with the sample does not come: the inside of template_check. */
#ifndef TEMPLATE_CHECK_H
#define TEMPLATE_CHECK_H
#include "template/build.h"

/* Cards and charts of all branches: check_fence.c. */
struct fence_check {
    struct source source; /* the lines since the fence began, with placeholders for values */
    struct build build;   /* of that source */
    struct str info;
    size_t ticks; /* of the fence that is open, 0: none */
    size_t from;  /* where the line begins in the source's text */
    bool mixed;   /* a section begins or ends in the line */
};

/* What a walk of all branches (mustache.h) comes by. Mistakes go to the list of the source. */
void fence_check_text(struct fence_check *fence, struct str text, const char *file, size_t line);
void fence_check_value(struct fence_check *fence, struct str value, const char *file, size_t line);
void fence_check_branch(struct fence_check *fence); /* a section begins or ends */
void fence_check_free(struct fence_check *fence);

#endif
