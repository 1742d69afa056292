// 第3表 as a grid (F042): by mouse, by single clicks, by keys; twenty steps back; the draft keeps what was moved; every text size.
import { execFileSync } from "node:child_process";
import { axe, has, house, layoutFaults, logIn, ok, same, sleep, test } from "./lib.mjs";

const SEED = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1] + "/tsunagi.db", timeout=20)
n = 0
def row(table, **v):
    global n
    n += 1
    v = {"pid": "wek%s%022d" % (sys.argv[2], n), "version": 1, "created_ms": 0, "created_by": 1, "updated_ms": 0, "updated_by": 1, **v}
    i = db.execute("INSERT INTO %s (%s) VALUES (%s)" % (table, ", ".join(v), ", ".join("?" * len(v))), list(v.values())).lastrowid
    return i, v["pid"]
org, staff = db.execute("SELECT org_id, staff_id FROM account WHERE login = 'nurse'").fetchone()
person, = db.execute("SELECT p.id FROM person p JOIN access_grant g ON g.cluster_id = p.cluster_id WHERE g.org_id = ? AND g.relation = 2 AND p.retired_ms IS NULL ORDER BY p.id LIMIT 1", (org,)).fetchone()
case, _ = row("care_case", person_id=person, org_id=org, kind="home", status="active", staff_id=staff)
p, pid = row("plan", person_id=person, org_id=org, case_id=case, staff_id=staff, kind="home", status="draft", version_no=1, revision_no=0, change_kind="full", create_on="2026-11-20", plan_on="2026-11-20",
             from_on="2026-12-01", author_name="高橋 由美")
db.commit()
print(pid)
`;
let made = 0;
async function open() {
	const s = await house();
	const pid = execFileSync("python3", ["-c", SEED, s.data, String(++made)], { encoding: "utf8" }).trim();
	const page = await logIn("nurse");
	await page.goto(`/plans/${pid}/week`);
	return page;
}
async function type(page, line) {
	await page.locator("#f-entry").fill(line);
	await Promise.all([page.waitForNavigation(), page.locator("#f-entry").press("Enter")]);
}
const names = (page) => page.$$eval("tsu-week g[data-key]", (v) => v.map((g) => g.getAttribute("aria-label")).sort());
const told = async (page) => { await sleep(120); return page.locator("#live").textContent(); };
const chosen = (page) => page.locator("tsu-week g.chosen");
async function save(page) {
	await Promise.all([page.waitForNavigation(), page.locator(".bar button.main").click()]);
	has(page.url(), "done=saved", "the address after saving");
}
/* A place in the grid, in the page. */
async function spot(page, day, min) {
	await page.locator(".week-grid").scrollIntoViewIfNeeded();
	return page.evaluate(([d, m]) => {
		const w = document.querySelector("tsu-week"), at = w.place ? w.pic.getBoundingClientRect() : null;
		window.scrollTo(0, at.top + window.scrollY + w.y(m) - 300);
		const b = w.pic.getBoundingClientRect();
		return [b.left + w.left + (d - .5) * w.col, b.top + w.y(m)];
	}, [day, min]);
}
async function drag(page, from, to) {
	const [x, y] = await spot(page, ...from), [dx, dy] = await page.evaluate(([a, b]) => { const w = document.querySelector("tsu-week"); return [(b[0] - a[0]) * w.col, w.y(b[1]) - w.y(a[1])]; }, [from, to]);
	await page.mouse.move(x, y);
	await page.mouse.down();
	await page.mouse.move(x + dx / 2, y + dy / 2, { steps: 4 });
	await page.mouse.move(x + dx, y + dy, { steps: 4 });
	await page.mouse.up();
}

test("week: cells are clicked, spans drawn, blocks dragged and stretched by the mouse (F042)", async () => {
	const page = await open();
	const [x, y] = await spot(page, 1, 547);
	await page.mouse.click(x, y);
	has(await page.evaluate(() => document.activeElement.name), ".service", "the small form has the focus");
	await page.keyboard.insertText("訪問介護");
	same(await names(page), ["月 9:00〜10:00 訪問介護"], "after a click");
	await drag(page, [3, 782], [3, 840]);
	await page.keyboard.insertText("訪問看護");
	same(await names(page), ["月 9:00〜10:00 訪問介護", "水 13:00〜14:00 訪問看護"], "after a span");
	await drag(page, [1, 560], [2, 590]);
	same(await names(page), ["水 13:00〜14:00 訪問看護", "火 9:30〜10:30 訪問介護"], "after a move");
	await drag(page, [2, 628], [2, 673]);
	same(await names(page), ["水 13:00〜14:00 訪問看護", "火 9:30〜11:15 訪問介護"], "after its edge was drawn");
	has(await told(page), "火 9:30〜11:15 訪問介護", "what is told");
	await drag(page, [3, 810], [2, 600]); // over the other: side by side
	const boxes = await page.$$eval("tsu-week .week-box", (v) => v.map((r) => { const b = r.getBoundingClientRect(); return [b.left, b.right, b.top, b.bottom]; }));
	ok(boxes[0][1] <= boxes[1][0] || boxes[1][1] <= boxes[0][0], "boxes of one time stand side by side");
	await save(page);
	same((await names(page)).length, 2, "blocks after saving");
	same(await page.$$eval("[style]", (v) => v.length), 0, "style attributes");
});

test("week: every drag has a click and a key (F042)", async () => {
	const page = await open();
	await type(page, "月 9-10 訪問介護");
	await page.locator("tsu-week g[data-key]").click();
	const press = (text) => page.getByRole("button", { name: text, exact: true }).click();
	for (const [button, wanted] of [["遅く", "月 9:15〜10:15"], ["早く", "月 9:00〜10:00"], ["長く", "月 9:00〜10:15"], ["短く", "月 9:00〜10:00"], ["次の日", "火 9:00〜10:00"], ["前の日", "月 9:00〜10:00"]]) {
		await press(button);
		same(await names(page), [`${wanted} 訪問介護`], button);
		has(await told(page), wanted, "what is told");
	}
	await press("複製");
	same(await names(page), ["月 9:00〜10:00 訪問介護", "火 9:00〜10:00 訪問介護"], "複製");
	await press("削除");
	same(await names(page), ["月 9:00〜10:00 訪問介護"], "削除");
	// keys alone
	await page.locator("tsu-week g[tabindex='0']").focus();
	await page.keyboard.press("d");
	await page.keyboard.press("Shift+ArrowRight");
	await page.keyboard.press("Shift+ArrowDown");
	await page.keyboard.press("Control+ArrowDown");
	same(await names(page), ["月 9:00〜10:00 訪問介護", "水 9:15〜10:30 訪問介護"], "moved by keys");
	await page.keyboard.press("ArrowLeft");
	has(await chosen(page).getAttribute("aria-label"), "月", "arrows choose");
	same(await page.evaluate(() => document.activeElement.classList.contains("chosen")), true, "the focus goes along");
	await page.keyboard.press("Enter");
	has(await page.evaluate(() => document.activeElement.name), ".service", "Enter leads to the words");
	await page.keyboard.press("Escape");
	await page.keyboard.press("Delete");
	same(await names(page), ["水 9:15〜10:30 訪問介護"], "deleted by key");
	await page.keyboard.press("Control+z");
	same((await names(page)).length, 2, "undone");
	await page.keyboard.press("Control+y");
	same((await names(page)).length, 1, "done again");
	await save(page);
	same(await names(page), ["水 9:15〜10:30 訪問介護"], "saved");
});

test("week: twenty steps back, a day copied, and the draft holds what was moved (F042, U24)", async () => {
	const page = await open();
	await type(page, "月 9-10 訪問介護");
	await page.locator("tsu-week g[data-key]").focus();
	for (let i = 0; i < 21; i++) await page.keyboard.press("Shift+ArrowDown");
	same(await names(page), ["月 14:15〜15:15 訪問介護"], "after 21 moves");
	for (let i = 0; i < 20; i++) await page.keyboard.press("Control+z");
	same(await names(page), ["月 9:15〜10:15 訪問介護"], "after 20 undos");
	await page.keyboard.press("Control+z");
	has(await told(page), "これより前には戻せません", "the 21st");
	for (let i = 0; i < 20; i++) await page.keyboard.press("Control+y");
	same(await names(page), ["月 14:15〜15:15 訪問介護"], "after 20 redos");
	await page.locator("#f-copy_from").selectOption("1");
	await page.locator('[name="copy_to"][value="5"]').check();
	await page.locator("[data-week-copy]").click();
	same(await names(page), ["月 14:15〜15:15 訪問介護", "金 14:15〜15:15 訪問介護"], "a day copied");
	await page.waitForFunction(() => document.querySelector("[data-draft-line]").textContent.includes("下書き保存済"), null, { timeout: 12000 });
	page.on("dialog", (d) => d.accept());
	await page.goto("/");
	await page.goBack();
	await page.getByRole("button", { name: "復元" }).click();
	same(await names(page), ["月 14:15〜15:15 訪問介護", "金 14:15〜15:15 訪問介護"], "out of the draft");
	await save(page);
	same(await names(page), ["月 14:15〜15:15 訪問介護", "金 14:15〜15:15 訪問介護"], "saved");
});

test("week: accessible and within the screen at every text size; a picture with links without script", async () => {
	const page = await open();
	await type(page, "月水金 10-11 訪問介護");
	await type(page, "毎日 22-翌6 家族の見守り");
	await type(page, "月 10:30-12 とても長い名前の地域の通いの場での体操と食事の会");
	const out = [];
	for (const size of ["0", "1", "2"]) {
		await page.evaluate((v) => { document.documentElement.dataset.text = v; }, size);
		await page.locator("tsu-week g[data-key]").first().focus();
		await sleep(200);
		if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/week-${size}.png`, fullPage: true });
		out.push(...await axe(page, `week, size ${size}`), ...await layoutFaults(page));
	}
	same(out, [], "faults");
	const html = await (await page.request.get(page.url().split("?")[0])).text();
	ok(/<a href="\/plans\/[0-9a-z]{26}\/week\/[0-9a-z]{26}"[^>]*aria-label="月 10:00〜11:00 訪問介護"/.test(html), "each box of the picture leads to its form");
});
