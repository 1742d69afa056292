// The tabs of a person in two rows, by keyboard, in every text size and at 200 %; lines marked new are read by looking at them.
import { execFileSync } from "node:child_process";
import { SCREEN, axe, house, layoutFaults, logIn, newPerson, ok, same, tabTo, test } from "./lib.mjs";

const rows = (page) => page.evaluate(() => [...document.querySelectorAll("nav.tabs ul")].map((u) => [...u.querySelectorAll("a")].map((a) => (a.hasAttribute("aria-current") ? "*" : "") + a.textContent.trim())));
/* Nothing of the tabs is cut, and a row of groups is one line where the page is as wide as a desk's screen. */
const cut = (page) => page.evaluate(() => [...document.querySelectorAll("nav.tabs a")].filter((a) => {
	const b = a.getBoundingClientRect();
	return b.left < 0 || b.right > document.documentElement.clientWidth + 1 || a.scrollWidth > a.clientWidth + 1;
}).map((a) => a.textContent.trim()));
const lines = (page) => page.evaluate(() => [...document.querySelectorAll("nav.tabs ul")].map((u) => new Set([...u.querySelectorAll("a")].map((a) => Math.round(a.getBoundingClientRect().top))).size));

test("tabs: groups, and below them the tabs of the group", async () => {
	const page = await logIn("nurse");
	const path = "/persons/" + await newPerson(page, "段組 二郎", "ダングミ ジロウ");
	await page.goto(path);
	same(await rows(page), [["*本人", "経過", "相談・振り分け", "ケアプラン", "医療連携"], ["*基本情報", "家族・関係者", "保険・認定", "同意", "文書"]], "tabs of the card");
	same(await lines(page), [1, 1], "lines of tabs at 1366 px");
	await tabTo(page, "nav.tabs .tab-groups li:nth-child(3) a");
	await page.keyboard.press("Enter");
	await page.waitForURL(/\/consults$/);
	same(await rows(page), [["本人", "経過", "*相談・振り分け", "ケアプラン", "医療連携"], ["*相談", "チェックリスト", "振り分け", "利用者基本情報"]], "tabs of the consultations");
	for (const [end, group, tab] of [["/monitorings", "経過", "支援経過"], ["/evaluations", "経過", "支援経過"], ["/timeline", "経過", "すべての経過"], ["/plans", "ケアプラン", "計画"], ["/edit", "本人", "基本情報"]]) {
		await page.goto(path + end);
		const r = await rows(page);
		if (!r.length) continue; // a page about one record: it has a way back instead
		same([r[0].find((x) => x.startsWith("*")), r[1].find((x) => x.startsWith("*"))], ["*" + group, "*" + tab], end);
	}
	await page.goto(path + "/hospital");
	same((await rows(page)).length, 1, "a group of one has no second row");
	const out = [];
	for (const size of ["0", "1", "2"])
		for (const width of [SCREEN.width, SCREEN.width / 2])
			for (const end of ["", "/cases", "/routings"]) {
				await page.setViewportSize({ width, height: SCREEN.height });
				await page.goto(path + end);
				await page.evaluate((s) => { document.documentElement.dataset.text = s; }, size);
				const what = `${end} text ${size} width ${width}`;
				out.push(...(await cut(page)).map((x) => `${what}: ${x} is cut`), ...(await layoutFaults(page)).map((f) => `${what}: ${f}`));
			}
	out.push(...await axe(page, "tabs"));
	same(out, [], "faults");
});

test("seen: new lines are marked and read by looking at them", async () => {
	const s = await house();
	const page = await logIn("nurse");
	const path = "/persons/" + await newPerson(page, "新着 三郎", "シンチャク サブロウ");
	const sql = (text) => execFileSync("sqlite3", ["-cmd", ".timeout 5000", `${s.data}/tsunagi.db`, text], { encoding: "utf8" }).trim();
	const id = sql(`SELECT id FROM person WHERE pid = '${path.split("/").pop()}'`);
	const marks = () => sql(`SELECT count(*) FROM person_seen WHERE person_id = ${id}`);
	await page.goto(path + "/timeline");
	same(marks(), "0", "opening the page writes nothing");
	await page.waitForResponse((r) => r.url().endsWith("/seen"), { timeout: 15000 });
	same(marks(), "1", "five seconds of looking do");
	sql(`UPDATE person_seen SET seen_ms = seen_ms - 1 WHERE person_id = ${id}; UPDATE timeline SET changed_by = 0 WHERE person_id = ${id}`);
	await page.goto(path);
	same(await page.locator("#c-seen").count(), 1, "the box of changes");
	ok((await page.locator("section[aria-labelledby=c-seen] strong.tag").first().innerText()) === "新", "the mark is a word");
	same(await axe(page, "new lines"), [], "axe");
	await page.click("section[aria-labelledby=c-seen] button");
	await page.waitForURL(/done=seen/);
	same(await page.locator("#c-seen").count(), 0, "read");
});
