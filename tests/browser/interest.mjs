// 興味・関心チェックシート in the client's own hands (C-209, F031): a tablet, large letters, keys and fingers, with script and without.
import { Fault, PASSWORD, axe, context, has, layoutFaults, logIn, ok, same, shot, tabTo, test } from "./lib.mjs";

const TABLET = { width: 820, height: 1180 };

async function clean(page, what) {
	const faults = [...await axe(page, what), ...(await layoutFaults(page)).map((f) => `${what}: ${f}`)];
	if (faults.length) throw new Fault(faults.join("\n      "));
}

/* Somebody of the first care manager with sheets of the demo. */
async function person(page) {
	await page.goto("/caseload");
	const pids = await page.locator("main a[href^='/persons/']").evaluateAll((a) => [...new Set(a.map((x) => /\/persons\/([0-9a-z]{26})/.exec(x.getAttribute("href"))?.[1]).filter(Boolean))]);
	for (const pid of pids) {
		await page.goto(`/persons/${pid}/interests`);
		if (await page.locator("#s-moved").count()) return pid;
	}
	throw new Fault("nobody of the demo has two sheets");
}

test("interest: filled in by the client on a tablet, read by the care manager", async () => {
	const page = await logIn("cm1");
	const pid = await person(page);
	await shot(page, "interests");
	await clean(page, "interests");
	await page.setViewportSize(TABLET);
	await page.goto(`/persons/${pid}/interests`);
	await page.getByRole("button", { name: "本人に記入してもらう" }).click();
	await page.waitForURL("**/interests/new");
	await clean(page, "interest by the client");
	await shot(page, "interest_self");
	same(await page.locator("header a, header form, nav a, footer a").count(), 0, "ways to other pages");
	const box = await page.locator("label.choice").first().boundingBox();
	ok(box.height >= 60, `a place to touch is ${box.height} px high`);
	ok(await page.locator("label.choice").first().evaluate((e) => parseFloat(getComputedStyle(e).fontSize)) >= 20, "large letters");
	// by keys
	await tabTo(page, "input[name=cooking][value=doing]", 200);
	await page.keyboard.press("Space");
	// by finger
	await page.locator("label.choice", { has: page.locator("input[name=walking][value=want_to_try]") }).click();
	await page.getByRole("button", { name: "終わりました" }).click();
	await page.waitForURL("**/interests/thanks");
	await clean(page, "thanks");
	await shot(page, "interest_thanks");
	// Back and typed addresses lead to the staff member's password
	await page.goBack();
	await page.waitForURL("**/login?next=**");
	await page.goto("/caseload");
	await page.waitForURL("**/login?next=**");
	await page.goto(`/persons/${pid}/interests/thanks`);
	await page.setViewportSize({ width: 1366, height: 768 });
	await page.getByRole("link", { name: "職員が結果を見る" }).click();
	await clean(page, "the password of the staff member");
	await shot(page, "interest_back");
	await page.locator("#f-password").fill(PASSWORD);
	await page.getByRole("button", { name: "続ける" }).click();
	await page.waitForURL(`**/persons/${pid}/interests`);
	has(await page.locator("main").innerText(), "前とあと", "the list");
	await page.locator("#s-sheets ~ .table-wrap a, main table a").first().click();
	await clean(page, "one sheet");
	await shot(page, "interest_one");
	has(await page.locator("#s-counts + dl").innerText(), "本人が記入", "how it was filled in");
	await page.getByRole("link", { name: "リハビリの目標にする" }).first().click();
	same(await page.locator("#f-goal").inputValue(), "散歩", "the goal offered");
	await shot(page, "interest_goal");
	await clean(page, "a goal from the sheet");
	await page.goto(`/persons/${pid}/rehab/meetings/new`);
	await clean(page, "a conference");
	await shot(page, "rehab_meeting_new");
	await page.goto(`/persons/${pid}/rehab`);
	await shot(page, "rehab_home");
});

test("interest: without script", async () => {
	const seen = await logIn("cm1");
	const pid = await person(seen);
	const c = await context({ context: { javaScriptEnabled: false, viewport: TABLET, storageState: await seen.context().storageState() } });
	const page = await c.newPage();
	await page.goto(`/persons/${pid}/interests`);
	await page.getByRole("button", { name: "本人に記入してもらう" }).click();
	await page.locator("input[name=other01][value=interested]").check();
	await page.getByRole("button", { name: "終わりました" }).click();
	has(await page.locator("main").innerText(), "何をすることか書かれていません", "the fault");
	ok(await page.locator("input[name=other01][value=interested]").isChecked(), "what was ticked stays");
	await page.locator("#f-other01_name").fill("盆栽");
	await page.getByRole("button", { name: "終わりました" }).click();
	await page.waitForURL("**/interests/thanks");
});
