#include "web/res_html.h"
#include <stdbool.h>
struct golden_row { const char *name; bool on; civil day; };
struct golden { const char *title, *pid, *path; const struct golden_row *rows; size_t n_rows; struct html_safe svg; };
