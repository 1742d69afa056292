#!/usr/bin/env python3
"""The tables of the care forms as they are published, against the tables of law/: the 23 items, the rows and scales of 課題整理総括表,
the results of 評価表, the nine examples of 軽微な変更, the numbers of monitoring. Usage: law_tables.py ROOT"""
import pathlib, sys

LAW = pathlib.Path(sys.argv[1]) / "law"
bad = []


def table(name):
    lines = [x.split("\t") for x in (LAW / name).read_text().splitlines() if x and not x.startswith("#")]
    head = lines[0]
    return [dict(zip(head, x)) for x in lines[1:]]


def same(what, got, want):
    for i, (g, w) in enumerate(zip(got, want)):
        if g != w:
            bad.append(f"{what}, line {i + 1}: {g}, published: {w}")
    if len(got) != len(want):
        bad.append(f"{what}: {len(got)} lines, published: {len(want)}")


# 課題分析標準項目 (令和5年10月16日 老認発1016第1号): 23 in this order
ITEMS = """基本情報（受付、利用者等基本情報）|これまでの生活と現在の状況|利用者の社会保障制度の利用情報|現在利用している支援や社会資源の状況|日常生活自立度（障害）|日常生活自立度（認知症）|主訴・意向
認定情報|今回のアセスメントの理由|健康状態|ADL|IADL|認知機能や判断能力|コミュニケーションにおける理解と表出の状況|生活リズム|排泄の状況|清潔の保持に関する状況|口腔内の状況|食事摂取の状況|社会との関わり|家族等の状況|居住環境
その他留意すべき事項・状況"""
same("23 items", [(int(r["no"]), r["label"]) for r in table("assess_items.tsv") if not r["part"]], list(enumerate(ITEMS.replace("\n", "|").split("|"), 1)))

# 課題整理総括表 (平成26年の手引き): rows and their two scales
P = "室内移動 屋外移動 食事摂取 調理 排泄動作 口腔ケア 服薬 入浴 更衣 掃除 洗濯 整理・物品の管理 金銭管理 買物".split()
ROWS = ("室内移動|屋外移動|食事内容|食事摂取|調理|排尿・排便|排泄動作|口腔衛生|口腔ケア|服薬|入浴|更衣|掃除|洗濯|整理・物品の管理|金銭管理|買物|コミュニケーション能力|認知|社会との関わり|褥瘡・皮膚の問題|"
        "行動・心理症状（BPSD）|介護力（家族関係含む）|居住環境").split("|")
same("課題整理総括表", [(r["label"], r["scale"]) for r in table("issue_rows.tsv") if r["label"]][:len(ROWS)], [(x, "assess_scale_p" if x in P else "assess_scale_s") for x in ROWS])

codes = {}
for r in table("codes.tsv"):
    codes.setdefault(r["list"], []).append((r["code"], r["label"]))
same("評価表", [(c, x.split()[0]) for c, x in codes["eval_result"]], [("A1", "◎"), ("A2", "○"), ("B", "△"), ("C1", "×1"), ("C2", "×2")])
same("軽微な変更", [c for c, _ in codes["plan_minor"]], "minor_day minor_count minor_address minor_office_name minor_goal_ext minor_equip minor_office minor_content minor_cm".split())
same("モニタリング: 実施", [x for _, x in codes["mon_executed"]], ["実施", "一部", "未実施"])
same("モニタリング: 達成度", [x for _, x in codes["mon_status"]], ["達成", "改善", "維持", "悪化", "評価できず"])
same("モニタリング: 計画変更", [x for _, x in codes["mon_plan_change"]], ["不要", "軽微な変更", "変更（一連の手続）"])
print("\n".join(bad) or "the tables are as published")
sys.exit(1 if bad else 0)
