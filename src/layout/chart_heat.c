#include "layout/chart.h"
void chart_heat(struct layout *layout, const struct chart *chart)
{
    chart_bars(layout, chart);
}
