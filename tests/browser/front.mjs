// A respondent with a telephone of 360 × 740: the page behind a personal link, branches by script and by keyboard, faults, thanks.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { ROOT, axe, context, has, house, layoutFaults, ok, same, test } from "./lib.mjs";

const PHONE = { context: { viewport: { width: 360, height: 740 } } };
const links = async (...words) => JSON.parse(execFileSync("python3", [path.join(ROOT, "tests/http/front_house.py"), (await house()).data, ...words], { encoding: "utf8" }));
const shown = (page) => page.evaluate(() => [...document.querySelectorAll("[data-q]")].filter((q) => !q.hidden).map((q) => q.dataset.q).join(" "));
async function clean(page, what) {
	same(await layoutFaults(page), [], `layout of ${what}`);
	same(await axe(page, what), [], `access of ${what}`);
}

test("front: a survey answered on a telephone", async () => {
	const [link] = await links();
	const c = await context(PHONE);
	const page = await c.newPage();
	await page.goto(`/a/${link}`);
	await clean(page, "the questions");
	ok(!(await page.content()).includes("メインメニュー"), "no menu of the house");
	same(await shown(page), "q1 q5 q6", "questions before an answer");
	// every target is large enough for a thumb
	const small = await page.evaluate(() => [...document.querySelectorAll(".choice, .front-bar button, main input[type=text], textarea")].filter((e) => e.offsetParent && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML.slice(0, 80)));
	same(small, [], "targets below 44 px");
	await page.locator('input[name="q1"][value="1"]').focus();
	await page.keyboard.press("Space");
	same(await shown(page), "q1 q2 q3 q5 q6", "after した");
	await page.locator('input[name="q2"][value="9"]').check();
	same(await shown(page), "q1 q2 q2_other q3 q5 q6", "after その他");
	await page.fill('[name="q2_other"]', "家族会");
	await page.fill('[name="q3"]', "さん");
	await page.click('button[value="submit"]');
	await page.waitForSelector("#faults");
	await page.waitForLoadState(); // the script that sets the focus has run
	ok(await page.evaluate(() => document.activeElement.id === "faults"), "the faults have the focus");
	has(await page.textContent("#faults"), "数字で入力");
	same(await page.inputValue('[name="q2_other"]'), "家族会", "what was typed");
	await clean(page, "the faults");
	// the other branch: what was typed before is out of sight, and still there when it comes back
	await page.locator('input[name="q1"][value="2"]').check();
	same(await shown(page), "q1 q4 q5 q6", "after していない");
	await page.locator('input[name="q1"][value="1"]').check();
	same(await page.inputValue('[name="q2_other"]'), "家族会", "what was typed under a branch");
	await page.fill('[name="q3"]', "3");
	await page.click('button[value="submit"]');
	await page.waitForURL(/done=submitted/);
	has(await page.textContent("main"), "回答を提出しました");
	has(await page.textContent("main"), "家族会");
	ok(await page.isVisible("[data-front-print]"), "it can be printed");
	await clean(page, "the thanks");
	await Promise.all([page.waitForURL((u) => !u.search.includes("submitted")), page.click("text=回答を直す")]);
	await page.waitForFunction(() => document.querySelector('[data-q="q4"]')?.hidden); // the script has run
	same(await shown(page), "q1 q2 q2_other q3 q5 q6", "opened again");
	await page.emulateMedia({ media: "print" });
	same(await layoutFaults(page), [], "layout on paper");
});

test("front: an anonymous survey says how it is kept", async () => {
	const [link] = await links("anonymous");
	const page = await (await context(PHONE)).newPage();
	await page.goto(`/a/${link}`);
	await clean(page, "the anonymous questions");
	has(await page.textContent("main"), "提出したあとは直せません");
	await page.locator('input[name="q1"][value="2"]').check();
	await page.fill('[name="q4"]', "時間がない");
	await page.click('button[value="keep"]');
	await page.waitForURL(/done=kept/);
	same(await page.inputValue('[name="q4"]'), "時間がない", "unfinished");
	await page.click('button[value="submit"]');
	await page.waitForURL(/done=submitted/);
	await clean(page, "the anonymous thanks");
	ok(!(await page.content()).includes("時間がない"), "nobody sees it again by the link");
});
