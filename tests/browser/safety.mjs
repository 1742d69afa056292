// Not a word lost, nobody overwritten (U18, U19, U21, U22, U23), and one record for two clicks.
import { PASSWORD, active, axe, context, has, house, logIn, newCall, newConsult, newPerson, nextCode, ok, same, shot, sleep, test } from "./lib.mjs";

const draftLine = (page, text) => page.waitForFunction((t) => document.querySelector("[data-draft-line]")?.textContent.includes(t), text, { timeout: 20000 });
const sessionCookie = { name: "tsunagi" };

/* In the overlay, by keyboard: user, password, code. */
async function again(page, login) {
	const box = page.locator("dialog.cover");
	await box.waitFor();
	if (await box.locator('input[name="login"]').count()) {
		await page.keyboard.type(login);
		await page.keyboard.press("Tab");
	}
	await page.keyboard.type(PASSWORD);
	await page.keyboard.press("Enter");
	await Promise.race([box.locator('input[name="code"]').waitFor(), box.waitFor({ state: "detached" })]);
	if (await box.count()) {
		await page.keyboard.type(nextCode(login));
		await page.keyboard.press("Enter");
	}
}

test("a draft is on the server while one types, and says so (U18)", async () => {
	const page = await logIn("nurse");
	await newCall(page);
	await page.locator("#f-content").focus();
	await page.keyboard.insertText("途中まで書いた相談の内容");
	await draftLine(page, "下書き保存済");
	const kept = await page.evaluate(() => fetch("/drafts/consult%3Anew", { headers: { "X-Tsunagi": "1" } }).then((r) => r.json()));
	same(kept.fields.content, ["途中まで書いた相談の内容"], "the draft of the server");
	await page.evaluate(() => { document.querySelector("#f-content").value = ""; });
	await page.locator("#f-content").fill("");
	await draftLine(page, "下書き保存済");
});

test("the session ends in mid-typing: log in over the page, same text, same field (U18)", async () => {
	const page = await logIn("nurse");
	await newCall(page);
	await page.fill("#f-caller_name", "見本 花江");
	await page.locator("#f-content").focus();
	await page.keyboard.insertText("最近、物忘れが気になると言う。");
	await page.context().clearCookies(sessionCookie);
	await page.keyboard.insertText("火の始末も心配。");
	await again(page, "nurse");
	await page.locator("dialog.cover").waitFor({ state: "detached" });
	const at = await active(page);
	same([at.name, at.value], ["content", "最近、物忘れが気になると言う。火の始末も心配。"], "the field that has the focus, and its text");
	same(await page.inputValue("#f-caller_name"), "見本 花江", "the other field");
	await page.keyboard.insertText("夜は一人。");
	await page.selectOption("#f-source", { index: 1 });
	await page.fill("#f-person_label", "一人暮らしの女性");
	await page.locator('input[name="classes"]').first().check();
	await page.click(".bar button.main");
	await page.waitForURL(/\/consults\/[0-9a-z]{26}/);
	has(await page.textContent("main"), "最近、物忘れが気になると言う。火の始末も心配。夜は一人。", "the saved consultation");
});

test("the session ends before saving: nothing typed is lost either (U18)", async () => {
	const page = await logIn("nurse");
	await newCall(page);
	await page.selectOption("#f-source", { index: 1 });
	await page.fill("#f-person_label", "ようすだけ分かる人");
	await page.fill("#f-content", "保存を押す前に切れた相談");
	await page.locator('input[name="classes"]').first().check();
	await draftLine(page, "下書き保存済");
	await page.context().clearCookies(sessionCookie);
	await page.click(".bar button.main");
	await again(page, "nurse");
	await page.waitForURL(/\/consults\/[0-9a-z]{26}/);
	has(await page.textContent("main"), "保存を押す前に切れた相談", "the saved consultation");
});

test("another person logs in over the page: nothing of the first stays in sight", async () => {
	const page = await logIn("nurse");
	await newCall(page);
	await page.locator("#f-content").focus();
	await page.keyboard.insertText("保健師だけの下書き");
	await draftLine(page, "下書き保存済");
	await page.context().clearCookies(sessionCookie);
	await page.keyboard.insertText("。続き");
	await again(page, "social");
	await page.waitForURL((u) => u.pathname === "/");
	ok(!(await page.textContent("body")).includes("保健師だけの下書き"), "the first person's text is gone from the page");
	await page.goto("/consults/new");
	await sleep(500);
	ok(!(await page.textContent("body")).includes("保健師だけの下書き"), "and is offered to nobody else");
	const first = await logIn("nurse");
	await first.goto("/consults/new");
	await first.getByRole("button", { name: "復元" }).click();
	has(await first.inputValue("#f-content"), "保健師だけの下書き", "the draft of the first person");
	await first.fill("#f-content", "");
	await draftLine(first, "下書き保存済");
});

test("the window is killed: on return 復元 brings the text back, 破棄 drops it (U19)", async () => {
	const page = await logIn("nurse");
	const pid = await newConsult(page, "はじめの内容");
	await page.goto(`/consults/${pid}/edit`);
	await page.fill("#f-content", "はじめの内容。書き足した続き");
	await draftLine(page, "下書き保存済");
	await page.close({ runBeforeUnload: false });
	const back = await logIn("nurse");
	await back.goto(`/consults/${pid}/edit`);
	same(await back.inputValue("#f-content"), "はじめの内容", "the page before restoring");
	await shot(back, "12-draft");
	await back.getByRole("button", { name: "復元" }).click();
	same(await back.inputValue("#f-content"), "はじめの内容。書き足した続き", "the restored text");
	await back.reload();
	await back.getByRole("button", { name: "破棄" }).click();
	await back.waitForFunction(() => !document.querySelector('[aria-label="下書き"]'));
	await back.reload();
	await sleep(700);
	same(await back.getByRole("button", { name: "復元" }).count(), 0, "offers after dropping the draft");
	same(await back.inputValue("#f-content"), "はじめの内容", "the record");
});

/* A PC whose clock is wrong by days: what is newer is told by the server, so nothing newer is hidden or written over. */
for (const [words, days] of [["five days fast", 5], ["five days slow", -5]]) test(`a PC clock ${words} neither hides nor overwrites a newer draft (U19)`, async () => {
	const wrong = await logIn("nurse");
	const pid = await newConsult(wrong, "はじめの内容");
	await wrong.clock.setSystemTime(Date.now() + days * 86400000);
	await wrong.goto(`/consults/${pid}/edit`);
	await wrong.clock.setSystemTime(Date.now() + days * 86400000);
	// typed here without a line: only a copy of this PC
	await wrong.context().setOffline(true);
	await wrong.fill("#f-content", "ずれた時計の端末で書いた文");
	await wrong.locator("#f-content").blur();
	await draftLine(wrong, "サーバーにつながりません");
	// meanwhile on a PC with the right time
	const right = await logIn("nurse");
	await right.goto(`/consults/${pid}/edit`);
	await right.fill("#f-content", "正しい時計の端末で書いた新しい文");
	await draftLine(right, "下書き保存済");
	// the line is back: the newer draft is not written over, and both are offered
	await wrong.context().setOffline(false);
	await wrong.locator("#f-content").focus();
	await wrong.keyboard.insertText("。続き");
	await wrong.locator("#f-content").blur();
	await draftLine(wrong, "ほかの画面で入力した下書きがあります");
	const stored = () => right.evaluate((k) => fetch("/drafts/" + encodeURIComponent(k), { headers: { "X-Tsunagi": "1" } }).then((r) => r.json()), `consult:${pid}`);
	same((await stored()).fields.content, ["正しい時計の端末で書いた新しい文"], "the draft of the server");
	await wrong.close({ runBeforeUnload: false });
	const back = await wrong.context().newPage();
	await back.clock.setSystemTime(Date.now() + days * 86400000);
	await back.goto(`/consults/${pid}/edit`);
	await back.getByRole("button", { name: "サーバーの下書き" }).waitFor();
	await back.getByRole("button", { name: "この端末の控えを復元" }).waitFor();
	await shot(back, "13-two-drafts");
	await back.getByRole("button", { name: "この端末の控えを復元" }).click();
	same(await back.inputValue("#f-content"), "ずれた時計の端末で書いた文。続き", "the copy of this PC");
	await draftLine(back, "下書き保存済");
	same((await stored()).fields.content, ["ずれた時計の端末で書いた文。続き"], "chosen by hand, so it is the draft now");
	// and now the other PC, which does not know of it, writes on
	await right.fill("#f-content", "正しい時計の端末の、もっと新しい文");
	await right.locator("#f-content").blur();
	await right.getByRole("button", { name: "今の入力を使う" }).click();
	await draftLine(right, "下書き保存済");
	same((await stored()).fields.content, ["正しい時計の端末の、もっと新しい文"], "chosen by hand again");
	const c = wrong.context();
	c.broken = c.broken.filter((t) => !/ERR_INTERNET_DISCONNECTED|409/.test(t));
	right.context().broken = right.context().broken.filter((t) => !/409/.test(t));
});

test("two people save different fields: both are kept (U21)", async () => {
	const a = await logIn("nurse"), b = await logIn("social");
	const pid = await newPerson(a, "合流 松子", "ゴウリュウ マツコ", "S11.1.1");
	await a.goto(`/persons/${pid}/edit`);
	await b.goto(`/persons/${pid}/edit`);
	await a.fill("#f-phone", "03-0000-1111");
	await a.click(".bar button.main");
	await a.waitForURL((u) => !u.pathname.endsWith("/edit"));
	await b.fill("#f-note", "耳が遠いのでゆっくり話す");
	await b.click(".bar button.main");
	await b.waitForURL((u) => !u.pathname.endsWith("/edit"));
	const shown = await b.textContent("main");
	has(shown, "耳が遠いのでゆっくり話す", "the record");
	has(shown, "03-0000-1111", "the record");
});

test("two people save the same field: both texts and names, pick, the other stays in the list (U21, U23)", async () => {
	const a = await logIn("nurse"), b = await logIn("social");
	const pid = await newPerson(a, "競合 竹子", "キョウゴウ タケコ", "S12.2.2");
	await a.goto(`/persons/${pid}/edit`);
	await b.goto(`/persons/${pid}/edit`);
	await a.fill("#f-note", "保健師の書いたメモ");
	await a.click(".bar button.main");
	await a.waitForURL((u) => !u.pathname.endsWith("/edit"));
	await b.fill("#f-note", "社会福祉士の書いたメモ");
	const answer = b.waitForResponse((r) => r.request().method() === "POST" && r.url().endsWith(`/persons/${pid}`));
	await b.click(".bar button.main");
	same((await answer).status(), 409, "status of the second save");
	await b.locator("fieldset.conflict").waitFor();
	const page = await b.textContent("main");
	has(page, "保健師の書いたメモ", "the conflict page");
	has(page, "社会福祉士の書いたメモ", "the conflict page");
	has(page, "高橋 由美", "the conflict page");
	await shot(b, "13-conflict");
	await b.locator("fieldset.conflict label", { hasText: "自分の内容" }).click();
	await b.getByRole("button", { name: "選んだ内容で保存" }).click();
	await b.locator("#flash").waitFor(); // saved: the address alone is that of the conflict page too
	has(await b.textContent("main"), "社会福祉士の書いたメモ", "the record after choosing");
	await a.goto(`/persons/${pid}/history`);
	has(await a.textContent("main"), "競合の記録", "the history");
	const before = await b.goto(`/persons/${pid}/history`).then(() => b.textContent("main"));
	has(before, "社会福祉士の書いたメモ", "the list of conflicts of the one who met it");
	// the other text comes back in one act
	await a.locator("form", { has: a.locator('input[name="version"][value="2"]') }).getByRole("button", { name: "この版に戻す" }).click();
	await a.locator("#flash").waitFor();
	await a.goto(`/persons/${pid}`);
	has(await a.textContent("main"), "保健師の書いたメモ", "the record after going back to the version of the other");
});

test("two tabs of one person count as two editors (U22)", async () => {
	const a = await logIn("nurse");
	const pid = await newConsult(a, "二つのタブの相談");
	const b = await a.context().newPage();
	await a.goto(`/consults/${pid}/edit`);
	await b.goto(`/consults/${pid}/edit`);
	await a.fill("#f-content", "一つ目のタブの文");
	await a.click(".bar button.main");
	await a.waitForURL((u) => !u.pathname.endsWith("/edit"));
	await b.fill("#f-content", "二つ目のタブの文");
	const answer = b.waitForResponse((r) => r.request().method() === "POST" && r.url().endsWith(`/consults/${pid}`));
	await b.click(".bar button.main");
	same((await answer).status(), 409, "status of the second tab's save");
	const page = await b.textContent("main");
	has(page, "一つ目のタブの文", "the conflict page");
	has(page, "二つ目のタブの文", "the conflict page");
	await b.locator("fieldset.conflict label", { hasText: "両方をつなげる" }).click();
	await b.getByRole("button", { name: "選んだ内容で保存" }).click();
	await b.locator("#flash").waitFor();
	const kept = await b.textContent("main");
	has(kept, "一つ目のタブの文", "the joined record");
	has(kept, "二つ目のタブの文", "the joined record");
});

test("two clicks on 保存 make one record", async () => {
	const page = await logIn("nurse");
	const text = `二度押した相談${Date.now()}`;
	await newCall(page);
	await page.selectOption("#f-source", { index: 1 });
	await page.fill("#f-person_label", "二度押しの人");
	await page.fill("#f-content", text);
	await page.locator('input[name="classes"]').first().check();
	await page.dblclick(".bar button.main");
	await page.waitForURL(/\/consults\/[0-9a-z]{26}/);
	await page.goto("/consults");
	same(await page.locator("tbody tr", { hasText: text }).count(), 1, "records of the text");
	// and with the same once token sent twice, past the script
	await newCall(page);
	const twice = await page.evaluate(async (content) => {
		const f = document.querySelector('form[action="/consults"]'), d = new URLSearchParams(new FormData(f));
		d.set("content", content);
		d.set("person_label", "同じ送信");
		d.set("source", f.querySelector("#f-source").options[1].value);
		d.set("classes", f.querySelector('input[name="classes"]').value);
		const post = () => fetch("/consults", { method: "POST", body: new URLSearchParams(d), redirect: "follow" }).then((r) => r.url);
		return [await post(), await post()];
	}, text + "再送");
	same(twice[0], twice[1], "where the two sends lead");
	await page.goto("/consults");
	same(await page.locator("tbody tr", { hasText: text + "再送" }).count(), 1, "records of the text sent twice");
});

test("the server is away while saving: the text stays and is kept on this PC", async () => {
	const page = await logIn("nurse");
	await newCall(page);
	await page.context().setOffline(true);
	await page.locator("#f-content").focus();
	await page.keyboard.insertText("線が切れたときの文");
	await page.keyboard.press("Tab");
	await draftLine(page, "サーバーにつながりません");
	await page.click(".bar button.main");
	await sleep(300);
	same(await page.inputValue("#f-content"), "線が切れたときの文", "the text");
	has(await page.evaluate(() => JSON.stringify({ ...localStorage })), "線が切れたときの文", "the copy of this PC");
	await page.context().setOffline(false);
	await page.locator("#f-content").focus();
	await page.keyboard.insertText("。つながった");
	await page.keyboard.press("Tab");
	await page.waitForFunction(() => Object.keys(localStorage).length === 0); // gone only when the server has it all
	await draftLine(page, "下書き保存済");
	await page.fill("#f-content", "");
	await draftLine(page, "下書き保存済");
	const c = page.context();
	c.broken = c.broken.filter((t) => !/ERR_INTERNET_DISCONNECTED/.test(t));
});

test("「戻る」 to the form of a saved record: it says so and leads there, and no second record is made", async () => {
	const page = await logIn("nurse");
	const told = async (pid, closed) => {
		const note = page.locator('.banner[aria-label="保存済み"]');
		await note.waitFor();
		has(await note.locator("a").getAttribute("href"), `/persons/${pid}`, "where it leads");
		same(await page.locator("form[data-draft]").evaluate((f) => f.inert), closed, "whether the form takes more");
		return note;
	};
	const pid = await newPerson(page, "見本 戻子", "ミホン モドリコ");
	await page.goBack();
	await told(pid, false); // Chromium brings an empty form
	// a browser that brings back what was typed
	await page.addInitScript(() => addEventListener("DOMContentLoaded", () => {
		const name = document.querySelector("#f-name");
		if (name && performance.getEntriesByType("navigation")[0].type === "back_forward") name.value = "見本 戻子";
	}));
	await page.goForward();
	await page.waitForURL(/\/persons\/[0-9a-z]{26}/);
	await page.goBack();
	const note = await told(pid, true);
	same(await axe(page, "the form of a saved record"), [], "axe");
	await shot(page, "70-back-to-saved");
	await note.locator("button").click();
	await note.waitFor({ state: "detached" });
	same([await page.inputValue("#f-name"), await page.locator("form[data-draft]").evaluate((f) => f.inert)], ["", false], "another one begins empty");

	// refused once, then saved: also from the first of the two places in the history
	await page.fill("#f-name", "見本 戻郎");
	await page.fill("#f-kana", "ミホン モドロウ");
	await page.fill("#f-birth", "S10.15.5");
	await page.click(".bar button.main");
	await page.locator(".summary").waitFor();
	await page.fill("#f-birth", "S10.5.6");
	await page.waitForLoadState("networkidle");
	await page.click(".bar button.main");
	await page.waitForURL(/\/persons\/[0-9a-z]{26}/);
	const second = /persons\/([0-9a-z]{26})/.exec(page.url())[1];
	await page.evaluate(() => history.go(-2));
	await page.waitForURL(/\/persons\/new/);
	await told(second, true);

	// a form that was refused and left unsaved is no saved one
	await page.goto("/persons/new");
	await page.fill("#f-name", "見本 途中");
	await page.fill("#f-birth", "S10.15.5");
	await page.click(".bar button.main");
	await page.locator(".summary").waitFor();
	await page.goBack();
	await page.waitForURL(/\/persons\/new/);
	await page.waitForLoadState("networkidle");
	same(await page.locator('.banner[aria-label="保存済み"]').count(), 0, "nothing was saved");
	ok(!(await page.locator("form[data-draft]").evaluate((f) => f.inert)), "the form is open");
});
