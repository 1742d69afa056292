#include "region/start.h"

#include "region/dispatch_own.h"
#include "register/bin.h"

void region_start(void) { bin_on_follow("dispatch", dispatch_follow_bin); }
