// The walk of a newcomer, by keyboard alone: log in → take a call → find no one, register the person → fill the
// checklist by number keys → see the judgement and why → print → route → the next day's 今日の仕事 shows it.
// With SHOTS=DIR it writes the screenshots of the documents.
import { active, axe, clock, has, ime, logIn, ok, pdf, same, shot, tabTo, test } from "./lib.mjs";

export const KINDS = { no: "2", yes: "1" };

async function choose(page, name, value) { // a radio by keyboard: to the group, then arrows
	await tabTo(page, `input[name="${name}"]`);
	for (let i = 0; i < 20; i++) {
		const at = await active(page);
		if (at.name === name && at.value === value) {
			await page.keyboard.press("Space");
			return;
		}
		await page.keyboard.press("ArrowDown");
	}
	throw new Error(`${name} has no ${value} by arrows`);
}
async function tick(page, name, value) {
	await tabTo(page, `input[name="${name}"][value="${value}"]`);
	await page.keyboard.press("Space");
}
async function write(page, id, text) {
	await tabTo(page, id);
	await page.keyboard.insertText(text);
}
async function save(page, url) {
	await page.keyboard.press("Control+s");
	await page.waitForURL(url);
}

test("the walk by keyboard, and the next day", async () => {
	const page = await logIn("nurse");
	await shot(page, "01-today");

	// the call
	await tabTo(page, 'a[href="/consults/new"]');
	await page.keyboard.press("Enter");
	await page.waitForURL("**/consults/new");
	await tabTo(page, "#f-find");
	await page.keyboard.insertText("ことぶき しまこ");
	await page.keyboard.press("Enter");
	await page.waitForURL("**/consults/find");
	await choose(page, "person", "new");
	await tabTo(page, "#f-source");
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("ArrowDown");
	await write(page, "#f-caller_name", "寿 一郎");
	await write(page, "#f-caller_relation", "長男");
	await write(page, "#f-caller_phone", "090-0000-1234");
	await tabTo(page, "#f-content");
	await ime(page, "ははがさいきんころびやすい", "母が最近転びやすい", { enter: false });
	await page.keyboard.insertText("。買物にも行かなくなり、家に閉じこもりがち。足腰を鍛える教室に通わせたい。");
	await write(page, "#f-wish", "また友だちと買物に行きたい。");
	await tick(page, "classes", await page.locator('input[name="classes"]').first().getAttribute("value"));
	await write(page, "#f-next_action", "自宅を訪問して基本チェックリストを行う");
	await write(page, "#f-next_on", "R8.11.21");
	await page.waitForFunction(() => document.getElementById("d-next_on").textContent.includes("令和8年11月21日"));
	await shot(page, "02-consult");
	await page.keyboard.press("Control+s");

	// the person
	await page.waitForURL("**/persons/new?consult=**");
	await tabTo(page, "#f-name");
	await ime(page, "ことぶき", "寿");
	await page.keyboard.press("Space");
	await ime(page, "しまこ", "島子");
	same(await page.inputValue("#f-kana"), "コトブキ　シマコ", "the kana filled while typing");
	await write(page, "#f-birth", "S15.3.2");
	await page.waitForFunction(() => document.getElementById("d-birth").textContent.includes("昭和15年3月2日"));
	await choose(page, "sex", "2");
	await write(page, "#f-home_address", "見本県見本市中央1-2-3");
	await shot(page, "03-person-new");
	await save(page, /\/consults\/[0-9a-z]{26}/);
	await page.locator(".person-name").waitFor();
	has(await page.textContent("main"), "母が最近転びやすい", "the consultation");
	await shot(page, "04-consult-saved");

	// the checklist: 25 answers, counted
	await tabTo(page, 'a[href*="/checklists/new"]');
	await page.keyboard.press("Enter");
	await page.waitForURL("**/checklists/new**");
	await tabTo(page, 'input[name="kcl01"]');
	let keys = 0;
	const press = async (key) => { keys++; await page.keyboard.press(key); };
	const answers = "2 2 1 1 1  2 2 2 1 1  1 - 1 1 2  2 1 2 1 2  1 2 2 1 2".split(/\s+/);
	for (const a of answers) {
		if (a === "-") continue; // 12 is the BMI, from height and weight
		await press(a);
	}
	const given = await page.locator('input[name^="kcl"][type="radio"]:checked').count();
	ok(given === 24, `24 answers by number keys, there are ${given}`);
	await press("Backspace");
	same(await page.locator('input[name^="kcl"][type="radio"]:checked').count(), 23, "answers after one key of undoing");
	await press("2");
	same(await page.locator('input[name^="kcl"][type="radio"]:checked').count(), 24, "answers after answering again");
	ok(keys <= 27, `${keys} key presses for the answers with one undone`);
	await shot(page, "05-checklist");
	await page.evaluate(() => window.scrollTo(0, 0));
	await page.keyboard.press("Shift+Tab");
	for (const [id, text] of [["height_cm", "150"], ["weight_kg", "40"]]) {
		for (let i = 0; i < 60 && !(await page.evaluate((n) => document.activeElement?.name === n, id)); i++) await page.keyboard.press(id === "height_cm" ? "Shift+Tab" : "Tab");
		same((await active(page)).name, id, "focus by Tab");
		await page.keyboard.type(text);
	}
	await save(page, /\/responses\/[0-9a-z]{26}/);

	// the judgement and why
	const judged = await page.textContent("main");
	has(judged, "該当", "the judgement");
	has(judged, "根拠", "the reason");
	same(await page.locator(".drawing svg").count(), 1, "radar charts");
	await shot(page, "06-judgement");
	await page.evaluate(() => document.querySelector(".drawing").scrollIntoView({ block: "start" }));
	await shot(page, "07-radar");
	const href = await page.locator('a[href$="/pdf"]').getAttribute("href");
	const paper = await pdf(page, href, "08-checklist-pdf");
	has(paper, "島子", "the PDF");
	has(paper, "該当", "the PDF");

	// the routing
	await page.evaluate(() => window.scrollTo(0, 0));
	await tabTo(page, 'a[href*="/routings/new"]');
	await page.keyboard.press("Enter");
	await page.waitForURL("**/routings/new**");
	const valueOf = (name, label) => page.locator(`label:has(input[name="${name}"])`, { hasText: label }).locator("input").getAttribute("value");
	await choose(page, "wish", await valueOf("wish", "サービス事業を使いたい"));
	await choose(page, "needs_cert", await valueOf("needs_cert", "いいえ"));
	await tick(page, "services", await page.locator('input[name="services"]').first().getAttribute("value"));
	await tabTo(page, 'button[formaction$="/propose"]');
	await page.keyboard.press("Enter");
	await page.waitForURL("**/routings/propose");
	await shot(page, "09-routing");
	const proposal = await page.textContent(".proposal");
	has(proposal, "根拠", "the proposal");
	has(proposal, "介護予防ケアマネジメント", "the proposal");
	await write(page, "#f-note", "本人と長男に説明し、体操の教室から始めることにした。");
	await save(page, /\/routings\/[0-9a-z]{26}/);
	has(await page.textContent("main"), "介護予防ケアマネジメント A", "the routing"); // nothing chosen: the proposal holds
	await shot(page, "10-routed");

	// the next day
	clock.days(1);
	clock.forward(-3600);
	const next = await logIn("nurse");
	const boxes = await next.textContent("main");
	has(boxes, "きのうから今日の振り分け", "今日の仕事");
	await tabTo(next, 'a[href*="rout"]');
	await next.keyboard.press("Enter");
	await next.waitForURL("**/work/**");
	has(await next.textContent("main"), "島子", "the list of yesterday's routings");
	await shot(next, "11-next-day");
	same(await axe(next, "work list"), [], "axe");
});
