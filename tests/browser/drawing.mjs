// The family picture and the ecomap by keyboard alone, and what a reader of the screen is told (U24, U42, U43, U45).
import { axe, has, layoutFaults, logIn, newPerson, ok, same, test } from "./lib.mjs";

const focusKey = (page) => page.evaluate(() => document.activeElement.dataset && document.activeElement.dataset.key);
const names = (page) => page.$$eval("tsu-drawing g[data-key]", (v) => v.map((g) => g.getAttribute("aria-label")));

/* Chooses in a list by the arrow keys, as far down as needed. */
async function pick(page, selector, beginning) {
	await page.locator(selector).focus();
	for (let i = 0; i < 40; i++) {
		if ((await page.$eval(selector, (e) => e.selectedOptions[0].textContent)).startsWith(beginning)) return;
		await page.keyboard.press("ArrowDown");
	}
	ok(false, `no choice "${beginning}" in ${selector}`);
}

async function send(page) {
	const button = page.locator("#edit form button.main").first();
	await button.focus();
	await Promise.all([page.waitForURL((u) => u.search.includes("done=")), page.keyboard.press("Enter")]);
}

async function addKin(page, base, kind, label, name) {
	await page.goto(`${base}?add=person#edit`);
	await page.waitForFunction(() => document.activeElement.name === "name");
	await page.keyboard.insertText(name);
	await pick(page, "#f-kind", kind);
	await page.locator("#f-label").focus();
	await page.keyboard.insertText(label);
	await send(page);
}

test("a family is drawn, walked through, changed and undone by keyboard alone (U24, U42, U45)", async () => {
	const page = await logIn("nurse");
	const pid = await newPerson(page, "図形 花子", "ズケイ ハナコ");
	const base = `/persons/${pid}/genogram`;
	await addKin(page, base, "配偶者", "夫", "図形 太郎");
	await addKin(page, base, "子", "長男", "図形 一郎");
	await addKin(page, base, "子", "長女", "図形 和子");
	same((await names(page)).length, 4, "people in the picture");
	has((await names(page)).join(), "図形 一郎 長男、男性", "what a screen reader is told");
	// one stop of the tab key; arrows walk: from the client down to a child and to the next one
	await page.locator("tsu-drawing g[tabindex='0']").focus();
	same(await focusKey(page), "me", "the client comes first");
	same(await page.$$eval("tsu-drawing g[tabindex='0']", (v) => v.length), 1, "stops of the tab key in the picture");
	await page.keyboard.press("ArrowDown");
	const child = await focusKey(page);
	ok(child !== "me", "arrow down leads to a child");
	await page.keyboard.press("ArrowRight");
	const other = await focusKey(page);
	ok(other !== child && other !== "me", "arrow right leads to the next child");
	// Enter opens the form of the one chosen, the focus is in it
	await Promise.all([page.waitForURL("**who=*"), page.keyboard.press("Enter")]);
	same(new URL(page.url()).searchParams.get("who"), other, "whose form is open");
	await page.waitForFunction(() => document.activeElement.name === "name");
	await page.locator("#f-is_deceased").focus();
	await page.keyboard.press("Space");
	await page.locator("#edit form button.main").first().focus();
	await Promise.all([page.waitForURL((u) => !u.search.includes("who=")), page.keyboard.press("Enter")]);
	has((await names(page)).join(), "死亡", "the picture after the death");
	// Ctrl+Z takes it back, Ctrl+Y does it again
	await page.locator("tsu-drawing g[tabindex='0']").focus();
	await Promise.all([page.waitForURL("**done=restored**"), page.keyboard.press("Control+z")]);
	ok(!(await names(page)).join().includes("死亡"), "undone");
	await page.locator("tsu-drawing g[tabindex='0']").focus();
	await Promise.all([page.waitForNavigation(), page.keyboard.press("Control+y")]);
	has((await names(page)).join(), "死亡", "done again");
	// Delete asks for a reason first; nothing is gone before it is given
	await page.locator(`tsu-drawing g[data-key="${child}"]`).focus();
	await Promise.all([page.waitForURL("**#remove"), page.keyboard.press("Delete")]);
	await page.waitForFunction(() => document.activeElement.name === "reason");
	same((await names(page)).length, 4, "people before the reason");
	await page.keyboard.insertText("まちがい");
	await Promise.all([page.waitForURL((u) => !u.search.includes("who=")), page.keyboard.press("Enter")]);
	same((await names(page)).length, 3, "people after");
	const faults = [...await axe(page, "family picture"), ...await layoutFaults(page)];
	await page.goto(`${base}?add=person#edit`);
	faults.push(...await axe(page, "family picture with form"), ...await layoutFaults(page));
	same(faults, [], "faults");
	same(await page.$$eval("[draggable=true]", (v) => v.length), 0, "things to drag");
});

test("an ecomap is made by keyboard, two days side by side (U43)", async () => {
	const page = await logIn("nurse");
	const pid = await newPerson(page, "図形 二子", "ズケイ フタコ");
	const base = `/persons/${pid}/ecomap`;
	for (const [label, kind, from] of [["老人クラブ", "地域", "R7.4.1"], ["隣の田村さん", "友人", ""]]) {
		await page.goto(`${base}?add=node#edit`);
		await page.locator("#f-label").focus();
		await page.keyboard.insertText(label);
		await pick(page, "#f-kind", kind);
		await page.locator("#f-from_on").focus();
		await page.keyboard.insertText(from);
		await send(page);
	}
	has((await names(page)).join(), "老人クラブ", "nodes of the picture");
	await page.locator("tsu-drawing g[tabindex='0']").focus();
	await page.keyboard.press("End");
	await Promise.all([page.waitForURL("**who=*"), page.keyboard.press("Enter")]);
	ok(await page.locator("#edit").isVisible(), "the form of a node is open");
	await page.goto(`${base}?on=R8.11.1&with=R6.1.1`);
	same(await page.$$eval("svg", (v) => v.map((s) => s.textContent.includes("老人クラブ"))), [true, false], "before and after");
	const faults = [...await axe(page, "ecomap"), ...await layoutFaults(page)];
	await page.goto(`${base}?add=tie#edit`);
	faults.push(...await axe(page, "ecomap with form"), ...await layoutFaults(page));
	same(faults, [], "faults");
});
