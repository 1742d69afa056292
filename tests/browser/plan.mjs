// A plan as a record: every page of the flow is accessible and fits; the signature is drawn, survives a fault and is kept.
import { execFileSync } from "node:child_process";
import { axe, has, house, layoutFaults, logIn, ok, same, test } from "./lib.mjs";

/* A case and an explained plan with one chain, put where the editor would have put them; the two pids come back. */
const SEED = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1] + "/tsunagi.db", timeout=20)
n = 0
def row(table, **v):
    global n
    n += 1
    v = {"pid": "brw%s%022d" % (sys.argv[2], n), "version": 1, "created_ms": 0, "created_by": 1, "updated_ms": 0, "updated_by": 1, **v}
    return db.execute("INSERT INTO %s (%s) VALUES (%s)" % (table, ", ".join(v), ", ".join("?" * len(v))), list(v.values())).lastrowid, v["pid"]
org, staff = db.execute("SELECT org_id, staff_id FROM account WHERE login = 'nurse'").fetchone()
person, ppid = db.execute("SELECT p.id, p.pid FROM person p JOIN access_grant g ON g.cluster_id = p.cluster_id WHERE g.org_id = ? AND g.relation = 2 AND p.retired_ms IS NULL ORDER BY p.id LIMIT 1", (org,)).fetchone()
day = "2026-11-20"
case, _ = row("care_case", person_id=person, org_id=org, kind="home", status="active", staff_id=staff)
def plan(no, status, words, **more):
    p, pid = row("plan", person_id=person, org_id=org, case_id=case, staff_id=staff, kind="home", status=status, version_no=no, revision_no=0, change_kind="full", create_on=day, plan_on=day,
                 from_on=day, to_on="2027-03-31", author_name="高橋 由美", analysis=words, overall_policy="歩く力を取り戻す", explained_on=day, **more)
    need, _ = row("plan_need", person_id=person, plan_id=p, no=1, text="外を歩くのが不安")
    goal, _ = row("plan_goal", person_id=person, plan_id=p, need_id=need, no=1, long_text="畑まで歩く", short_text="庭を歩く", long_from_on=day, short_from_on=day, short_to_on="2027-01-31")
    svc, _ = row("plan_service", person_id=person, plan_id=p, goal_id=goal, no=1, actor="formal", content="歩行の練習", covered="Y", type="通所介護", type_code="15", office="見本デイサービス",
                 freq="週1回", days="1000000", choice_reason="近いから")
    row("plan_slot", person_id=person, plan_id=p, service_id=svc, service="通所介護", dow=1, from_min=540, to_min=960)
    return p, pid
old, old_pid = plan(1, "consented", "筋力が落ちている", consented_on=day)
row("plan_delivery", person_id=person, plan_id=old, kind="self", name="本人")
row("plan_delivery", person_id=person, plan_id=old, kind="office", name="見本デイサービス")
row("provider_plan", person_id=person, plan_id=old, office="見本デイサービス", type="通所介護", due_on="2026-10-01")
new, new_pid = plan(2, "explained", "筋力と食欲が落ちている", previous_id=old)
row("plan_comment", person_id=person, plan_id=new, org_id=org, staff_id=staff, at_ms=1790000000000, kind="comment", body="目標を具体的に")
db.commit()
print(ppid, old_pid, new_pid)
`;
let made = 0;
async function plans() {
	const s = await house();
	return execFileSync("python3", ["-c", SEED, s.data, String(++made)], { encoding: "utf8" }).trim().split(" ");
}

test("plan: every page of the flow is accessible and fits", async () => {
	const [person, old, plan] = await plans();
	const page = await logIn("nurse");
	const out = [];
	for (const path of [`/persons/${person}/plans`, `/plans/${plan}`, `/plans/${plan}/explain`, `/plans/${plan}/consent`, `/plans/${plan}/provisional`, `/plans/${plan}/diff?with=${old}`,
		`/plans/${plan}/talk`, `/plans/${plan}/history`, `/plans/${plan}/close`, `/plans/${old}`, `/plans/${old}/change`, `/plans/${old}/delivery`, `/plans/${old}/providers`,
		`/plans/${old}/close`, "/plans/unsent", "/plans/figures"]) {
		await page.goto(path);
		const what = path.replace(/[0-9a-z]{26}/g, "…");
		out.push(...await axe(page, what), ...(await layoutFaults(page)).map((f) => `${what}: ${f}`));
	}
	same(out, [], "faults");
});

test("plan: the signature is drawn, survives a fault and is kept", async () => {
	const [, , plan] = await plans();
	const page = await logIn("nurse");
	await page.goto(`/plans/${plan}/consent`);
	const pad = page.locator("sig-pad canvas");
	await pad.scrollIntoViewIfNeeded();
	await page.mouse.wheel(0, 200);
	await page.waitForTimeout(200);
	const box = await pad.boundingBox();
	await page.mouse.move(box.x + 40, box.y + 60);
	await page.mouse.down();
	await page.mouse.move(box.x + 200, box.y + 30);
	await page.mouse.move(box.x + 260, box.y + 90);
	await page.mouse.up();
	const drawn = await page.inputValue("#f-signature");
	ok(drawn.startsWith("data:image/png;base64,") && drawn.length > 500, "the drawing is in the form");
	await page.click(".bar button.main"); // 区分して説明した is not ticked
	await page.waitForSelector("#e-told_benefit");
	same(await page.inputValue("#f-signature"), drawn, "the drawing after a fault");
	await page.check("#f-told_benefit");
	await page.click(".bar button.main");
	await page.waitForURL(/\/delivery/);
	has(await page.textContent("main"), "見本デイサービス", "the recipients");
	await page.goto(`/plans/${plan}`);
	has(await page.textContent("main"), "同意済", "the state");
	await page.goto(`/plans/${plan}/consent`);
	await page.locator("sig-pad button").click();
	same(await page.inputValue("#f-signature"), "", "cleared");
});
