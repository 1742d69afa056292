/* region/start — tells the rooms below what region/ needs from them; once per process, before the first request (main, tests). */
#ifndef TSU_REGION_START_H
#define TSU_REGION_START_H

void region_start(void);

#endif
