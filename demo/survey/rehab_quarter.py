#!/usr/bin/env python3
"""Makes rehab_quarter.csv: a year of an invented town's quarterly survey on joint work with rehabilitation professionals.

Only the margins follow a published summary (61 centres, 39 with at least one yes, 81 yes answers, 57 case conferences, 107 visits,
effect 48/25/7/1, plans 38/1, 31/8, 17/5, 15/7); every single answer, name and text is invented. Which centre answered what is drawn
with a fixed seed, so the file comes out the same each time. tests/unit/test_tab_rehab.c counts it again.

Cells: option codes, several of them with "|" between; an empty cell is "left blank" where the question is shown (programme …
effect_text if did = yes, no_reason_text if did = no, plan and plan_programme always) and "not asked" elsewhere. A centre that did not
answer a round has no line for it.
usage: rehab_quarter.py > rehab_quarter.csv
"""
import csv, random, sys

rnd = random.Random(20240401)
NAMES = """さくら すみれ つばき もみじ たんぽぽ ひまわり あさがお こすもす なでしこ りんどう ききょう すいせん かえで いちょう くすのき けやき
わかば あおば みどり ひだまり こもれび そよかぜ なぎさ せせらぎ しおさい あかつき ゆうなぎ ほしぞら みかづき にじいろ あけぼの ひばり つばめ うぐいす
かわせみ めじろ しらさぎ はくちょう こまどり ほたる とんぼ れんげ くちなし すずらん あやめ はまゆう えにしだ ゆずりは ひいらぎ なんてん さざんか
びわのみ どんぐり くるみ まつぼっくり やまぶき ふきのとう つくし よもぎ しらかば ななかまど""".split()
assert len(NAMES) == len(set(NAMES)) == 61
Q = ["q1", "q2", "q3", "q4"]
YES_PER_ROUND = [17, 19, 21, 24]  # 81
EFFECT_TEXTS = ["目標がはっきりして、本人の意欲が出た。", "歩き方の助言を、訪問介護の手順に入れられた。", "住宅改修の前に見てもらえて、むだがなかった。",
                "福祉用具の選び方が変わった。", "評価の見方を学べた。ほかの利用者にも生かせている。", "サービスを終える時期を話し合えた。", "職員どうしの話し合いが増えた。",
                "家族への説明がしやすくなった。"]
NO_TEXTS = ["日々の業務が忙しく、準備の時間がとれない。", "相談できる専門職を知らない。", "センターの中の検討で足りている。", "頼み方が分からない。",
            "対象になる相談がなかった。", "日程が合わなかった。"]

def spread(total, n, most):
    """n counts of at least 1 that add up to total."""
    v = [1] * n
    while sum(v) < total:
        i = rnd.randrange(n)
        if v[i] < most:
            v[i] += 1
    return v

def pick(items, n):
    return set(rnd.sample(items, n))

centres = list(range(61))
rnd.shuffle(centres)
ever, never = sorted(centres[:39]), sorted(centres[39:])

# Which centre says yes in which round: every one of the 39 at least once, 81 in all, the rounds as given.
def draw_yes():
    left = YES_PER_ROUND[:]
    yes = {c: set() for c in ever}
    for c in rnd.sample(ever, 39):
        r = rnd.choices(range(4), weights=[max(x, 0) for x in left])[0]
        yes[c].add(r)
        left[r] -= 1
    for r in range(4):
        for c in rnd.sample([c for c in ever if r not in yes[c]], left[r]):
            yes[c].add(r)
    return yes
yes = draw_yes()
pairs = sorted((c, r) for c in ever for r in yes[c])
assert len(pairs) == 81

# Rounds not answered: eight of the 22 skip one, five of the 39 skip one in which they had no yes. Nobody is silent all year.
skipped = {(c, rnd.randrange(4)) for c in pick(never, 8)}
skipped |= {(c, rnd.choice([r for r in range(4) if r not in yes[c]])) for c in pick([c for c in ever if len(yes[c]) < 4], 5)}

used = pick(pairs, 40)
order = pairs[:]
rnd.shuffle(order)
both, conf_only, visit_only, neither = order[:14], order[14:41], order[41:70], order[70:]
conf, visit = set(both + conf_only), set(both + visit_only)
assert len(conf) == 41 and len(visit) == 43
other = set(neither) | pick(both + conf_only + visit_only, 7)  # 18
conf_n = dict(zip(sorted(conf), spread(57, 41, 4)))
visit_n = dict(zip(sorted(visit), spread(107, 43, 9)))
other_n = dict(zip(sorted(other), spread(26, 18, 5)))
effects = ["very"] * 48 + ["good"] * 25 + ["neither"] * 7 + ["none"]
rnd.shuffle(effects)
effect = dict(zip(pairs, effects))
TIMING = [("first", 34), ("return_home", 29), ("review", 41), ("regular", 22), ("other", 6)]
REASON = [("service_choice", 31), ("return_home", 27), ("independence", 52), ("difficult", 24), ("links", 19), ("other", 5)]

def ticks(table, blank):
    may = [p for p in pairs if p not in blank]
    of = {p: set() for p in pairs}
    for code, n in table:
        for p in rnd.sample(may, n):
            of[p].add(code)
    for p in may:  # nobody who answered ticked nothing: give from one who has two
        if not of[p]:
            donor = rnd.choice(sorted(q for q in may if len(of[q]) > 1))
            code = rnd.choice(sorted(of[donor]))
            of[donor].discard(code)
            of[p].add(code)
    return {p: "|".join(code for code, _ in table if code in of[p]) for p in pairs}
timing = ticks(TIMING, set())
reason = ticks(REASON, pick(pairs, 2))

# Plans: the last answer that is not blank is what counts; earlier ones may differ, later ones may be blank.
plan_no = pick(ever, 1) | pick(never, 5)
prog_no = pick(sorted(set(ever) - plan_no), 7) | (plan_no & set(ever)) | pick(never, 7)

def opinions(c, answered, no):
    v = {r: rnd.choices(["yes", "no", ""], weights=[7, 2, 1])[0] for r in answered}
    last = answered[-1] if rnd.random() < 0.85 else answered[-2]
    for r in answered:
        if r > last:
            v[r] = ""
    v[last] = "no" if c in no else "yes"
    return v

COLUMNS = ["did", "programme", "occasion", "occasion_case_conf_n", "occasion_visit_n", "occasion_other_n", "timing", "reason", "effect",
           "effect_text", "no_reason_text", "plan", "plan_programme"]
out = csv.writer(sys.stdout, lineterminator="\r\n")
out.writerow(["target", "round", "mode"] + COLUMNS)
paper = {c: rnd.choice(["mail", "fax", "paper", "file"]) for c in pick(list(range(61)), 7)}
for c in range(61):
    answered = [r for r in range(4) if (c, r) not in skipped]
    plan, prog = opinions(c, answered, plan_no), opinions(c, answered, prog_no)
    for r in answered:
        p = (c, r)
        row = dict.fromkeys(COLUMNS, "")
        row["did"] = "yes" if p in effect else "no"
        if p in effect:
            row["programme"] = "used" if p in used else "unused"
            row["occasion"] = "|".join(k for k, s in (("case_conf", conf), ("visit", visit), ("other", other)) if p in s)
            for k, n in (("case_conf", conf_n), ("visit", visit_n), ("other", other_n)):
                row[f"occasion_{k}_n"] = n.get(p, "")
            row["timing"], row["reason"], row["effect"] = timing[p], reason[p], effect[p]
            row["effect_text"] = rnd.choice(EFFECT_TEXTS) if rnd.random() < 0.3 else ""
        elif rnd.random() < 0.4:
            row["no_reason_text"] = rnd.choice(NO_TEXTS)
        row["plan"], row["plan_programme"] = plan[r], prog[r]
        mode = paper[c] if c in paper and rnd.random() < 0.7 else "web"
        out.writerow([NAMES[c] + "地域包括支援センター", Q[r], mode] + [row[k] for k in COLUMNS])
