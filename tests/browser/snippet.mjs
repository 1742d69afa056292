// 定型文 in a long field: the word, the list, the dialog, IME, undo, the draft, no script, axe (F050; U16).
import { axe, context, has, house, ime, logIn, newPerson, ok, same, shot, sleep, test } from "./lib.mjs";

const AREA = "#f-content";
const text = (page) => page.inputValue(AREA);
const options = (page, list) => page.locator(`#${list} [role="option"]`).count();
let nth = 0;
async function onLog() {
	const page = await logIn("nurse");
	const name = `文例 ${"一二三四五"[nth]}江`;
	const person = await newPerson(page, name, `ブンレイ ${"アカサタナ"[nth]}エ`, `S${9 + nth}.${++nth}.5`);
	await page.goto(`/persons/${person}/log/new`);
	await page.locator(AREA).focus();
	return { page, person, name };
}

test("定型文: a word behind a semicolon opens the list; arrows and Enter put the filled text in; Ctrl+Z takes it back", async () => {
	const { page, name } = await onLog();
	await page.keyboard.insertText("朝、");
	await page.keyboard.type(";");
	await sleep(150);
	same(await page.locator("#snip-inline").count(), 0, "lists after the semicolon alone");
	await page.keyboard.insertText("も");
	await page.locator("#snip-inline").waitFor();
	const n = await options(page, "snip-inline");
	ok(n >= 3, `words with モ: ${n}`);
	same(await page.getAttribute(AREA, "aria-activedescendant"), "snip-inline-0", "the active option");
	same(await axe(page, "the list"), [], "axe");
	await shot(page, "snippet-list");
	await page.keyboard.press("ArrowDown");
	same(await page.getAttribute(AREA, "aria-activedescendant"), "snip-inline-1", "the option below");
	await page.keyboard.press("ArrowUp");
	await page.keyboard.press("ArrowUp");
	same(await page.getAttribute(AREA, "aria-activedescendant"), `snip-inline-${n - 1}`, "round to the last");
	await page.keyboard.insertText("に"); // narrower
	await sleep(200);
	await page.keyboard.press("Escape");
	same(await page.locator("#snip-inline").count(), 0, "lists after Esc");
	await page.keyboard.insertText("た");
	await sleep(200);
	same(await page.locator("#snip-inline").count(), 0, "lists while the refused word grows");
	same(await text(page), "朝、;もにた", "the text after Esc");
	await page.keyboard.insertText("。;あんぴ");
	await page.locator("#snip-inline").waitFor();
	const before = await text(page);
	await page.keyboard.press("Enter");
	const after = await text(page);
	ok(after.startsWith(`朝、;もにた。${name}様に安否の確認のため電話する。`), `the filled text: ${after}`);
	ok(!after.includes("\n"), "Enter made no line");
	same(await page.evaluate(() => document.activeElement.id), "f-content", "the focus");
	await page.locator("[data-draft-line]").first().filter({ hasText: "下書き保存済" }).waitFor({ timeout: 12000 });
	const key = await page.getAttribute("form[data-draft]", "data-draft");
	const draft = await page.context().request.get(new URL(`/drafts/${encodeURIComponent(key)}`, page.url()).href);
	has(JSON.stringify((await draft.json()).fields.content), "安否の確認のため電話する", "the draft");
	await page.keyboard.press("Control+z");
	same(await text(page), before, "one undo");
	await page.keyboard.press("Control+Shift+z");
	same(await text(page), after, "and redo");
});

test("定型文: nothing while an IME composes; after it the list opens, and the Enter of the conversion chooses nothing", async () => {
	const { page, name } = await onLog();
	const cdp = await page.context().newCDPSession(page);
	for (const part of ["；", "；あ", "；あん", "；あんぴ"]) {
		await cdp.send("Input.imeSetComposition", { text: part, selectionStart: part.length, selectionEnd: part.length });
		await sleep(120);
		same(await page.locator("#snip-inline").count(), 0, `lists while composing ${part}`);
	}
	await cdp.detach();
	await ime(page, "；あんぴ", "；あんぴ");
	await page.locator("#snip-inline").waitFor();
	same(await text(page), "；あんぴ", "the text after the conversion");
	await page.keyboard.press("Enter");
	ok((await text(page)).startsWith(`${name}様に`), `the text: ${await text(page)}`);
	await page.fill(AREA, "");
	for (const word of [";ｱﾝﾋﾟ", ";アンビ", "；あん"]) { // as the server folds
		await page.fill(AREA, "");
		await page.keyboard.insertText(word);
		await page.locator("#snip-inline").waitFor();
		has(await page.textContent("#snip-inline"), "安否の確認の電話", word);
	}
});

test("定型文: Alt+T and the link open a dialog; search, Enter, Esc; what is not known is selected and said", async () => {
	const { page } = await onLog();
	await page.keyboard.insertText("前後");
	await page.keyboard.press("ArrowLeft");
	await page.keyboard.press("Alt+t");
	await page.locator("dialog.snip-dialog").waitFor();
	same(await page.evaluate(() => document.activeElement.id), "snip-find", "the focus");
	same(await axe(page, "the dialog"), [], "axe");
	await shot(page, "snippet-dialog");
	const all = await options(page, "snip-all");
	await page.keyboard.press("Escape");
	await page.locator("dialog.snip-dialog").waitFor({ state: "detached" });
	same(await page.evaluate(() => document.activeElement.id), "f-content", "back in the field");
	same(await text(page), "前後", "Esc puts nothing in");
	await page.locator('[data-snippets="f-content"]').click();
	await page.locator("dialog.snip-dialog").waitFor();
	await page.keyboard.insertText("主治医");
	const found = await options(page, "snip-all");
	ok(found >= 1 && found < all, `found ${found} of ${all}`);
	has(await page.textContent("#snip-all mark"), "＿＿", "the mark");
	await page.keyboard.press("Enter");
	await page.locator("dialog.snip-dialog").waitFor({ state: "detached" });
	const now = await text(page);
	ok(now.startsWith("前") && now.endsWith("後") && now.includes("＿＿"), `where the caret was: ${now}`);
	same(await page.evaluate(() => { const a = document.activeElement; return a.value.slice(a.selectionStart, a.selectionEnd); }), "＿＿", "the selection");
	await page.waitForFunction(() => document.querySelector("#live").textContent.includes("主治医"));
	await page.keyboard.insertText("青葉医院");
	ok(!(await text(page)).includes("＿＿"), "typing takes the place of the blank");
});

test("定型文: the form in place in a list is about the person of its row", async () => {
	const page = await logIn("cm1");
	await page.goto("/caseload");
	const row = page.locator("tr[data-quick]").nth(1);
	const name = (await row.locator("th a").textContent()).trim();
	await row.locator("[data-quick-open]").click();
	await page.locator("tr.in-place textarea").focus();
	await page.keyboard.insertText(";こうふ");
	await page.locator("#snip-inline").waitFor();
	await page.keyboard.press("Enter");
	ok((await page.inputValue("tr.in-place textarea")).startsWith(`${name}様に`), `${name}: ${await page.inputValue("tr.in-place textarea")}`);
});

test("定型文: the list, the form and the page of a person are without fault; without script the texts can be copied there", async () => {
	const { page, person, name } = await onLog();
	for (const path of ["/snippets", "/snippets/new", "/snippets/import", `/persons/${person}/snippets`]) {
		await page.goto(path);
		same(await axe(page, path), [], "axe");
		await shot(page, "snippet" + path.replace(/[0-9a-z]{26}/, "p").replaceAll("/", "-"));
	}
	await page.goto("/snippets/new");
	await page.locator("#f-body").focus();
	await page.keyboard.insertText("；あんぴ");
	await sleep(300);
	same(await page.locator("#snip-inline").count(), 0, "lists in the text of a 定型文 itself");
	await page.fill("#f-body", "");
	await page.locator('[data-place="｛氏名｝"]').click();
	same(await page.inputValue("#f-body"), "｛氏名｝", "the button of a place");
	const s = await house();
	const plain = await context({ context: { javaScriptEnabled: false, storageState: await page.context().storageState() } });
	const bare = await plain.newPage();
	await bare.goto(s.origin + `/persons/${person}/log/new`);
	await bare.goto(new URL(await bare.getAttribute('[data-snippets="f-content"]', "href"), s.origin).href);
	has(await bare.locator("textarea").first().inputValue() + await bare.content(), name, "the page of filled texts");
});
