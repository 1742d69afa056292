// The month's end of a chief care manager (F070): three omissions of the demo are found, two are mended on the pages the lines lead to,
// one is excused with a reason, the month is closed and printed; a closed month takes no visit.
import { axe, has, logIn, ok, ownHouse, pdf, same, shot, test } from "./lib.mjs";

const MONTH = "/duties/month?m=2026-10";
const people = (page) => page.$$eval(".duty-row.waits h3 a", (v) => v.map((a) => a.innerText));
const line = (page, words) => page.locator(".duty-row.waits", { hasText: words }).first();

test("月の締め: three omissions are found, two mended, one excused; closed, printed, and nothing more is written into it", async () => {
	const server = await ownHouse("month");
	const page = await logIn("cm1", { server });
	await page.goto(MONTH);
	const names = await people(page);
	same(names.length, 3, `people with an open line: ${names}`);
	has(await page.locator("section[aria-labelledby=lacks]").innerText(), "虐待防止・業務継続計画の減算はありません", "what the office lacks");
	same(await axe(page, "the month"), [], "axe");
	await shot(page, "60-month-open");

	// learn why: the line opens by key and says rule, article and computation
	const claim = line(page, "給付管理票");
	await claim.locator("summary").focus();
	await page.keyboard.press("Enter");
	const why = await claim.locator("details").innerText();
	for (const word of ["判定", "令和8年10月: 記録なし → 違反", "居宅基準14条", "R-CM-14-claim", "請求できません"]) has(why, word, "the reason");
	await shot(page, "61-month-why");

	// mended: the claim was sent, and nobody wrote it down
	await claim.locator("a", { hasText: "給付管理票を記録する" }).click();
	await page.fill("#f-from_on", "令和8年10月");
	await page.fill("#f-on_day", "R8.11.9");
	await page.click("main form button:has-text('保存'), .bar button:has-text('保存')");
	await page.waitForURL(/office-records\/[0-9a-z]{26}|office-records\?/);
	await page.goto(MONTH);
	same((await people(page)).length, 2, "people with an open line");

	// mended: the visit was made on 28 October, and nobody wrote it down
	const late = line(page, "少なくとも2か月に1回は居宅を訪問します");
	await late.locator("summary").click();
	await late.locator("a", { hasText: "モニタリングを書く" }).click();
	await page.waitForURL(/\/monitorings/);
	await page.goto(page.url().replace(/\/monitorings.*/, "/monitorings/new"));
	const visited = page.url();
	await page.fill("#f-mon_on", "R8.10.28");
	for (const [name, value] of [["method", "visit"], ["interviewee", "self"], ["new_issue", "2"], ["plan_change", "none"]]) await page.locator(`[name="${name}"][value="${value}"]`).check();
	for (let i = 0; await page.locator(`[name="svc.${i}.executed"]`).count(); i++) await page.locator(`[name="svc.${i}.executed"][value="done"]`).check();
	for (let i = 0; await page.locator(`[name="goal.${i}.status"]`).count(); i++) await page.locator(`[name="goal.${i}.status"][value="same"]`).check();
	await page.fill("#f-user_wish", "今のままでよい。");
	await page.fill("#f-condition", "変わりなし。");
	await page.click("button:has-text('保存')");
	await page.waitForURL(/\/monitorings\/[0-9a-z]{26}/);
	await page.goto(MONTH);
	same((await people(page)).length, 1, "who is left");

	// excused: in hospital the whole month, by the record of 特段の事情 with how the person was
	const excused = line(page, "毎月1回、本人に会います");
	await excused.locator("summary").click();
	await excused.locator("a", { hasText: "特段の事情の月として記録する" }).click();
	await page.waitForURL(/\/monitorings\/new/);
	await page.fill("#f-mon_on", "R8.10.20");
	for (const [name, value] of [["method", "other"], ["new_issue", "2"], ["plan_change", "none"]]) await page.locator(`[name="${name}"][value="${value}"]`).check();
	await page.fill("#f-condition", "病棟の看護師に電話で確かめた。食事は半分ほど。");
	await page.click("button:has-text('保存')");
	has(await page.locator(".summary").innerText(), "特段の事情", "an exception without its kind and ground is refused");
	await page.locator('[name="special_code"][value="hospital"]').check();
	await page.fill("#f-special_reason", "肺炎で9月28日から11月4日まで入院。病棟の看護師に電話で様子を確かめた。");
	await page.fill("#f-special_to_on", "R8.10.31");
	await page.click("button:has-text('保存')");
	await page.waitForURL(/\/monitorings\/[0-9a-z]{26}/);
	await page.goto(MONTH);
	same(await page.locator(".duty-row.waits", { hasText: "毎月1回、本人に会います" }).count(), 0, "the excused line");
	has(await page.locator(".lead").innerText(), "例外の記録が 2件", "what is excused");
	// what the exception does not cover stays, and is left with a reason
	for (let open; await (open = page.locator('.duty-row.waits form[action="/duties/month/reason"]').first()).count();) {
		await open.locator('[name="reason"]').fill("入院中。面接に代えて電話で確かめた。");
		await Promise.all([page.waitForNavigation(), open.locator("button").click()]);
	}
	await page.click("button:has-text('令和8年10月を締める')");
	await page.locator("#flash").waitFor();
	has(await page.locator("main").innerText(), "に締めました", "closed");
	same(await axe(page, "the closed month"), [], "axe");
	await shot(page, "62-month-closed");
	has(await pdf(page, "/duties/month/print?m=2026-10", "month"), "月の締め", "the paper for the inspection");

	// nothing more is written into it: the sentence names the rule, the words stay
	await page.goto(MONTH);
	await page.goto(visited);
	ok(page.url().includes("/monitorings/new"), "the form of a visit");
	await page.fill("#f-mon_on", "R8.10.30");
	for (const [name, value] of [["method", "visit"], ["interviewee", "self"], ["new_issue", "2"], ["plan_change", "none"]]) await page.locator(`[name="${name}"][value="${value}"]`).check();
	await page.fill("#f-condition", "締めたあとの記録");
	await page.click("button:has-text('保存')");
	const said = await page.locator(".summary").innerText();
	has(said, "締めてあるので", "the refusal");
	has(said, "13条14号", "the rule");
	same(await page.inputValue("#f-condition"), "締めたあとの記録", "what was typed");
});
