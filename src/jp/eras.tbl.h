/* ERA(letter, short kanji, name, ligature code point, first day: year, month, day) — in order of time.
 * An era ends on the day before the next one begins. Sources: 行政官布告 明治元年 (明治 reckoned from the first day of
 * its first lunar year, 1868-01-25), 大正改元詔書 (1912-07-30), 昭和改元詔書 (1926-12-25), 元号を改める政令
 * (昭和64年政令1号; 平成31年政令143号). A new era is a new line here and nothing else. */
ERA('M', "明", "明治", 0x337E, 1868, 1, 25)
ERA('T', "大", "大正", 0x337D, 1912, 7, 30)
ERA('S', "昭", "昭和", 0x337C, 1926, 12, 25)
ERA('H', "平", "平成", 0x337B, 1989, 1, 8)
ERA('R', "令", "令和", 0x32FF, 2019, 5, 1)
