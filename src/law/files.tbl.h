/* The files of law/. LAW_FILE(name, title, import, group, key, head)
 * import: 1 = a newer table may be read in before the next release; 0 = forms and records lean on it, it comes with the program.
 * group: columns that name a thing which must not vanish from a newer table (from 0, one bit each); 0 = rows may go.
 * key: columns that tell two rows of the file apart. */
LAW_FILE("duties.tsv",    "義務の表",       1, 0x1, 0x3,
	"rule\tversion\ttitle\tsubject\tapplies\tstrength\tkind\tparams\tevidence\texceptions\tconsequence\tmend\tapply_by\tvalid_from\tvalid_to\tsource\tconfidence")
LAW_FILE("params.tsv",    "保険者が決める値の表", 1, 0x1, 0x1, "key\ttype\tdefault\tlower\tupper\tunit\tmeaning\tsource\tconfidence")
LAW_FILE("numbers.tsv",   "数の表",         1, 0x1, 0x11, "id\tvalue\tunit\tmeaning\tvalid_from\tvalid_to\tsource\tconfidence")
LAW_FILE("holidays.tsv",  "祝日の表",       1, 0x0, 0x1, "day\tname\tsource\tconfidence")
LAW_FILE("decisions.tsv", "判定の表",       1, 0x3, 0x43, "table\tid\tcondition\toutcome\treason\thandin\tvalid_from\tvalid_to\tsource\tconfidence")
LAW_FILE("codes.tsv",     "選択肢の一覧",   1, 0x3, 0xb, "list\tcode\tlabel\tvalid_from\tvalid_to\tsource\tconfidence")
LAW_FILE("names.tsv",     "表と項目の呼び名", 1, 0x0, 0x3, "kind\tkey\tlabel")
LAW_FILE("assess_items.tsv", "課題分析標準項目", 0, 0x0, 0x7,
	"code\tno\tpart\tlabel\tkind\ticf\tclass\tarea\told\tvalid_from\tvalid_to\tsource\tconfidence")
LAW_FILE("issue_rows.tsv", "課題整理総括表の行", 0, 0x0, 0x1, "code\tno\tgroup\tlabel\tscale\tfrom\tvalid_from\tvalid_to\tsource\tconfidence")
