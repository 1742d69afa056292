// Assessment by keyboard: a short form first (U12), the scales by number keys (U13), Enter that only saves, and every page of
// it without faults of access or layout.
import { axe, has, layoutFaults, logIn, newPerson, ok, same, tabTo, test } from "./lib.mjs";

const FIRST = "#f-done_on", SAVE = "form[data-draft] .bar button.main";

test("assessment: the short form has at most 15 tab stops, the rest opens (U12)", async () => {
	const page = await logIn("nurse");
	const person = await newPerson(page, "評価 一郎", "ヒョウカ イチロウ");
	await page.goto(`/persons/${person}/assessments/new`);
	await page.locator(FIRST).focus();
	const stops = 1 + await tabTo(page, SAVE);
	ok(stops <= 15, `${stops} stops from the first field to 保存`);
	ok(!await page.locator("#f-a11_adl\\.fact").isVisible(), "the items are closed at first");
	await page.locator("details.more > summary").focus();
	await page.keyboard.press("Enter");
	ok(await page.locator("#f-a11_adl\\.fact").isVisible(), "Enter on 詳細 opens them");
	await page.locator('.page-nav a[href="#i-a12_iadl"]').focus();
	await page.keyboard.press("Enter");
	ok(await page.locator("#i-a12_iadl").evaluate((e) => Math.abs(e.getBoundingClientRect().top) < innerHeight), "the list of sections leads to the section");
});

test("assessment: scales by number keys, Enter saves and does nothing else, the pages are clean", async () => {
	const page = await logIn("nurse");
	const person = await newPerson(page, "評価 二郎", "ヒョウカ ジロウ", "S11.6.6");
	const faults = [];
	const look = async (what) => { faults.push(...await axe(page, what), ...(await layoutFaults(page)).map((f) => `${what}: ${f}`)); };
	await page.goto(`/persons/${person}/assessments/new`);
	await page.locator("details.more > summary").click();
	await look("new assessment");
	await page.locator('input[name="a11_adl.d.turn"]').first().focus();
	await page.keyboard.press("1"); // turn: 自立, on to rise
	await page.keyboard.press("2"); // rise: 見守り
	await page.keyboard.press("3"); // sit: 一部介助
	await page.keyboard.press("Backspace"); // taken back
	await page.keyboard.press("4"); // sit: 全介助
	const chosen = (part) => page.evaluate((n) => document.querySelector(`input[name="${n}"]:checked`)?.value ?? "", `a11_adl.d.${part}`);
	same([await chosen("turn"), await chosen("rise"), await chosen("sit"), await chosen("stand")], ["self", "watch", "full", ""], "the scales");
	await page.keyboard.press("ArrowUp");
	await page.fill("#f-a11_adl\\.fact", "つえで歩く");
	await page.locator("#f-interviewee").focus();
	await page.keyboard.insertText("本人");
	await page.keyboard.press("Enter");
	await page.waitForURL("**/assessments/*done=saved*");
	const text = await page.textContent("main");
	for (const w of ["全介助: 座位", "見守り: 起き上がり", "つえで歩く"]) has(text, w, "the saved assessment");
	const first = await page.textContent("#i-a01_basic");
	has(first, "未記入", "item 1 (Enter must not press a button inside the form)");
	await look("assessment");
	const path = new URL(page.url()).pathname;
	for (const [p, what] of [[`${path}/edit`, "assessment, edit"], [`${path}/icf`, "ICF"], [`${path}/history`, "history"], [`/persons/${person}/assessments`, "list"]]) {
		await page.goto(p);
		await look(what);
	}
	// a gap leads to its field
	await page.goto(path);
	await page.locator('.gaps a[href$="#f-a12_iadl.state"]').click();
	await page.waitForURL("**/edit#f-a12_iadl.state");
	ok(await page.locator("#f-a12_iadl\\.state").evaluate((e) => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight; }), "the field of the gap is in view");
	await page.goto(path);
	await page.getByRole("button", { name: "このアセスメントから作る" }).click();
	await page.waitForURL("**/issue-sheets/*");
	await look("issue sheet");
	await page.selectOption("#f-bathing\\.now", "watch");
	await page.click(SAVE);
	await page.waitForURL("**done=saved**");
	ok(await page.locator("#f-bathing\\.now.edited").count() === 1, "the cell is marked as typed");
	same(faults, [], "faults of access and layout");
});
