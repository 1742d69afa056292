// The walk of a centre that asks for a therapist: the request, the match by the coordinator, the visit under consent with its report and
// effect, and the survey of that quarter, which finds the visit filled in already. Everybody at a screen of their own, in one sitting.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { clock, has, ok, ownHouse, same, shot, test } from "./lib.mjs";
import { Walker } from "./walker.mjs";

/* Somebody whose case the nurse's centre has. */
const somebody = (data) => execFileSync("python3", ["-c", `import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("select p.name from care_case k join person p on p.id = k.person_id where k.org_id = (select org_id from account where login = 'nurse') "
    "and k.end_on is null and k.retired_ms is null and p.retired_ms is null order by k.id limit 1").fetchone()[0])`, path.join(data, "tsunagi.db")], { encoding: "utf8" }).trim();

test("dispatch walk: from the request of a centre to its answer in the survey of the quarter", async () => {
	clock.first();
	const server = await ownHouse("dispatch");
	const menu = async (w, words) => {
		await w.page.locator("nav.menu").getByRole("link", { name: words, exact: true }).click();
		await w.page.waitForLoadState();
	};
	const person = somebody(server.data);
	let nurse = await Walker.in("nurse", { server });
	await menu(nurse, "リハビリ専門職");
	await nurse.press("派遣を依頼する");
	await nurse.fill({ occasion: "visit", timings: ["first"], reasons: ["independence"], case_label: "80代女性・要支援1・ひとり暮らし", wish: "玄関の段差の越え方と、外へ出る練習を見てほしい。", profession: "pt", wished1: "R8.11.27" });
	await nurse.press("[依頼する]");
	has(await nurse.text(), "調整する人が、派遣する専門職を探しています。", "what the centre waits for");
	await nurse.press("同意を得て利用者を結び付ける");
	await nurse.fill({ text: person });
	await nurse.press("[探す]");
	await nurse.page.locator('main [name="person"]').first().check();
	await nurse.fill({ agreed_by: "self", how: "paper" });
	await nurse.press("[同意を記録して結び付ける]");
	const at = nurse.path();

	// the coordinator sees no name, chooses by what the table says, and the day is the one of whom he chose
	let city = await Walker.in("city", { server });
	await menu(city, "リハビリ専門職");
	await city.page.locator(`main a[href="${at}"]`).click();
	await city.page.waitForURL((u) => u.pathname === at);
	ok(!(await city.text()).includes(person), "the coordinator is told the name");
	has(await city.text(), "専門職を決めて、打診してください。");
	await city.press("専門職を決める");
	same(await city.page.inputValue('[name="on_day"]'), "", "nobody's day before somebody is chosen");
	await city.page.getByRole("link", { name: /選ぶ.*岡田/ }).click();
	await city.page.waitForURL(/who=/);
	has(await city.page.inputValue('[name="on_day"]'), "11月24日", "a day of 岡田");
	await city.page.getByRole("link", { name: /選ぶ.*森 大輔/ }).click();
	await city.page.waitForFunction(() => document.querySelector('[name="on_day"]').value.includes("11月27日"));
	await city.clean("the match");
	await shot(city.page, "66-dispatch-match");
	await city.press("[打診する]");

	let pt = await Walker.in("pt1", { server });
	await menu(pt, "リハビリ専門職");
	await pt.page.locator(`main a[href="${at}"]`).click();
	await pt.page.waitForURL((u) => u.pathname === at);
	has(await pt.text(), "引き受けるか断るかを、返事してください。");
	await pt.press("[引き受ける]");
	has(await pt.text(), "派遣の日は 令和8年11月27日（金）");
	has(await pt.text(), person, "who accepts is told the name");

	clock.days(8);
	nurse = await Walker.in("nurse", { in: nurse.page.context() });
	await nurse.page.goto(at);
	await nurse.fill({ minutes: "60" });
	await nurse.press("[実施を記録する]");
	pt = await Walker.in("pt1", { in: pt.page.context() });
	await pt.page.goto(at);
	has(await pt.text(), "助言の報告を書いてください。");
	await pt.press("報告を書く");
	await pt.fill({ observed: "つたい歩きで、段差では手すりが要る。", advice: "玄関に手すりを付け、外を歩く練習をする。", goal_before: "家の中を歩く", goal_after: "店まで歩く", goal_changed: "yes" });
	await pt.press("[保存]");
	await nurse.page.goto(at);
	has(await nurse.text(), "助言の報告が届きました。連携の効果を書いてください。");
	has(await nurse.text(), "玄関に手すりを付け");
	await nurse.fill({ rating: "very", aspects: ["motivation"] });
	await nurse.press("[効果を保存する]");
	has(await nurse.text(), "フォローの約束の日に");
	await shot(nurse.page, "67-dispatch");

	// January: the survey about October to December
	clock.days(38);
	city = await Walker.in("city", { in: city.page.context() });
	await menu(city, "調査");
	await city.press("リハビリ専門職と連携したケアマネジメントの実施状況についての調査（令和8年度）");
	await city.press("回と依頼");
	await city.press("第3四半期");
	await city.press("[名簿の 61 件を、この回に加える]");
	nurse = await Walker.in("nurse", { in: nurse.page.context() });
	await menu(nurse, "調査");
	await nurse.page.locator("main tr", { hasText: "第3四半期" }).filter({ hasText: "未回答" }).getByRole("link").click();
	await nurse.page.waitForURL(/survey-answers/);
	has(await nurse.text(), "令和8年10月1日から令和8年12月31日まで", "the period that is asked about");
	same(await nurse.page.inputValue('[name="occasion_visit_n"]'), "2", "the visit is filled in, beside one with a hospital of the demo");
	ok(await nurse.page.isChecked('[name="programme"][value="used"]') && await nurse.page.isChecked('[name="reason"][value="independence"]'), "programme and reason are filled in");
	has(await nurse.text(), "アセスメント訪問の回数 必須 記録から");
	await nurse.clean("the survey of the quarter");
	await nurse.page.locator('[data-q="occasion"]').evaluate((e) => e.scrollIntoView());
	await shot(nurse.page, "68-survey-own");
	// one figure is corrected: the difference is shown, before and after handing in
	await nurse.fill({ occasion_visit_n: "3" });
	await nurse.press("[途中で保存]");
	const differs = () => nurse.page.locator("main tr", { hasText: "アセスメント訪問の回数" }).locator("td").allTextContents();
	same(await differs(), ["2", "3"], "what differs from the records");
	await nurse.fill({ plan: "yes", plan_programme: "yes" });
	await nurse.press("[提出する]");
	has(await nurse.text(), "回答を提出しました。");
	has(await nurse.text(), "提出済み");
	same(await differs(), ["2", "3"], "what differs from the records");
	has(await nurse.text(), "全体の集計は、この回の受付が終わったあと"); // an open round is its owner's
});
