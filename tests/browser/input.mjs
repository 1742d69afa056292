// Typing Japanese, dates, postal codes, faults, keys (U01, U05, U09, U26, U53, U55).
import { active, axe, has, ime, logIn, newPerson, ok, same, shot, sleep, tabTo, test } from "./lib.mjs";

test("the Enter that ends a conversion never sends; the next one does (U09)", async () => {
	const page = await logIn("nurse");
	await page.goto("/consults/new");
	await page.locator("#find").focus();
	await ime(page, "やまだ", "山田");
	await sleep(400);
	has(page.url(), "/consults/new", "the address after the Enter of the conversion");
	same(await page.inputValue("#find"), "山田", "the search box");
	await page.locator("#find").focus();
	await page.keyboard.press("Enter");
	await page.waitForURL((u) => u.pathname.startsWith("/persons"));
	ok(!decodeURIComponent(page.url()).includes("山田"), "no name stands in the address");
});

test("Enter in a text area makes a line and sends nothing; in a line of the form it means the main button", async () => {
	const page = await logIn("nurse");
	await page.goto("/consults/new");
	await page.locator("#f-content").focus();
	await page.keyboard.insertText("一行目");
	await page.keyboard.press("Enter");
	await page.keyboard.insertText("二行目");
	same(await page.inputValue("#f-content"), "一行目\n二行目", "the text area");
	await page.locator("#f-caller_name").focus();
	await page.keyboard.press("Enter");
	await page.locator("#faults").waitFor(); // saved, not searched: the required fields are named
	same(await page.inputValue("#f-content"), "一行目\n二行目", "the text after the faults");
	await page.fill("#f-content", "");
	await page.locator("#f-find").focus();
	await page.keyboard.insertText("だれか");
	await page.keyboard.press("Enter");
	await page.waitForURL("**/consults/find");
});

test("dates as people write them (U01)", async () => {
	const page = await logIn("nurse");
	await page.goto("/persons/new");
	const hint = () => page.textContent("#d-birth");
	for (const [typed, shown] of [["S15.3.2", "昭和15年3月2日（1940年3月2日） 86歳"], ["昭和15年3月2日", "1940年3月2日"], ["S15/3/2", "1940年3月2日"],
		["１９４０－０３－０２", "1940年3月2日"], ["19400302", "昭和15年3月2日"], ["1940/3/2", "昭和15年3月2日"], ["T14.12.24", "大正14年12月24日"],
		["大正元年8月1日", "1912年8月1日"], ["H元.1.8", "平成元年1月8日"], ["R1.5.1", "令和元年5月1日"], ["s64.1.7", "昭和64年1月7日"], ["㍼15年3月2日", "1940年3月2日"]]) {
		await page.fill("#f-birth", "");
		await page.locator("#f-birth").pressSequentially(typed);
		await page.waitForFunction((t) => document.getElementById("d-birth").textContent.includes(t), shown).catch(async () => has(await hint(), shown, `the reading of ${typed}`));
	}
	await page.goto("/consults/new");
	ok(!/歳/.test(await page.textContent("#d-received_on")), "no age beside the day of a call");
});

test("a day that never was is refused with the right one offered, the text stays (U02)", async () => {
	const page = await logIn("nurse");
	await page.goto("/persons/new");
	await page.fill("#f-name", "昭和 最後");
	await page.fill("#f-kana", "ショウワ サイゴ");
	await page.fill("#f-birth", "昭和64年1月8日");
	await page.click(".bar button.main");
	await page.locator("#faults").waitFor();
	same(await page.inputValue("#f-birth"), "昭和64年1月8日", "what was typed");
	await shot(page, "14-fault");
	const offer = page.getByRole("button", { name: "平成元年1月8日" });
	await offer.focus();
	await page.keyboard.press("Enter");
	same(await page.inputValue("#f-birth"), "平成元年1月8日", "the field after taking the offer");
	same((await active(page)).name, "birth", "the focus after taking the offer");
	await page.fill("#f-birth", "2099-01-01");
	await page.click(".bar button.main");
	await page.locator("#e-birth").waitFor();
	same(await page.inputValue("#f-birth"), "2099-01-01", "a birth in the future: what was typed");
});

test("an empty form: focus on the summary, one link for each fault (U55)", async () => {
	const page = await logIn("nurse");
	await page.goto("/consults/new");
	await page.click(".bar button.main");
	await page.locator("#faults").waitFor();
	await page.waitForLoadState(); // the script that sets the focus has run
	same((await active(page)).id, "faults", "the focus");
	const links = await page.locator("#faults a").count(), faults = await page.locator("main .fault").count();
	ok(links > 0 && links === faults, `${links} links, ${faults} faults beside fields`);
	has(await page.title(), "入力の誤り", "the title");
	for (let i = 0; i < links; i++) {
		const link = page.locator("#faults a").nth(i), to = (await link.getAttribute("href")).slice(1);
		await link.focus();
		await page.keyboard.press("Enter");
		ok(await page.evaluate((id) => { const e = document.getElementById(id); return !!e && (e === document.activeElement || e.contains(document.activeElement)); }, to), `the link to ${to} goes there`);
	}
	same(await axe(page, "form with faults"), [], "axe");
});

test("seven digits fill the address, with every other host cut off (U08)", async () => {
	const page = await logIn("nurse");
	await page.goto("/persons/new");
	await page.locator("#f-home_postal").focus();
	await page.keyboard.type("0000001");
	await page.waitForFunction(() => document.getElementById("f-home_address").value.includes("青葉町"));
	same((await active(page)).name, "home_postal", "the focus stays in the box (U26)");
	await page.waitForFunction(() => document.getElementById("live").textContent.includes("青葉町"));
	await page.fill("#f-home_address", "つなぎ県つなぎ市青葉町1-1 自分で直した");
	await page.fill("#f-home_postal", "０００－０００２");
	await sleep(600);
	has(await page.inputValue("#f-home_address"), "自分で直した", "an address written by hand is never overwritten");
});

test("a name is found however it is written (U05)", async () => {
	const page = await logIn("nurse");
	await newPerson(page, "弥富 蔦恵", "ヤトミ ツタエ", "S13.3.3");
	for (const text of ["弥富", "ﾔﾄﾐ", "やとみ つた", "ヤトミ　ツタエ", "つたえ", "弥富蔦恵", "yatomi"]) {
		await page.goto("/about");
		await page.keyboard.press("/");
		same((await active(page)).id, "find", "the slash goes to the search box");
		await page.keyboard.insertText(text);
		await page.keyboard.press("Enter");
		await page.waitForURL((u) => u.pathname.startsWith("/persons"));
		ok(/弥富/.test(await page.locator("main table, .person-name").first().textContent()), `what 「${text}」 finds`);
	}
	await page.goto("/persons");
	const row = page.locator('button[name="to_row"]', { hasText: /^\s*あ\s*$/ });
	await row.click();
	await page.waitForURL(/row=0/);
	await page.waitForLoadState();
	const kana = await page.locator("tbody th small").allTextContents();
	same(kana.filter((k) => !/^[ア-オヴ]/.test(k.trim())), [], "names of the あ row that begin otherwise");
});

test("new and edit are the same form (U15)", async () => {
	const page = await logIn("nurse");
	const pid = await newPerson(page, "同形 梅子", "ドウケイ ウメコ", "S14.4.4");
	const fields = () => page.evaluate(() => [...document.querySelectorAll("main form.form")][0] && [...document.querySelectorAll("main form.form")[0].elements].map((e) => `${e.tagName} ${e.type} ${e.name} ${e.type === "radio" ? e.value : ""}`)
		.filter((t) => !/ (csrf|once|base|draft|consult) /.test(t)));
	await page.goto("/persons/new");
	const fresh = await fields();
	await page.goto(`/persons/${pid}/edit`);
	same(await fields(), fresh, "the fields of the edit page");
});

test("? shows the keys, Esc closes, the focus comes back (U53)", async () => {
	const page = await logIn("nurse");
	await tabTo(page, 'a[href="/consults/new"]');
	await page.keyboard.press("?");
	await page.locator("dialog[open]").waitFor();
	has(await page.textContent("dialog[open]"), "Ctrl", "the list of keys");
	await page.keyboard.press("Escape");
	await page.locator("dialog").waitFor({ state: "detached" });
	same(await page.evaluate(() => document.activeElement.getAttribute("href")), "/consults/new", "the focus");
});

test("a thing moved to the bin comes back by 元に戻す (U24)", async () => {
	const page = await logIn("nurse");
	const pid = await newPerson(page, "戻子 一二三", "モドシ ヒフミ", "S15.5.5");
	await page.goto(`/persons/${pid}/retire`);
	await page.locator('main input[name="reason"], main textarea[name="reason"]').fill("間違えて登録した");
	await page.locator("main button.danger, main .bar button.main").first().click();
	await page.getByRole("button", { name: "元に戻す" }).first().click();
	await page.waitForURL(new RegExp(`/persons/${pid}`));
	await page.goto(`/persons/${pid}`);
	has(await page.textContent("body"), "戻子 一二三", "the record");
	ok(!(await page.textContent("main")).includes("ごみ箱にあります"), "the record is no longer in the bin");
});
