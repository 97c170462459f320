#include "out/pdf/intent.h"

#include <lcms2.h>
#include <string.h>

enum {
    STEPS = 256, /* of the curve: exact for the 8-bit colours that a page has */
    DATE = 24,
    DATE_LENGTH = 12, /* where the header has the time of making, as six 16-bit numbers (ICC.1 7.2.8) */
};

/* IEC 61966-2-1: the curve, the primaries of ITU-R BT.709, D65. */
static cmsHPROFILE srgb(void)
{
    static const cmsFloat64Number formula[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    static const cmsCIExyY white = {0.3127, 0.3290, 1};
    static const cmsCIExyYTRIPLE primaries = {{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}};
    cmsToneCurve *exact = cmsBuildParametricToneCurve(NULL, 4, formula);
    cmsUInt16Number steps[STEPS];
    for (int i = 0; exact && i < STEPS; i++)
        steps[i] = cmsEvalToneCurve16(exact, (cmsUInt16Number)(i * 257));
    cmsToneCurve *curve = exact ? cmsBuildTabulatedToneCurve16(NULL, STEPS, steps) : NULL;
    cmsHPROFILE profile =
        curve ? cmsCreateRGBProfile(&white, &primaries, (cmsToneCurve *[]){curve, curve, curve}) : NULL;
    cmsFreeToneCurve(curve);
    cmsFreeToneCurve(exact);
    return profile;
}

static bool put_text(cmsHPROFILE profile, cmsTagSignature tag, const char *text)
{
    cmsMLU *mlu = cmsMLUalloc(NULL, 1);
    bool ok = mlu && cmsMLUsetASCII(mlu, "en", "US", text) && cmsWriteTag(profile, tag, mlu);
    cmsMLUfree(mlu);
    return ok;
}

bool pdf_intent(struct buf *out, struct err *err)
{
    cmsHPROFILE profile = srgb();
    cmsUInt32Number size = 0;
    bool ok = profile != NULL;
    if (ok)
        cmsSetProfileVersion(profile, 2.1);
    ok = ok && put_text(profile, cmsSigProfileDescriptionTag, "sRGB IEC61966-2.1") &&
         put_text(profile, cmsSigCopyrightTag, "No rights reserved") && cmsSaveProfileToMem(profile, NULL, &size);
    char *room = buf_room(out, size);
    ok = ok && cmsSaveProfileToMem(profile, room, &size);
    if (ok) {
        static const char date[DATE_LENGTH] = {0x07, (char)0xCF, 0, 10, 0, 18}; /* of the standard: October 18, 1999 */
        memcpy(room + DATE, date, sizeof date);
        out->n += size;
        out->p[out->n] = 0;
    }
    if (profile)
        cmsCloseProfile(profile);
    return ok || err_set(err, ERR_INTERNAL, "PDF writer: no colour profile");
}
