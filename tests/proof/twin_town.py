"""The town of the twin worlds: an account for every role, a person for every organisation and relation, a row in every
table of the record; and what world B holds more. The oracle below reads policy.tbl.h by itself: who may see what is worked
out here once more, not asked of the program."""
import hashlib, json, re

from house import *

CLASSES = {m[0]: int(m[1]) for m in re.findall(r"^CLASS\((\w+),\s*(\d+)", (ROOT / "src/base/classes.tbl.h").read_text(), re.M)}
ROLES = {m[2]: (m[0], m[3]) for m in re.findall(r'^ROLE\((\w+),\s*(\d+), "(\w+)",\s*(\w+)', (ROOT / "src/access/roles.tbl.h").read_text(), re.M)}
ROLE_CLASS = {m[0]: int(m[1]) for m in re.findall(r"^ROLE_CLASS\((\w+),\s*(\d+)", (ROOT / "src/access/role_classes.tbl.h").read_text(), re.M)}
RELATIONS = {m[0]: (int(m[1]), m[2]) for m in re.findall(r"^RELATION\((\w+),\s*(\d+),\s*'(\w)'", (ROOT / "src/access/relations.tbl.h").read_text(), re.M)}
SEE = {(m[0], m[1]): m[2] for m in re.findall(r'^POLICY\((\w+),\s*(\w+),\s*"(\w*)"', (ROOT / "src/access/policy.tbl.h").read_text(), re.M)}
ALL = sum(CLASSES.values())
ORG_OF = {"CENTRE": "centre", "CLERK": "centre", "BRANCH": "branch", "CM": "cm", "PROVIDER": "provider", "REHAB": "rehab", "HOSPITAL": "hospital",
          "DISABILITY": "disability", "INSURER": "town", "ADMIN": None}
KIND_OF = {"centre": "centre", "branch": "branch", "cm": "cm_office", "provider": "provider", "rehab": "body", "hospital": "hospital", "disability": "disability_office",
           "town": "insurer", "far": "centre"}
SCAN = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"  # what every attached file holds
SCAN_SHA = hashlib.sha256(SCAN).hexdigest()
DAY, TODAY = "2024-04-01", "2026-11-20"


class Actor:
    def __init__(self, login, role, org, account, staff):
        self.login, self.role, self.org, self.account, self.staff = login, role, org, account, staff
        self.name, self.cls = ROLES[role]

    def sees(self, db, person_id):
        """Mask of the classes of this person that the actor may see."""
        mask = 0
        for g in db.execute("SELECT g.* FROM access_grant g JOIN person p ON p.cluster_id = g.cluster_id WHERE p.id = ? AND g.org_id = ? AND g.from_on <= ? AND g.to_on >= ? "
                            "AND g.account_id IN (0, ?)", (person_id, self.org or -1, TODAY, TODAY, self.account)):
            if not g["role_classes"] & ROLE_CLASS[self.cls]:
                continue
            letter = next(l for bit, l in RELATIONS.values() if bit == g["relation"])
            for name, bit in CLASSES.items():
                if g["classes"] & bit and letter in SEE.get((self.name, name), "") and not (name == "RIGHTS" and g["account_id"] == 0):
                    mask |= bit
        return mask if mask & CLASSES["NAMECARD"] else 0


def person(db, org, name, kana, n, area=None, **more):
    p = insert(db, "person", cluster_id=0, name=name, kana=kana, name_fold=name.replace(" ", ""), kana_fold=kana.replace(" ", ""), sex=str(1 + n % 2), birth_on=f"{1930 + n % 25}-0{1 + n % 9}-1{n % 10}",
               home_address=f"青葉市緑町{n}番", phone=f"04{n:08}", own_org_id=org, area_id=area, is_area_manual=1, **more)
    db.execute("UPDATE person SET cluster_id = id WHERE id = ?", (p,))
    for kind, text in ((1, name), (1, kana), (3, f"04{n:08}"), (4, f"{n:010}")):
        text = text.replace(" ", "")
        for i in range(len(text) if kind == 1 else 1):
            insert(db, "person_key", person_id=p, kind=1 if i == 0 and kind == 1 else 2 if kind == 1 else kind, key=text[i:], cluster_id=p)
    return p


def grant(db, org, p, relation, account=0, classes=None):
    bit = RELATIONS[relation][0]
    usual = {"CONSENT": 1 | 2 | 4 | 8, "DISPATCH": 1 | 2 | 4 | 32 | 256, "MEETING": 1 | 2 | 256, "GROUP": ALL, "COMMISSION": 1 | 2 | 4 | 32 | 256 | 512}
    insert(db, "access_grant", org_id=org, account_id=account, role_classes=1023, cluster_id=p, classes=classes or usual.get(relation, ALL & ~16), relation=bit, from_on=DAY,
           via_table="person", via_id=p)


def clone(db, table, row, **changes):
    v = {k: row[k] for k in row.keys() if k not in ("id",)}
    if "pid" in v:
        v["pid"] = pid()
    v.update(changes)
    return insert(db, table, **v)


def record(db, model, p, org, staff, account, tag, classes=ALL, day="2026-10-01"):
    """A row in every table of the record of one person, of the classes in the mask; `model`: rows as the program wrote them."""
    ms = unix(day + "T03:00:00Z") * 1000
    own = {"created_ms": ms, "updated_ms": ms, "created_by": account, "updated_by": account}
    sub = db.execute("SELECT pid FROM person WHERE id = ?", (p,)).fetchone()[0]

    def put(cls, table, **v):
        if not classes & CLASSES[cls]:
            return None
        v = {**{k: x for k, x in own.items() if k in columns(db, table)}, **v}
        if table in model:
            return clone(db, table, model[table], **v)
        return insert(db, table, **v)

    def trail(cls, table, row, kind, title):
        row_pid = db.execute(f"SELECT pid FROM {table} WHERE id = ?", (row,)).fetchone()[0]
        insert(db, "timeline", person_id=p, at_ms=ms, on_day=day, kind=kind, record_class=CLASSES[cls], org_id=org, title=f"{title} {tag}", summary=tag, table_name=table, row_id=row, row_pid=row_pid, changed_ms=ms, changed_by=account)
        insert(db, "evidence", code="REC-CERT", person_id=p, org_id=org, record_class=CLASSES[cls], on_day=day, recorded_ms=ms, table_name=table, row_id=row, body="{}")
        for due in ("2026-11-19", TODAY, "2026-11-24"):
            insert(db, "task", **own, kind="visit", person_id=p, record_class=CLASSES[cls], org_id=org, assignee_staff_id=staff, due_on=due, state="open", title=f"{title} {tag}", table_name=table,
                   row_id=row, row_pid=row_pid)
        insert(db, "revision", table_name=table, row_id=row, version=1, at_ms=ms, account_id=account, action="insert",
               body=json.dumps(dict(db.execute(f"SELECT * FROM {table} WHERE id = ?", (row,)).fetchone()) if table in ("rehab_goal", "case_prospect") else {"note": tag}, ensure_ascii=False, separators=(",", ":")))  # its page reads its history

    put("NAMECARD", "person_name", person_id=p, kind="former", name=f"旧姓{tag}", kana="キュウセイ")
    if classes & CLASSES["NAMECARD"] and staff:
        insert(db, "person_charge", **own, person_id=p, org_id=org, staff_id=staff, from_on=DAY)
    put("CARE", "person_insurance", person_id=p, insurer_no="139999", insured_no=f"{p:010}", category="1", from_on=DAY, note=tag)
    row = put("CARE", "certification", person_id=p, status="certified", apply_kind="renew", level="s1", applied_on="2026-01-10", decided_on="2026-02-01", from_on="2026-02-01", to_on="2027-01-31",
              council_opinion=tag, note=tag)
    if row:
        trail("CARE", "certification", row, "certification", "認定")
    put("CARE", "person_rank", person_id=p, kind="adl", value="J1", judged_on=day, source="own", judged_by=tag)
    put("BENEFIT", "burden", person_id=p, ratio=1, from_on="2026-08-01", to_on="2027-07-31", note=tag)
    put("BENEFIT", "public_aid", person_id=p, law_no="12", from_on=DAY, note=tag)
    put("DISABILITY", "disability_cert", person_id=p, kind="physical", grade="3", part=tag, from_on=DAY, note=tag)
    put("DISABILITY", "disability_level", person_id=p, level=2, from_on=DAY, note=tag)
    if classes & CLASSES["FAMILY"]:
        contact = insert(db, "contact", **own, name=f"家族 {tag}", phone="0312345678", note=tag)
        rel = insert(db, "relation", **own, person_id=p, contact_id=contact, kind="child", emergency_order=1, is_key_person=1, note=tag)
        house = insert(db, "household", **own, person_id=p, from_on=day, kind="with_child", size=2, note=tag)
        insert(db, "household_member", **own, person_id=p, household_id=house, relation_id=rel, note=tag)
        insert(db, "carer", **own, person_id=p, relation_id=rel, from_on=day, works="yes", strain=tag, note=tag)
        insert(db, "kin_tie", **own, person_id=p, a_relation_id=rel, b_relation_id=None, kind="parent_child", note=tag)
        insert(db, "kin_place", **own, person_id=p, relation_id=rel, sort_no=1)
        node = insert(db, "ecomap_node", **own, person_id=p, label=f"資源 {tag}", kind="friend", sort_no=1, note=tag)
        insert(db, "ecomap_tie", **own, person_id=p, b_node_id=node, strength="strong", note=tag)
    row = put("CARE", "consent", person_id=p, org_id=org, classes=3, purpose="consult", from_on=DAY, how="paper", agreed_on=DAY, agreed_by="self", note=tag)
    if row:
        scan = insert(db, "stored_file", **own, sha256=SCAN_SHA, size=len(SCAN), type="application/pdf", name=tag, record_class=CLASSES["CARE"], person_id=p, org_id=org, owner_table="attachment")
        insert(db, "attachment", **own, owner_table="consent", owner_id=row, person_id=p, org_id=org, record_class=CLASSES["CARE"], file_id=scan, title=f"同意書 {tag}", kind="consent", note=tag)
    put("MEDICAL", "illness", person_id=p, when_text="令和5年", when_sort="2023-01-01", disease=f"病気 {tag}", doctor=tag, treatment=tag)
    put("CARE", "basic_info", person_id=p, org_id=org, consult_on=day, author_staff_id=staff, life_history=tag, day_schedule="[]")
    case = put("CARE", "care_case", person_id=p, org_id=org, kind="home", status="active", staff_id=staff, referred_on=day, note=tag)
    if case:
        asked = put("CARE", "case_comment", person_id=p, case_id=case, org_id=org, staff_id=staff, at_ms=ms, kind="ask_approval", end_on="2026-12-31", end_reason="moved", body=f"終わる訳 {tag}")
        put("CARE", "case_comment", person_id=p, case_id=case, org_id=org, staff_id=staff, at_ms=ms + 60000, kind="return", asked_id=asked, body=f"戻す訳 {tag}")
        assess = put("CARE", "assessment", person_id=p, org_id=org, case_id=case, staff_id=staff, view="home", status="confirmed", done_on=day, own_words=f"言葉 {tag}", overall=tag)
        for area in ("move", "home", "social", "health"):
            put("CARE", "assessment_area", person_id=p, assessment_id=assess, area=area, issue=tag)
        for code, cls in (("a12_adl", "CARE"), ("a10_health", "MEDICAL"), ("a21_carer", "FAMILY")):
            put(cls, "assessment_item", person_id=p, assessment_id=assess, code=code, record_class=CLASSES[cls], judgement=f"見立て {tag} {cls}", is_issue=1)
        for version, state in ((1, "replaced"), (2, "consented"), (3, "draft")):
            plan = put("CARE", "plan", person_id=p, org_id=org, case_id=case, assessment_id=assess, staff_id=staff, kind="home", status=state, version_no=version, revision_no=0,
                       change_kind="full", create_on=day, plan_on=day, from_on=day, to_on="2027-03-31", consented_on=None if version == 3 else day, author_name=tag, analysis=tag)
            need = put("CARE", "plan_need", person_id=p, plan_id=plan, no=1, text=f"課題 {tag} {version}")
            goal = put("CARE", "plan_goal", person_id=p, plan_id=plan, need_id=need, no=1, short_text=tag)
            svc = put("CARE", "plan_service", person_id=p, plan_id=plan, goal_id=goal, no=1, actor="informal", content=tag, type="通所介護", type_code="15", covered="Y", office=f"事業所 {tag}")
            put("CARE", "plan_slot", person_id=p, plan_id=plan, service_id=svc, service=tag, dow=1, from_min=540, to_min=600)
            put("CARE", "plan_activity", person_id=p, plan_id=plan, text=tag, from_min=360, to_min=360)
            put("CARE", "plan_area", person_id=p, plan_id=plan, area="move", issue=tag)
            put("CARE", "plan_consent", person_id=p, plan_id=plan, explained_on=day, agreed_on=day, agreed_by="self", how="sign", row_version=1, agreed_name=tag)
            put("CARE", "plan_delivery", person_id=p, plan_id=plan, kind="office", name=f"渡す相手 {tag}")
            put("CARE", "provider_plan", person_id=p, plan_id=plan, office=tag, due_on=TODAY)
            put("CARE", "plan_comment", person_id=p, plan_id=plan, org_id=org, staff_id=staff, at_ms=ms, kind="comment", body=tag)
            trail("CARE", "plan", plan, "plan", "計画")
    for state in ("called", "closed"):
        row = put("MEETING", "care_meeting", person_id=p, org_id=org, case_id=case or None, staff_id=staff, reason="renew", status=state, called_on=day, held_on=day, place=f"場所 {tag}", topics=f"項目 {tag}",
                  discussion=tag, conclusion=tag, remaining=tag, author_name=tag, is_unmet=1)
        if row:
            who = put("MEETING", "care_meeting_member", person_id=p, meeting_id=row, no=1, kind="provider", org_role=f"会議の相手 {tag}", name=tag, attend="absent", absent_reason=tag)
            put("MEETING", "care_inquiry", person_id=p, meeting_id=row, member_id=who, code=f"Q-{tag}", office=tag, asked_on=day, question=f"照会 {tag}", answer=tag, answered_on=day, answered_by=tag)
            trail("MEETING", "care_meeting", row, "meeting", "会議")
    for cls in ("CONSULTATION", "RIGHTS"):
        row = put(cls, "consult", person_id=p, org_id=org, record_class=CLASSES[cls], received_ms=ms, received_on=day, content=f"相談 {tag} {cls}", wish=tag, caller_name=tag, status="active",
                  next_action=f"訪問 {tag}", next_on=TODAY, assignee_staff_id=staff)
        if row:
            insert(db, "consult_class", consult_id=row, kind="class", code="abuse" if cls == "RIGHTS" else "life")
            insert(db, "consult_entry", **own, consult_id=row, at_ms=ms, channel="phone", content=f"経過 {tag}", staff_id=staff)
            trail(cls, "consult", row, "consult", "相談")
    row = put("CARE", "response", person_id=p, org_id=org, staff_id=staff, record_class=CLASSES["CARE"], answered_on=day, consult_id=None)
    if row:
        trail("CARE", "response", row, "checklist", "基本チェックリスト")
        put("CARE", "issued_doc", person_id=p, org_id=org, record_class=CLASSES["CARE"], table_name="response", row_id=row, title=f"控え {tag}", issued_ms=ms, issued_on=day, issued_by=account)
    sheet = model["interest"]
    row = put("CARE", "response", person_id=p, org_id=org, staff_id=staff, record_class=CLASSES["CARE"], answered_on=day, consult_id=None,
              **{k: sheet[k] for k in ("form_id", "form_version", "form_sha", "answers", "scores", "result_code")})
    if row:
        trail("CARE", "response", row, "rehab", "興味・関心チェックシート")
    row = put("CARE", "care_case", person_id=p, org_id=org, staff_id=staff, kind="prevention", status="active", referred_on=day, referred_note=f"依頼 {tag}", expl_on=day, expl_to=tag, contract_on=day,
              start_on=day, note=tag)
    if row:
        trail("CARE", "care_case", row, "service", "ケース")
        mark = put("CARE", "case_prospect", person_id=p, case_id=row, org_id=org, staff_id=staff, on_day=day, prospect="likely", reason=f"理由 {tag}", aim=f"めざす {tag}")
        trail("CARE", "case_prospect", mark, "rehab", "改善の見込み")
        visit(db, put, trail, p, org, staff, row, tag, day)
        put("CARE", "month_reason", person_id=p, org_id=org, case_id=row, month_on="2026-10-01", rule="R-CM-13-14-monthly", anchor_on="2026-10-01", reason=f"残す理由 {tag}")
        given = put("CARE", "commission", person_id=p, case_id=row, org_id=org, office_org_id=org, staff_id=staff, council_on=day, scope="plan", until_on="2027-03-31", note=f"委託 {tag}", documents=tag,
                    status="accepted", status_on=day)
        put("CARE", "commission_event", person_id=p, commission_id=given, org_id=org, staff_id=staff, at_ms=ms, event="request", body=f"依頼 {tag}")
    row = put("CARE", "routing", person_id=p, org_id=org, staff_id=staff, decided_on="2026-11-19", consult_id=None, response_id=None, certification_id=None, note=tag)
    if row:
        trail("CARE", "routing", row, "routing", "振り分け")
    row = put("CARE", "assessment", person_id=p, org_id=org, staff_id=staff, view="home", status="draft", reason="first", done_on=day, own_words=f"言葉 {tag}", wish_person=tag, overall=tag)
    if row:
        trail("CARE", "assessment", row, "assessment", "アセスメント")
        put("CARE", "assessment_area", person_id=p, assessment_id=row, area="move", status_text=f"領域 {tag}")
        sheet = put("CARE", "issue_sheet", person_id=p, org_id=org, assessment_id=row, staff_id=staff, create_on=day, barrier_1=tag, wish=tag)
        put("CARE", "issue_sheet_row", person_id=p, issue_sheet_id=sheet, no=11, code="bathing", now="part", note=tag)
        put("CARE", "issue_sheet_need", person_id=p, issue_sheet_id=sheet, no=1, need=f"ニーズ {tag}", need_order="1")
        trail("CARE", "issue_sheet", sheet, "document", "課題整理総括表")
    for cls, kind, more in (("CARE", "notify", {"what": "lifeaid", "partner": tag}), ("MEDICAL", "order", {"partner": tag, "from_on": day}), ("BENEFIT", "bill", {"from_on": "2026-10-01", "doc_no": tag})):
        row = put(cls, "office_record", person_id=p, org_id=org, staff_id=staff, record_class=CLASSES[cls], kind=kind, on_day=day, content=f"届出 {tag}", **more)
        if row:
            trail(cls, "office_record", row, "progress", "届出など")
    rehab(put, trail, p, org, staff, tag, day)
    row = put("CARE", "duty_waiver", person_id=p, org_id=org, staff_id=staff, record_class=CLASSES["CARE"], rule="R-CM-13-07-visit", kind="assess:away", ground=f"例外 {tag}", from_on=day, to_on=day, written_on=day)
    if row:
        trail("CARE", "duty_waiver", row, "progress", "例外の記録")
    stay = put("CARE", "hospital_stay", person_id=p, org_id=org, staff_id=staff, admitted_on=day, hospital=f"病院 {tag}", told_to=tag, note=tag)
    if stay:
        trail("CARE", "hospital_stay", stay, "hospital", "入院")
    for of in [stay] if stay else [r[0] for r in db.execute("SELECT id FROM hospital_stay WHERE person_id = ?", (p,))]:
        if classes & CLASSES["MEDICAL"]:
            db.execute("UPDATE hospital_stay SET reason = ? WHERE id = ?", (f"原因 {tag}", of))
        for table, more in (("hospital_info", {"drug_note": tag}), ("discharge_record", {"disease_1": f"病気 {tag}"})):
            paper = put("MEDICAL", table, person_id=p, org_id=org, staff_id=staff, stay_id=of, made_date=day, **more)
            if paper:
                trail("MEDICAL", table, paper, "hospital", "入退院の書類")
    row = put("MEDICAL", "doctor_info", person_id=p, org_id=org, staff_id=staff, state="received", to_kind="doctor", from_office=f"事業所 {tag}", received_on=day, made_on=day,
              topic="medication", medication=tag)
    if row:
        trail("MEDICAL", "doctor_info", row, "message", "主治医への情報")
    # a dispatch names nobody and is its organisations' own: that of a hidden person is one of organisations elsewhere
    if classes & CLASSES["CARE"]:
        far = db.execute("SELECT id FROM org WHERE name = '青葉市の機関 far'").fetchone()[0]
        dispatched(db, far, far, p, tag, day, own)
        row = db.execute("SELECT id FROM dispatch_report ORDER BY id DESC LIMIT 1").fetchone()[0]
        trail("CARE", "dispatch_report", row, "dispatch", "助言")
    # items have classes of their own: in a record that can be seen they must not show in a second world either
    for of in [row] if row else [r[0] for r in db.execute("SELECT id FROM assessment WHERE person_id = ?", (p,))]:
        for cls, code in (("CARE", "a11_adl"), ("MEDICAL", "a10_health"), ("FAMILY", "a21_family")):
            if db.execute("SELECT 1 FROM assessment_item WHERE assessment_id = ? AND code = ?", (of, code)).fetchone():
                if classes & CLASSES[cls]:
                    db.execute("UPDATE assessment_item SET fact = ?, is_issue = 1, state = 'filled', version = 2, updated_ms = ? WHERE assessment_id = ? AND code = ?", (f"事実 {tag}", ms, of, code))
            else:
                put(cls, "assessment_item", person_id=p, assessment_id=of, code=code, record_class=CLASSES[cls], fact=f"事実 {tag}", judgement=tag, is_issue=1, state="filled")
    for cls in ("RIGHTS", "YOUNG_CARER", "MEETING", "MEDICAL", "CONSULTATION", "CARE"):
        if classes & CLASSES[cls]:
            insert(db, "bin_item", table_name="person", row_id=p, row_pid=sub, person_id=p, org_id=org, record_class=CLASSES[cls], title=f"捨てた {tag}", state="in", retired_ms=ms, retired_by=account)
            insert(db, "task", **own, kind="other", person_id=p, record_class=CLASSES[cls], org_id=org, due_on=TODAY, state="open", title=f"仕事 {tag} {cls}")
            insert(db, "stored_file", **own, sha256="0" * 64, size=3, type="application/pdf", name=tag, record_class=CLASSES[cls], person_id=p, org_id=org)


def rehab(put, trail, p, org, staff, tag, day):
    """リハビリ: goal and reviews, conference, information to the care manager."""
    goal = put("CARE", "rehab_goal", person_id=p, org_id=org, staff_id=staff, type_code="14", provider=f"事業所 {tag}", started_on=day, goal=f"目標 {tag}", set_on=day, note=tag)
    if not goal:
        return
    trail("CARE", "rehab_goal", goal, "rehab", "リハビリの目標")
    over = put("CARE", "rehab_goal", person_id=p, org_id=org, staff_id=staff, type_code="c", provider=f"教室 {tag}", started_on="2026-06-01", goal=f"目標 {tag}", set_on=day, ended_on="2026-10-31", ended_how="done", note=tag)
    trail("CARE", "rehab_goal", over, "rehab", "リハビリの終わり")
    row = put("CARE", "rehab_review", person_id=p, goal_id=goal, org_id=org, kind="again", due_on=TODAY, note=tag)
    trail("CARE", "rehab_review", row, "rehab", "リハビリの見直し")
    for state in ("open", "closed"):
        row = put("CARE", "rehab_meeting", person_id=p, org_id=org, staff_id=staff, goal_id=goal, kind="end", status=state, held_on=day, place=f"場所 {tag}", policy=f"方針 {tag}", content=tag, next_note=tag, handover=tag)
        put("CARE", "rehab_meeting_member", person_id=p, meeting_id=row, no=1, role="pt", name=f"構成員 {tag}", attend="absent", absent_reason=tag)
        trail("CARE", "rehab_meeting", row, "rehab", "リハビリテーション会議")
    for sent in (None, day):
        row = put("CARE", "rehab_info", person_id=p, org_id=org, staff_id=staff, goal_id=goal, author=tag, made_on=day, wishes=f"希望 {tag}", abilities=tag, sent_on=sent, to_org_id=org if sent else None)
        trail("CARE", "rehab_info", row, "rehab", "リハビリの情報提供")


def visit(db, put, trail, p, org, staff, case, tag, day):
    """支援経過, モニタリング and 評価 of a plan in use."""
    plan = put("CARE", "plan", person_id=p, org_id=org, case_id=case, staff_id=staff, kind="prevention", status="delivered", version_no=1, revision_no=0, create_on=day, plan_on=day, from_on=day,
               to_on="2026-12-10", overall_policy=tag)
    need = put("CARE", "plan_need", person_id=p, plan_id=plan, no=1, text=f"課題 {tag}", goal=f"目標 {tag}")
    goal = put("CARE", "plan_goal", person_id=p, plan_id=plan, need_id=need, no=1, short_text=f"短期目標 {tag}")
    service = put("CARE", "plan_service", person_id=p, plan_id=plan, goal_id=goal, no=1, content=f"援助 {tag}", office=tag)
    row = put("CARE", "care_log", person_id=p, org_id=org, case_id=case, staff_id=staff, at_on=day, item="phone", content=f"支援経過 {tag}", partner=tag, next_on=TODAY)
    trail("CARE", "care_log", row, "phone", "支援経過")
    put("CARE", "care_log", person_id=p, org_id=org, case_id=case, staff_id=staff, at_on=TODAY, item="visit", content=f"訪問 {tag}", corrects_id=row)
    row = put("CARE", "monitoring", person_id=p, org_id=org, case_id=case, plan_id=plan, staff_id=staff, kind="prevention", mon_on=day, mon_ym=day[:7], method="visit", user_wish=tag, condition=f"状態 {tag}",
              author_name=tag, next_on=TODAY)
    put("CARE", "monitoring_service", person_id=p, monitoring_id=row, plan_service_id=service, no=1, content=f"援助 {tag}", executed="done", reason=tag)
    put("CARE", "monitoring_goal", person_id=p, monitoring_id=row, plan_goal_id=goal, no=1, short_text=f"短期目標 {tag}", status="same", note=tag)
    put("CARE", "monitoring_info", person_id=p, monitoring_id=row, no=1, office=tag, content=tag)
    put("CARE", "monitoring_share", person_id=p, monitoring_id=row, no=1, to_name=tag, content=tag, agreed=1)
    put("CARE", "care_log", person_id=p, org_id=org, case_id=case, staff_id=staff, at_on=day, item="visit", content=f"モニタリング {tag}", source_table="monitoring", source_id=row, next_on=TODAY)
    trail("CARE", "monitoring", row, "monitoring", "モニタリング")
    for n, (on, state) in enumerate(((TODAY, "planned"), ("2026-11-27", "planned"), ("2026-11-18", "planned"), (TODAY, "cancelled"))):
        put("CARE", "visit_plan", person_id=p, org_id=org, case_id=case, staff_id=staff, planned_on=on, from_min=600 + 15 * n, to_min=660 + 15 * n, purpose=("monitoring", "consultation")[n % 2],
            place=f"訪問先 {tag}", sort_no=10, note=f"持ち物 {tag}", state=state, cancel_reason=tag)
    put("CARE", "visit_plan", person_id=p, org_id=org, case_id=case, staff_id=staff, planned_on=day, purpose="monitoring", sort_no=10, state="done", done_table="monitoring", done_id=row, note=tag)
    insert(db, "task", kind="monitoring", person_id=p, record_class=CLASSES["CARE"], org_id=org, assignee_staff_id=staff, due_on="2026-11-30", state="open", title=f"モニタリング {tag}", reason=tag,
           table_name="care_case", row_id=case, row_pid=db.execute("SELECT pid FROM care_case WHERE id = ?", (case,)).fetchone()[0])
    row = put("CARE", "evaluation", person_id=p, org_id=org, case_id=case, plan_id=plan, staff_id=staff, form="yobo-hyoka", eval_on=day, create_on=day, overall=f"方針 {tag}", author_name=tag)
    put("CARE", "evaluation_row", person_id=p, evaluation_id=row, plan_goal_id=goal, no=1, goal=f"目標 {tag}", status=tag, achieved="0", cause_user=tag, cause_author=tag, next=tag)
    trail("CARE", "evaluation", row, "evaluation", "評価")


def dispatched(db, org, insurer, p, tag, day, own=None, state="held"):
    """A dispatch of an organisation, with the person it is about (None: nobody is tied to it), its report, effect and follow-up."""
    own = own or {}
    row = insert(db, "dispatch", **own, org_id=org, insurer_org_id=insurer, state=state, in_programme=1, inquiry_on=day, inquiry_how="phone", inquiry_text=f"問い合わせ {tag}", requested_on=day, occasion="visit",
                 timings="first", reasons="independence", case_label=f"事例 {tag}", urgency="normal", wish=f"望み {tag}", planned_on=day, held_on=day if state == "held" else None)
    if p:
        insert(db, "dispatch_case", **own, person_id=p, org_id=org, dispatch_id=row, classes=3, agreed_on=day, agreed_by="self", how="paper", note=tag)
    insert(db, "dispatch_report", **own, person_id=p, dispatch_id=row, org_id=org, by_org_id=org, on_day=day, author=tag, observed=f"見立て {tag}", advice=f"助言 {tag}", goal_after=tag, goal_changed="yes")
    insert(db, "dispatch_follow", **own, person_id=p, dispatch_id=row, org_id=org, due_on=day, done_on=day, result="better", result_note=f"結果 {tag}")
    insert(db, "dispatch_effect", **own, org_id=org, insurer_org_id=insurer, dispatch_id=row, quarter_on="2026-10-01", rating="good", comment=tag)
    return row


def programme(db, org, insurer, tag):
    """What a municipality and its centres keep about the dispatch programme."""
    insert(db, "dispatch_programme", insurer_org_id=insurer, name=f"派遣事業 {tag}", outline=tag)
    insert(db, "dispatch_fee", insurer_org_id=insurer, yen=8000, valid_from=DAY, ground=tag)
    insert(db, "dispatch_example", insurer_org_id=insurer, org_id=org, title=f"事例 {tag}", case_text=tag, possible=tag)
    insert(db, "dispatch_nonuse", org_id=org, insurer_org_id=insurer, on_day="2026-10-02", reasons="links", comment=tag)
    t = insert(db, "dispatch_therapist", org_id=org, name=f"療法士 {tag}", profession="pt", from_on=DAY)
    insert(db, "dispatch_time", org_id=org, therapist_id=t, kind="weekly", weekday=3, time_from="13:00", time_to="17:00", note=tag)
    insert(db, "dispatch_time", org_id=org, therapist_id=t, kind="off", on_day="2026-11-25", note=tag)
    return t


SURVEY_FORM = json.dumps({"sections": [{"id": "s1", "label": "質問", "items": [{"id": "q1", "type": "code", "label": "研修をしましたか", "source": "test", "confidence": "A",
                          "options": [{"code": "1", "label": "はい"}, {"code": "2", "label": "いいえ"}]}, {"id": "q2", "type": "memo", "label": "ご意見", "source": "test", "confidence": "A"}]}]}, ensure_ascii=False)
SURVEY_META = json.dumps({"name": "調査", "notice": "なし", "source": "test", "confidence": "A", "kind": "answers", "class": "statistics", "retention_years": 5, "retention_source": "test"}, ensure_ascii=False)


def surveyed(db, org, tag, asked, p=None, outside=True):
    """A survey of an organisation: it asks another one, and a person if one is told; both have answered."""
    s = insert(db, "survey", org_id=org, title=f"調査 {tag}", unit="centre", purpose=f"目的 {tag}")
    insert(db, "survey_question", survey_id=s, sort=10, key="q1", label="研修をしましたか", kind="single", options="1 はい\n2 いいえ")
    insert(db, "survey_question", survey_id=s, sort=20, key="q2", label="ご意見", kind="memo")
    questions = json.dumps([{"key": "q1", "label": "研修をしましたか", "kind": "single", "options": "1 はい\n2 いいえ"}, {"key": "q2", "label": "ご意見", "kind": "memo"}], ensure_ascii=False)
    f = insert(db, "survey_form", survey_id=s, no=1, form=SURVEY_FORM, rules='{"rules":[]}', meta=SURVEY_META, questions=questions, sha256="0" * 64, published_on="2026-10-01")
    r = insert(db, "survey_round", survey_id=s, no=1, name=f"第1回 {tag}", form_id=f, period_from="2026-07-01", period_to="2026-09-30", opens_on="2026-10-01", closes_on="2026-12-31")
    # one that is over: whoever was asked reads its figures; one answered on the outside host, and what the files held of it
    insert(db, "survey_round", survey_id=s, no=2, name=f"第0回 {tag}", form_id=f, period_from="2026-04-01", period_to="2026-06-30", opens_on="2026-07-01", closes_on="2026-07-31")
    if outside:
        out = insert(db, "survey_round", survey_id=s, no=3, name=f"外の回 {tag}", form_id=f, period_from="2026-07-01", period_to="2026-09-30", opens_on="2026-10-01", closes_on="2026-12-31", is_outside=1)
        carried(db, out, f"外の調査 {tag}")
    insert(db, "survey_tool", survey_id=s, subject_form_id=f, form_id="kihon-checklist", form_version="2015-04-01")
    for k, decision in enumerate(("taken", "not_taken", "")):
        insert(db, "survey_request", survey_id=s, sort=k + 1, content=f"要望 {tag} {k}", decision=decision, reason=f"わけ {tag}")
    insert(db, "survey_outcome", survey_id=s, sort=1, content=f"変えること {tag}")
    surveyed_target(db, s, r, "001", f"回答者 {tag}", org_id=asked)
    if p:
        surveyed_target(db, s, r, "002", f"回答者の方 {tag}", person_id=p)
    return s, r


def carried(db, r, title):
    """Files of the outside host with this round in them: the files are the house's, what they held is of the round's owner."""
    key = db.execute("SELECT pid FROM survey_round WHERE id = ?", (r,)).fetchone()[0]
    insert(db, "front_round", key=key, title=title, round_name="外の回", sender="依頼元", is_anonymous=0, period_from="2026-07-01", period_to="2026-09-30", opens_on="2026-10-01",
           closes_on="2026-12-31", form_id="survey-x", form_version="2026-10-01", form=SURVEY_FORM, rules='{"rules":[]}', meta=SURVEY_META, sha256="0" * 64, link_key="0" * 64, is_outside=1)
    for way, state, why in (("out", "made", ""), ("in", "taken", ""), ("in", "refused", "読めませんでした。")):
        have = db.execute("SELECT id FROM front_carry WHERE state = ?", (state,)).fetchone()
        file = have[0] if have else insert(db, "front_carry", way=way, state=state, why=why, no=20777001 if state != "refused" else None, sha256=state)
        if state != "refused":
            db.execute("INSERT INTO front_carry_round (carry_id, round_key, seats, links, opened, given, spent, pot) VALUES (?, ?, 5, 5, 4, 3, 0, 0)", (file, key))


def surveyed_target(db, s, r, code, label, **whose):
    t = insert(db, "survey_target", survey_id=s, code=code, label=label, traits="区域=北\n運営=委託", **whose)
    for (over,) in db.execute("SELECT id FROM survey_round WHERE survey_id = ? AND closes_on < '2026-10-01'", (s,)).fetchall():
        asked_in(db, over, t, code, label)
    asked_in(db, r, t, code, label)


def asked_in(db, r, t, code, label):
    i = insert(db, "survey_invitation", round_id=r, target_id=t, serial=int(code), state="sent", way="mail", sent_on="2026-10-01")
    insert(db, "survey_answer", round_id=r, invitation_id=i, mode="web", state="submitted", submitted_on="2026-10-05", answers=json.dumps({"form": "survey-x", "version": "2026-10-01", "sha256": "", "answers": {"q1": "1", "q2": label}}, ensure_ascii=False))


def unnamed(db, model, org, staff, account, tag, cls, doer=None):
    """A consultation about nobody yet, which the organisation owns; its task may be somebody's (doer) who is not in its team."""
    ms = unix("2026-10-02T03:00:00Z") * 1000
    row = clone(db, "consult", model["consult"], person_id=None, person_label=f"ようす {tag}", org_id=org, record_class=CLASSES[cls], content=f"名前の分からない相談 {tag}", received_ms=ms,
                received_on="2026-10-02", status="active", next_on=None, assignee_staff_id=staff, created_by=account, updated_by=account)
    insert(db, "task", kind="consult_link", record_class=CLASSES[cls], org_id=org, due_on=TODAY, state="open", title=f"確認 {tag} {cls}", table_name="consult", row_id=row,
           consult_id=row, assignee_staff_id=doer)
    return row


def snippet(db, level, tag, **owner):
    return insert(db, "snippet", level=level, word="ひな", word_fold="ヒナ", title=f"定型文 {tag}", category="free", body=f"｛氏名｝様 {tag}", **owner)


def office_rows(db, org, staff, tag):
    """What an office keeps about itself: a committee and an exception."""
    insert(db, "office_record", org_id=org, staff_id=staff, record_class=CLASSES["MEETING"], kind="committee", what="infection", on_day="2026-10-02", partner=tag, content=f"委員会 {tag}")
    insert(db, "duty_waiver", org_id=org, staff_id=staff, record_class=CLASSES["MEETING"], rule="R-HC-STAFF", kind="staffing:council", ground=f"事業所の例外 {tag}", from_on="2026-10-02", to_on="2026-12-01",
           written_on="2026-10-02")


def build(data, clock):
    """World A with everybody logged in. Returns (actors by login, cookies by login, model rows, far organisation)."""
    exe = binary()
    logins = small_house(data, clock)
    where = pathlib.Path(data) / "files" / SCAN_SHA[:2] / SCAN_SHA[2:4]
    where.mkdir(parents=True, exist_ok=True)
    (where / SCAN_SHA).write_bytes(SCAN)
    db = open_db(data)
    clock.go(60)
    with Server(exe, data, env=clock.env) as s:  # what the program itself writes is the model of the rows
        c = s.client()
        log_in(c, "nurse", logins["nurse"], clock.at)
        who = db.execute("SELECT pid FROM person WHERE area_id = (SELECT id FROM area WHERE code = 'north')").fetchone()[0]
        f = fill(c.get(f"/consults/new?person={who}").page, "/consults", content="もの忘れの相談", source="self", classes=["life"], next_action="電話", next_on="令和8年12月1日")
        done = [c.submit(f)]
        f = c.get(f"/persons/{who}/checklists/new").page.form(f"/persons/{who}/checklists")
        for i in range(1, 26):
            if i != 12:
                f.set(f"kcl{i:02}", "Y")
        done.append(c.submit(f.set("height_cm", "150").set("weight_kg", "40")))
        done.append(c.submit(done[-1].page.form("/issue").set("recipient", "本人")))
        done.append(c.submit(c.get(f"/persons/{who}/interests/new").page.form(f"/persons/{who}/interests").set("toilet", ["doing"]).set("cooking", ["want_to_try"])))
        done.append(c.submit(next(f for f in c.get(f"/persons/{who}/basic-info/new").page.forms if f.action.endswith("/basic-info"))))
        done.append(c.submit(fill(c.get(f"/persons/{who}/routings/new").page, f"/persons/{who}/routings", wish="general", route="general", override_reason="本人の希望")))
        for r in done:
            if "done=" not in r.url:
                raise RuntimeError(f"the model rows: {r.status} {r.url} {r.text[-400:]}")
    model = {t: db.execute(f"SELECT * FROM {t} WHERE created_ms > 0 ORDER BY id DESC").fetchone() for t in ("consult", "issued_doc", "routing", "basic_info")}
    for kind, form in (("response", "kihon-checklist"), ("interest", "kyomi-kanshin")):
        model[kind] = db.execute("SELECT * FROM response WHERE form_id = ? ORDER BY id DESC", (form,)).fetchone()
    actors, cookies = {}, {}
    with db:
        town = db.execute("SELECT id FROM org WHERE kind = 'insurer'").fetchone()[0]
        orgs = {k: insert(db, "org", kind=kind, name=f"青葉市の機関 {k}", insurer_org_id=town) for k, kind in KIND_OF.items()}
        # what everybody may read: a setting of the insurer, a table of the law that is stored and not in force
        insert(db, "insurer_param", insurer_org_id=town, key="retention_years", value="5", valid_from="2026-04-01", ground="青葉市要綱")
        insert(db, "law_table", file="holidays.tsv", text="2029", sha256="0" * 64, base_sha256="1" * 64, base_version="2026-01-01", ground="見本", n_rows=1, n_changed=1)
        staff = {}
        for k, org in orgs.items():
            staff[k] = insert(db, "staff", name=f"職員 {k}", name_fold=f"職員{k}")
            insert(db, "staff_post", staff_id=staff[k], org_id=org, from_on=DAY)
    pids = {k: db.execute("SELECT pid FROM org WHERE id = ?", (o,)).fetchone()[0] for k, o in orgs.items()}
    with Server(exe, data, env=clock.env) as s:
        for role, (name, cls) in ROLES.items():
            login, key = "t-" + role.replace("_", "-"), ORG_OF[cls]
            args = ["--org", pids[key]] if key else []
            out = run(exe, "account", "add", login, "--name", f"人 {role}", "--role", role, *args, "--data", data, env=clock.env)
            logins[login] = enrol(s, re.search(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){3,}", out.stdout.decode()).group(0), clock.at)
            account = db.execute("SELECT id FROM account WHERE login = ?", (login,)).fetchone()[0]
            with db:
                mine = insert(db, "staff", name=f"人 {role}", name_fold=f"人{role}")
                if key:
                    insert(db, "staff_post", staff_id=mine, org_id=orgs[key], from_on=DAY)
                db.execute("UPDATE account SET staff_id = ? WHERE id = ?", (mine, account))
            actors[login] = Actor(login, role, orgs.get(key), account, mine)
        with db:
            n = 1000
            for key, org in orgs.items():
                for relation in RELATIONS:
                    n += 1
                    family, fk = SURNAMES[n % len(SURNAMES)]
                    p = person(db, org if relation == "REGISTRAR" else orgs["far"], f"{family} {relation.lower()}{key}", f"{fk} {chr(0x30A2 + n % 60)}", n)
                    mates = [a.account for a in actors.values() if a.org == org] or [0]
                    for account in (mates[:1] if relation == "GROUP" else [0]):
                        grant(db, org, p, relation, account=account)
                    record(db, model, p, org, staff[key], 1, f"甲{n}")
                insert(db, "conflict_text", table_name="person", row_id=p, base_version=1, theirs_version=2, account_id=1, at_ms=1, mine='{"note":"競合した言葉"}', fields="note")
            # the dispatch programme: of each organisation one about the person of the last relation and one about nobody, offered to the therapists
            insert(db, "org", kind="rehab_body", name="遠い町の専門職会", insurer_org_id=orgs["far"])
            sent = programme(db, orgs["rehab"], town, "甲")
            for key, org in orgs.items():
                for who, state in ((p, "held"), (None, "held"), (None, "offered")):
                    row = dispatched(db, org, town if key != "far" else orgs["far"], who, f"甲{key}", "2026-10-01", state=state)
                    if key == "centre":
                        insert(db, "dispatch_offer", dispatch_id=row, therapist_id=sent, org_id=orgs["rehab"], no=1, state="accepted" if state == "held" else "offered", on_day="2026-12-01", offered_on="2026-10-01")
                for cls in ("CONSULTATION", "RIGHTS"):
                    unnamed(db, model, org, staff[key], 1, f"甲{key}", cls)
            for key, org in orgs.items():
                office_rows(db, org, staff[key], f"甲所{key}")
                surveyed(db, org, f"甲{key}", orgs["centre"] if key != "centre" else orgs["far"], p)
            for key, org in orgs.items():  # 定型文: about nobody, of an office; the municipality's; each one's own below
                snippet(db, "office", f"甲{key}", org_id=org)
            snippet(db, "town", "甲市", org_id=town)
            for a in actors.values():
                snippet(db, "own", f"甲{a.login}", account_id=a.account)
            for a in actors.values():  # each one's own: taken by one colleague, in the charge of another
                if a.org:
                    unnamed(db, model, a.org, a.staff, 1, f"甲担当{a.login}", "RIGHTS")
                    unnamed(db, model, a.org, None, a.account, f"甲受付{a.login}", "RIGHTS")
            for a in actors.values():  # everybody has read everybody's line before those records: what is new is counted on pages and lists
                db.execute("INSERT INTO person_seen (account_id, person_id, seen_ms) SELECT ?, id, ? FROM person", (a.account, unix("2026-09-01T00:00:00Z") * 1000))
        clock.go(60)
        for login in actors:
            c = s.client()
            log_in(c, login, logins[login], clock.at)
            cookies[login] = dict(c.cookies)
    db.close()
    return actors, cookies, model, (orgs, staff)


def team_tasks(db, actor):
    """Titles of the tasks of rights protection about nobody yet: (of the matters the actor is in the team of, of all others)."""
    mine, others = [], []
    for t in map(dict, db.execute("SELECT t.title, c.org_id, c.created_by, c.assignee_staff_id FROM task t JOIN consult c ON c.id = t.consult_id "
                                                      "WHERE c.person_id IS NULL AND c.record_class = ?", (CLASSES["RIGHTS"],))):
        member = "G" in SEE.get((actor.name, "RIGHTS"), "") and t["org_id"] == actor.org and (
            actor.name in ("CENTRE_SOCIAL", "CENTRE_HEAD") or t["created_by"] == actor.account or t["assignee_staff_id"] == actor.staff)
        (mine if member else others).append(t["title"])
    return mine, others


def add_hidden(data, actor, model, orgs, staff):
    """World B of one actor: more people, records and work that this actor may not see. Returns (ids only here, words)."""
    db = open_db(data)
    before = {t: {r[0] for r in db.execute(f"SELECT pid FROM {t}")} for t in tables(db) if "pid" in columns(db, t)}
    far, someone = orgs["far"], db.execute("SELECT id FROM account WHERE id <> ? ORDER BY id LIMIT 1", (actor.account,)).fetchone()[0]
    words, n = ["隠乙野", "カクシオツノ", "相談 乙"], 9000
    with db:
        known = [r for r in db.execute("SELECT * FROM person ORDER BY id")]
        visible = [r for r in known if actor.sees(db, r["id"])]
        # people: a name of its own, and namesakes of people who can be seen, with their readings and telephones
        names = [("隠乙野 秘子", "カクシオツノ ヒコ")] + [(r["name"], r["kana"]) for r in (visible or known)[:4]] + [("阿 阿", "ア ア")]
        for name, kana in names:
            n += 1
            p = person(db, far, name, kana, n, area=known[0]["area_id"], insurer_org_id=None, household_no=known[0]["household_no"])
            grant(db, far, p, "CASE")
            grant(db, far, p, "AREA")
            record(db, model, p, far, staff["far"], someone, f"乙{n}")
            # written in the actor's own organisation, by somebody of another role or before a move: still not to be seen
            if actor.org:
                record(db, model, p, actor.org, actor.staff, someone, f"乙{n}b", day="2026-11-02")
            words += [f"04{n:08}", f"{n:010}", f"乙{n}"]
        # classes of visible people that are closed to this actor
        for r in visible:
            closed = ALL & ~actor.sees(db, r["id"])
            n += 1
            if closed:
                record(db, model, r["id"], far, staff["far"], someone, f"乙{n}", classes=closed, day="2026-11-03")
                record(db, model, r["id"], actor.org, actor.staff, someone, f"乙{n}c", classes=closed, day="2026-11-04")
        for cls in ("CONSULTATION", "RIGHTS"):
            unnamed(db, model, far, staff["far"], someone, "乙", cls)
            # rights protection about nobody yet: the team of the organisation is told by the record itself
            if actor.org and "W" not in SEE.get((actor.name, cls), "") and not (cls == "RIGHTS" and actor.name in ("CENTRE_SOCIAL", "CENTRE_HEAD")):
                unnamed(db, model, actor.org, staff["far"], someone, "乙d", cls, doer=actor.staff)
        # what belongs to other accounts
        p = (visible or known)[0]
        for key in ("consult:new", f"person:{p['pid']}", f"checklist:{p['pid']}"):
            insert(db, "draft", account_id=someone, draft_key=key, title="乙", subject_person_id=p["id"], record_class=2, fields=json.dumps({"content": "乙"}), created_ms=1, updated_ms=1)
        for drawing in ("genogram", "ecomap"):
            step = insert(db, "drawing_step", account_id=someone, person_id=p["id"], drawing=drawing, title="乙の操作", at_ms=unix("2026-11-20T00:30:00Z") * 1000)
            insert(db, "drawing_write", step_id=step, table_name="person", row_id=p["id"], from_version=0, to_version=1, now_version=1)
        office_rows(db, far, staff["far"], "乙所")
        # another organisation's survey, and people out of sight in the frame of the actor's own: not in its lists, numbers and tables
        surveyed(db, far, "乙", far, (known or [None])[0]["id"], outside=actor.name != "ADMIN")  # an administrator carries the files of every round
        mine = db.execute("SELECT s.id, r.id FROM survey s JOIN survey_round r ON r.survey_id = s.id AND r.no = 1 WHERE s.org_id = ? ORDER BY s.id", (actor.org or -1,)).fetchone()
        for k, r in enumerate([r for r in known if r not in visible][:2] if mine else []):
            surveyed_target(db, mine[0], mine[1], f"00{k + 3}", f"隠乙野 {k}", person_id=r["id"])
        # another municipality's programme, and a hidden person tied to a dispatch of the actor's own, of which nothing is told
        programme(db, db.execute("SELECT id FROM org WHERE name = '遠い町の専門職会'").fetchone()[0], far, "乙")
        dispatched(db, far, far, None, "乙", "2026-10-01")
        own_one = db.execute("SELECT d.id FROM dispatch d WHERE d.org_id = ? AND d.state = 'offered' AND NOT EXISTS (SELECT 1 FROM dispatch_case k WHERE k.dispatch_id = d.id)", (actor.org or -1,)).fetchone()
        unseen = next((r for r in known if r not in visible), None)
        if own_one and unseen:
            insert(db, "dispatch_case", person_id=unseen["id"], org_id=actor.org, dispatch_id=own_one[0], classes=3, agreed_on="2026-10-01", agreed_by="self", how="paper", note="乙")
        snippet(db, "own", "乙", account_id=someone)
        snippet(db, "office", "乙", org_id=far)
        snippet(db, "town", "乙", org_id=far)
        insert(db, "job", kind="print", params="{}", account_id=someone, org_id=far, record_class=0, state="done", message="乙", created_ms=1)
        insert(db, "saved_search", account_id=someone, params="乙", created_ms=1)
        insert(db, "person_pin", account_id=someone, person_id=p["id"], created_ms=1)
        insert(db, "person_seen", account_id=someone, person_id=p["id"], seen_ms=1)
        insert(db, "list_choice", account_id=someone, list="person", choice="mine=1", updated_ms=1)
        hidden = next((r for r in known if r not in visible), None)
        insert(db, "conflict_text", table_name="person", row_id=hidden["id"], base_version=1, theirs_version=2, account_id=someone, at_ms=1, mine='{"note":"乙"}', fields="note")
    added = {t: sorted({r[0] for r in db.execute(f"SELECT pid FROM {t}")} - seen) for t, seen in before.items()}
    db.close()
    return {t: v for t, v in added.items() if v}, words
