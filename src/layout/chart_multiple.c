#include "layout/chart.h"
void chart_multiple(struct layout *layout, const struct chart *chart)
{
    chart_bars(layout, chart);
}
