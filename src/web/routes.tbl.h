/* ROUTE(METHOD, pattern, handler, RIGHT_x, body_kB, "audit.name", "ページ名") — one line per route, one block per area;
 * add your lines at the end of your block. `tsunagi serve --routes` prints the table. See docs/pages.md. */
/* web: the house's own */
/* login and account */
/* home */
/* persons */
/* consultation */
/* checklist and forms */
/* jobs */
/* settings */
