#include "layout/chart.h"
void chart_slope(struct layout *layout, const struct chart *chart)
{
    chart_bars(layout, chart);
}
