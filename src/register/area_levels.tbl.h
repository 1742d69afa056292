/* Levels of areas: AREA_LEVEL(code, label, slot of the person — enum area_slot — or NONE). Codes are stored; never change one.
 * The label is the usual word; a municipality's own stands in table label under "area.<code>".
 * Source: 介護保険法117条2項1号 (日常生活圏域); community-process §3.1; F007. */
AREA_LEVEL("wide",       "広域",           NONE)
AREA_LEVEL("city",       "市区町村",       NONE)
AREA_LEVEL("block",      "ブロック",       NONE)
AREA_LEVEL("zone",       "日常生活圏域",   ZONE)
AREA_LEVEL("district",   "地区",           DISTRICT)
AREA_LEVEL("junior",     "中学校区",       JUNIOR)
AREA_LEVEL("elementary", "小学校区",       ELEMENTARY)
AREA_LEVEL("minsei",     "民生委員区",     MINSEI)
AREA_LEVEL("club",       "老人クラブの区域", NONE)
