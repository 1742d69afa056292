/* MENU(path, label, RIGHT_x) — the main menu, at most 12 lines. An item is current if the page's path begins with it. */
