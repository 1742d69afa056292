// The walk of a care manager who is new here, from the referral to the renewal, and of a centre that hands a draft to an
// office (原案委託). The walker goes where the page before leads; every page is read by axe, for layout and for dead links,
// every paper is opened: the official labels in the official order, no blank page, one size of paper.
// With SHOTS=DIR it writes the screenshots of the documents.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import * as PAPERS from "./care_papers.mjs";
import { cellFaults, flat } from "./cells.mjs";
import { axe, clock, context, fillIn, has, ime, layoutFaults, logIn, ok, ownHouse, same, shot, test } from "./lib.mjs";

const PID = /[0-9a-z]{26}/;
const idIn = (page, kind) => new RegExp(`/${kind}/(${PID.source})`).exec(new URL(page.url()).pathname)?.[1];

/* One person at one PC: each page is looked at once for faults of access and layout, each kind of link followed once. */
const seen = new Set(), followed = new Set();
class Walker {
	static async in(login, options) { return new Walker(await logIn(login, options)); }
	constructor(page) { this.page = page; this.faults = []; }
	async look(what) {
		if (seen.has(what)) return;
		seen.add(what);
		this.faults.push(...await axe(this.page, what), ...(await layoutFaults(this.page)).map((f) => `${what}: ${f}`));
		const links = await this.page.evaluate(() => [...document.querySelectorAll("main a[href]")].filter((a) => a.origin === location.origin && !a.hash).map((a) => ({ href: a.pathname + a.search, tab: !!a.closest("nav") })));
		for (const { href, tab } of links) {
			const kind = href.replace(/[0-9a-z]{26}/g, "…");
			if (followed.has(kind) || /\/(pdf|xlsx|csv)$|\/forms\//.test(kind)) continue;
			followed.add(kind);
			const status = (await this.page.request.get(href)).status();
			if (status !== 200 && !(tab && status === 403)) this.faults.push(`${what}: the link to ${kind} answers ${status}`); // a tab without a right says so
		}
	}
	async go(address, what) {
		await this.page.goto(address);
		if (what) await this.look(what);
	}
	/* A key that leads to another page: the address must fit, and it must be a new page. */
	async key(key, url, what) {
		await this.page.evaluate(() => { window.__before = true; });
		await this.page.keyboard.press(key);
		await this.page.waitForFunction(() => !window.__before && document.readyState === "complete");
		const at = this.page.url();
		if (!url.test(at)) throw new Error(`${at} is not ${url}: ${(await this.page.locator(".banner").allTextContents()).join(" ").replace(/\s+/g, " ").slice(0, 500)}`);
		if (what) await this.look(what);
	}
	/* A link or [button] by its words, by keyboard. */
	async press(words, url, what) {
		const button = /^\[/.test(words);
		const e = this.page.locator("main, .bar").getByRole(button ? "button" : "link", { name: words.replace(/^\[|\]$/g, ""), exact: true }).first();
		await e.focus();
		await this.key("Enter", url, what);
	}
	fill(fields) { return fillIn(this.page, fields); }
	/* Ctrl+S, as the house's people do; then the page that the save leads to. */
	async save(url, what) { await this.key("Control+s", url, what); }
	text() { return this.page.textContent("main"); }
	/* A paper of this page: labels in their order, and each value that was typed in the cell of its label. */
	async paper(address, name, labels, { pages = 0, landscape = false, cells = [] } = {}) {
		const answer = await this.page.request.get(address);
		same(answer.status(), 200, `status of ${name}`);
		const dir = mkdtempSync(path.join(os.tmpdir(), "tsunagi-paper-"));
		try {
			const file = path.join(dir, "paper.pdf");
			writeFileSync(file, await answer.body());
			const read = (...how) => flat(execFileSync("pdftotext", [...how, file, "-"], { encoding: "utf8" }));
			const text = read(), rows = read("-layout"); // the whole label stands in one, its place on the sheet shows in the other
			if (process.env.PAPERS) writeFileSync(path.join(process.env.PAPERS, name + ".pdf"), readFileSync(file));
			this.faults.push(...cellFaults(file, name, cells));
			let at = 0;
			for (const label of labels) {
				const whole = flat(label);
				let part = whole, next = rows.indexOf(part, at);
				while (next < 0 && part.length > 4) next = rows.indexOf(part = part.slice(0, -1), at); // a label in several lines: its beginning
				if (next < 0 || !text.includes(whole) && !rows.includes(whole)) throw new Error(`${name}: "${label}" ${next < 0 && text.includes(whole) ? "is out of its order" : "is missing"}; the paper says ${rows.slice(at, at + 900)}`);
				at = next + part.length;
			}
			const sizes = [...execFileSync("pdfinfo", ["-f", "1", "-l", "99", file], { encoding: "utf8" }).matchAll(/Page +\d+ size: +([\d.]+) x ([\d.]+)/g)].map((m) => `${Math.round(m[1])}x${Math.round(m[2])}`);
			same([...new Set(sizes)], [landscape ? "842x595" : "595x842"], `${name}: sizes of paper`);
			if (pages) same(sizes.length, pages, `${name}: pages`);
			execFileSync("pdftoppm", ["-gray", "-r", "36", file, path.join(dir, "p")]);
			for (let i = 1; i <= sizes.length; i++) {
				const raster = readFileSync(path.join(dir, `p-${String(i).padStart(String(sizes.length).length, "0")}.pgm`));
				const dark = raster.subarray(15).reduce((n, v) => n + (v < 160 ? 1 : 0), 0) / raster.length;
				ok(dark > 0.004 && dark < 0.5, `${name}: page ${i} is ${(dark * 100).toFixed(2)} % dark`);
			}
			if (process.env.SHOTS) execFileSync("pdftoppm", ["-png", "-r", "70", "-f", "1", "-l", "1", "-singlefile", file, path.join(process.env.SHOTS, name)]);
			return text;
		} finally { rmSync(dir, { recursive: true }); }
	}
	done() { same(this.faults, [], "faults of access, layout and links"); }
}
/* Draw a signature as a finger does. */
async function sign(page) {
	const pad = page.locator("sig-pad canvas");
	await pad.scrollIntoViewIfNeeded();
	await page.mouse.wheel(0, 200);
	await page.waitForTimeout(150);
	const box = await pad.boundingBox();
	await page.mouse.move(box.x + 40, box.y + 60);
	await page.mouse.down();
	for (const [x, y] of [[90, 30], [140, 90], [200, 35], [260, 80]]) await page.mouse.move(box.x + x, box.y + y);
	await page.mouse.up();
	ok((await page.inputValue("#f-signature")).length > 500, "the drawing is in the form");
}
/* Explained, agreed on paper, handed to everybody. */
async function agree(w, plan, day) {
	const { page } = w;
	await w.go(`/plans/${plan}/explain`);
	for (const name of ["untouched_ok", "warnings_ok"]) if (await page.locator(`[name="${name}"]`).count()) await page.check(`[name="${name}"]`);
	await w.save(/\/plans\/[0-9a-z]{26}(\?|$)/);
	await w.go(`/plans/${plan}/consent`);
	await w.fill({ told_benefit: "1", note: "署名のある原本を保管" });
	await w.save(/\/delivery/);
	await hand(w, day);
}
/* Handed to each who is on the list of delivery. */
async function hand(w, day) {
	for (let left = await w.page.locator("main tbody tr").count(); left > 0; left--) {
		await w.fill({ how: "hand", received_on: day });
		await w.save(/\/delivery/);
	}
	has(await w.text(), "全員に渡しました", "delivery");
}
/* The next day a session is over: the same person logs in again. */
async function another(w, login, days, server) {
	clock.days(days);
	const next = await Walker.in(login, { server });
	next.faults = w.faults;
	return next;
}
/* The keys of the rows of a part, in the order of the page. */
async function keys(page, part, column) {
	return (await page.locator(`main [name^="${part}."][name$=".${column}"]`).evaluateAll((v) => v.map((e) => e.name))).map((n) => n.split(".")[1]);
}

const FORM1 = ["居宅サービス計画書(1)", "作成年月日", "利用者名", "生年月日", "住所", "居宅サービス計画作成者氏名", "居宅介護支援事業者事業所名及び所在地", "居宅サービス計画作成(変更)日",
	"初回居宅サービス計画作成日", "認定日", "認定の有効期間", "要介護状態区分", "利用者及び家族の生活に対する意向を踏まえた課題分析の結果",
	"介護認定審査会の意見及びサービスの種類の指定", "総合的な援助の方針", "生活援助中心型の算定理由"];
const FORM2 = ["居宅サービス計画書(2)", "作成年月日", "利用者名", "生活全般の解決すべき課題", "目標", "援助内容"];
const FORM3 = ["週間サービス計画表", "作成年月日", "利用者名", "月", "火", "水", "木", "金", "土", "日", "主な日常生活上の活動", "週単位以外のサービス"];
const FORM4 = ["サービス担当者会議の要点", "作成年月日", "利用者名", "居宅サービス計画作成者(担当者)氏名", "開催日", "開催場所", "開催時間", "開催回数", "会議出席者", "検討した項目", "検討内容", "結論", "残された課題"];

test("care: a new care manager, from the referral to the renewal", async () => {
	const t0 = Date.now(), T = (x) => { if (process.env.TIMES) console.log(x, ((Date.now() - t0) / 1000).toFixed(1)); };
	clock.first();
	const server = await ownHouse("care");
	let w = await Walker.in("cm1", { server }), page = w.page;
	await w.look("今日の仕事");
	await shot(page, "20-care-today");

	// the referral: the person, the one in charge, the case
	await w.go("/persons/new", "new person");
	await w.fill({ name: "若葉 節子", kana: "ワカバ セツコ", birth: "S14.6.8", sex: "2", home_address: "つなぎ市北町3-4-5", phone: "03-5550-4545" });
	await w.save(/\/persons\/[0-9a-z]{26}/, "person, new");
	const person = idIn(page, "persons");
	has(await w.text(), "担当を決めると、この方のケース", "the page says what comes first");
	await w.press("[決める]", /done=/);
	await w.go(`/persons/${person}/records/insured/new`, "insured");
	await w.fill({ insurer_no: "990001", insured_no: "0000012345" });
	await page.getByLabel("第1号被保険者").check();
	await page.getByLabel("資格の始まり（取得日）").fill("H16.6.8");
	await w.save(/\/insurance/);
	await w.go(`/persons/${person}/records/certification/new`, "certification");
	await w.fill({ status: "certified", apply_kind: "new", applied_on: "R8.8.20", decided_on: "R8.9.15", level: "c2", from_on: "R8.8.20", to_on: "R9.2.28" });
	await w.save(/\/insurance/, "insurance");
	await w.go(`/persons/${person}/cases`);
	await w.press("ケースを始める", /cases\/new/, "new case");
	await w.fill({ kind: "home", referred_on: "R8.11.18", referred_by: "centre", referred_note: "退院後、外に出なくなった。長女から相談。", expl_on: "R8.11.19", expl_to: "本人・長女",
		expl_items: ["important", "choice", "reason", "hospital", "privacy_self"], contract_on: "R8.11.19", notice_on: "R8.11.19", start_on: "R8.11.20" });
	await w.save(/\/cases\/[0-9a-z]{26}/, "case");
	const kase = idIn(page, "cases");
	await shot(page, "21-care-case");

	// the assessment: 23 items, by keyboard
	await w.press("アセスメントを始める", /assessments\/new/, "new assessment");
	await page.locator("details.more > summary").click();
	for (const e of await page.locator('input[name$=".state"][value="filled"]').all()) await e.check();
	same(await page.locator('input[name^="a"][name$=".state"][value="filled"]:checked').count(), 23, "items of the assessment");
	await w.fill({ place: "home", interviewee: "本人・長女", met_person: "1", met_family: "1", purpose_told: "1", own_words: "また畑に行きたい。", wish_person: "自分の足で外を歩きたい。",
		wish_family: "転ばずに暮らしてほしい。", "a11_adl.fact": "屋内は伝い歩き、屋外はつえ。", "a11_adl.judgement": "外を歩くのが不安", "a11_adl.is_issue": "1", "a17_clean.judgement": "一人での入浴が不安",
		"a17_clean.is_issue": "1", overall: "膝の痛みと転倒の不安から閉じこもり、足の力が落ちている。" });
	await page.locator('input[name="a11_adl.d.turn"]').first().focus();
	for (const k of "1111211221") await page.keyboard.press(k);
	same(await page.inputValue('input[name="a11_adl.d.outdoor"]:checked'), "watch", "the scale by number keys");
	await w.save(/\/assessments\/[0-9a-z]{26}/, "assessment");
	const assessment = idIn(page, "assessments");
	await shot(page, "22-care-assessment");
	await w.paper(`/assessments/${assessment}/pdf`, "30-assessment-pdf", ["アセスメント", "若葉節子", "11", "ADL", "12", "IADL", "23"], { cells: PAPERS.assessment });
	await w.press("[確定する]", /done=/, "assessment, confirmed");
	await w.press("[このアセスメントから作る]", /issue-sheets/, "issue sheet");
	await w.paper(`/issue-sheets/${idIn(page, "issue-sheets")}/pdf`, "31-issue-sheet-pdf", ["課題整理総括表"], { landscape: true, cells: PAPERS.issueSheet });

	// the plan
	await w.go(`/assessments/${assessment}`);
	await w.press("このアセスメントから計画を作る", /\/plans\?assessment=/, "plans");
	await w.press("[原案を作る]", /\/plans\/[0-9a-z]{26}/, "plan, draft");
	const plan = idIn(page, "plans");
	await w.press("内容を書く・直す", /\/edit/, "plan, edit");
	for (const need of [1, 2]) { // a goal and a service for each need, then the words
		await page.locator('button[name="add"][value^="goal:"]').nth(need - 1).focus();
		await w.key("Enter", /\/edit\/more/);
		await page.locator('button[name="add"][value^="service:"]').nth(need - 1).focus();
		await w.key("Enter", /\/edit\/more/);
	}
	await page.evaluate(() => document.querySelectorAll("main details").forEach((d) => { d.open = true; }));
	const goals = await keys(page, "goal", "long_text"), services = await keys(page, "service", "content");
	const row = (part, key, fields) => Object.fromEntries(Object.entries(fields).map(([k, v]) => [`${part}.${key}.${k}`, v]));
	const span = { long_from_on: "R8.12.1", long_to_on: "R9.2.28", short_from_on: "R8.12.1", short_to_on: "R9.1.31" };
	await w.fill({ from_on: "R8.12.1", to_on: "R9.2.28", committee_opinion: "なし", overall_policy: "膝を守りながら足の力を取り戻し、畑までの道を安心して歩けるように支えます。", emergency_policy: "転んで動けないときは長女と主治医へ。",
		...row("goal", goals[0], { long_text: "畑まで歩ける", short_text: "つえで庭を一周できる", ...span }), ...row("goal", goals[1], { long_text: "一人で入浴できる", short_text: "見守りで湯船に入れる", ...span }),
		...row("service", services[0], { content: "下肢の筋力訓練、歩行練習", type_code: "15", org_id: { label: "デイサービスあおば" }, days: ["1", "4"], time_from: "9:30", time_to: "16:00", from_on: "R8.12.1", to_on: "R9.1.31", choice_reason: "見学して本人が選んだ" }),
		...row("service", services[1], { content: "入浴の見守りと介助", type_code: "11", org_id: { label: "ヘルパーステーションみなと" }, days: ["3"], time_from: "10:00", time_to: "11:00", from_on: "R8.12.1", to_on: "R9.1.31", choice_reason: "自宅から近い" }) });
	await w.look("plan, edit, with rows");
	await w.save(/\/plans\/[0-9a-z]{26}\?/);
	await w.press("内容を書く・直す", /\/edit/);
	await shot(page, "23-care-plan-edit");
	// 第3表 by typing
	await w.go(`/plans/${plan}/week`, "week, empty");
	for (const [line, service] of [["月木 9:30-16:00 通所介護", 1], ["水 10-11 訪問介護", 2]]) {
		await page.locator("#f-entry").focus();
		await page.keyboard.insertText(line);
		await page.selectOption('[name="service"]', { index: service });
		await page.locator("#f-entry").focus();
		await w.key("Enter", /done=saved/);
	}
	for (const [activity, from] of [["起床", "6:30"], ["畑の見回り", "8:00"]]) {
		await w.fill({ activity, activity_from: from });
		await page.locator('[name="activity_from"]').focus();
		await w.key("Enter", /done=saved/);
	}
	await w.look("week");
	await shot(page, "24-care-week");
	await w.go(`/plans/${plan}`, "plan, written");
	await shot(page, "25-care-plan-checks");
	has(await w.text(), "サービス担当者会議（または照会）の記録がありません", "the check before the meeting");
	await w.paper(`/plans/${plan}/forms/kyotaku-1`, "32-kyotaku-1-pdf", FORM1, { landscape: true, cells: PAPERS.kyotaku1 });
	await w.paper(`/plans/${plan}/forms/kyotaku-2`, "33-kyotaku-2-pdf", FORM2, { landscape: true, cells: PAPERS.kyotaku2 });
	await w.paper(`/plans/${plan}/forms/kyotaku-3`, "34-kyotaku-3-pdf", FORM3, { landscape: true, cells: PAPERS.kyotaku3 });
	T("plan");

	// the meeting: one comes, one answers by the one-time link
	await w.press("担当者会議を招集する", /meetings\/new/, "new meeting");
	await w.fill({ held_on: "R8.11.20", held_from: "9:00", held_to: "9:40", place: "本人の自宅" });
	await w.save(/\/meetings\/[0-9a-z]{26}/, "meeting");
	const meeting = idIn(page, "meetings");
	await w.press("出席者と出欠", /members/, "members");
	same([await page.inputValue('[name="org_role_0"]'), await page.inputValue('[name="org_role_1"]')].sort(), ["デイサービスあおば（通所介護）", "ヘルパーステーションみなと（訪問介護）"], "the offices of the plan are invited");
	const away = (await page.inputValue('[name="org_role_0"]')).includes("みなと") ? 0 : 1;
	await w.fill({ [`attend_${1 - away}`]: "came", [`name_${1 - away}`]: "見本 相談員", [`attend_${away}`]: "absent", [`absent_reason_${away}`]: "ほかの訪問と重なるため" });
	await w.save(/\/meetings\//);
	await w.go(`/meetings/${meeting}`);
	await page.locator("tr", { hasText: "みなと" }).getByRole("button", { name: "照会する" }).focus();
	await w.key("Enter", /inquiries/, "inquiry");
	await w.fill({ reason: "ほかの訪問と重なるため欠席", question: "入浴の介助で気をつけることを教えてください。", client_label: "W様", plan_outline: "週1回、入浴の見守りと介助。" });
	await w.save(/inquiries\/[0-9a-z]{26}\?done/);
	const inquiry = new URL(page.url()).pathname;
	await w.paper(`${inquiry}/pdf`, "35-inquiry-pdf", ["照会", "ヘルパーステーションみなと", "入浴の介助"], { cells: PAPERS.inquiry });
	await w.press("[リンクを作る]", /inquiries/, "inquiry with link");
	const link = /\/answer\/[0-9A-Za-z_-]+/.exec(await page.locator("main").innerHTML())[0];
	const stranger = new Walker(await (await context({ server })).newPage());
	stranger.faults = w.faults;
	await stranger.go(link, "answer");
	ok(!(await stranger.text()).includes("若葉"), "the link names nobody");
	await stranger.fill({ answer: "湯温は40度、入浴の前に血圧をはかります。", answered_by: "見本 サービス提供責任者" });
	await shot(stranger.page, "26-care-answer");
	await stranger.page.locator("main form button").last().focus();
	await stranger.key("Enter", /answer/, "answered");
	same((await stranger.page.goto(link)).status(), 404, "the link a second time");
	await w.go(`/meetings/${meeting}`, "meeting, answered");
	has(await w.text(), "湯温は40度", "the answer");
	await page.locator(`form[action$="/absent"] button`).focus();
	await w.key("Enter", /meetings/);
	await w.go(`/meetings/${meeting}/edit`, "meeting, edit");
	ok((await page.inputValue('[name="topics"]')).includes("湯温は40度"), "who was absent and the answer stand in 検討した項目");
	await w.fill({ user_attend: "○", family_attend: "○", family_relation: "長女", discussion: "通所の回数と入浴の介助。", conclusion: "原案のとおり始める。", remaining: "屋外の歩行は1月に見直す（次回1月）。" });
	await w.save(/\/meetings\//);
	await w.go(`/meetings/${meeting}`);
	await w.press("[要点を確定する]", /done=/, "meeting, closed");
	await shot(page, "27-care-meeting");
	await w.paper(`/meetings/${meeting}/pdf`, "36-kyotaku-4-pdf", FORM4, { landscape: true, cells: PAPERS.kyotaku4 });
	T("meeting");

	// explained, agreed with a drawn signature, handed to everybody, 個別サービス計画
	await w.go(`/plans/${plan}`);
	await w.press("内容を確かめて説明する", /explain/, "explain");
	for (const name of ["untouched_ok", "warnings_ok"]) if (await page.locator(`[name="${name}"]`).count()) await page.check(`[name="${name}"]`);
	await w.key("Control+s", /\/plans\/[0-9a-z]{26}/, "plan, explained");
	await w.go(`/plans/${plan}/consent`, "consent");
	await page.check('[name="told_benefit"]');
	await sign(page);
	await shot(page, "28-care-consent");
	await w.save(/\/delivery/, "delivery");
	same(await page.locator("main tbody tr").count(), 3, "the client and both offices are to get the plan");
	for (let i = 0; i < 3; i++) {
		await w.fill({ how: "hand", received_on: "R8.11.20", receipt_note: "受領印" });
		await w.save(/\/delivery/);
	}
	has(await w.text(), "全員に渡しました", "delivery");
	await shot(page, "29-care-delivery");
	await w.go(`/plans/${plan}`, "plan, delivered");
	await w.press("個別サービス計画を確かめる", /providers/, "providers");
	for (let i = 0; i < 2; i++) {
		await w.go(`/plans/${plan}/providers`);
		await page.getByLabel("事業所", { exact: false }).first().selectOption({ index: i });
		await w.fill({ asked_on: "R8.11.20", asked_how: "hand", received_on: "R8.11.20" });
		await w.save(/\/providers/);
	}
	same(await page.locator("main tbody tr", { hasText: "受け取った" }).count(), 2, "個別サービス計画 received");
	T("delivered");
	for (const [n, labels, cells] of [[1, FORM1, PAPERS.kyotaku1Agreed], [2, FORM2, PAPERS.kyotaku2], [3, FORM3, PAPERS.kyotaku3]])
		await w.paper(`/plans/${plan}/forms/kyotaku-${n}`, `32-kyotaku-${n}-agreed`, labels, { landscape: true, cells });

	// what the helpers saw goes to the doctor
	await w.go(`/persons/${person}/doctor-infos/new`, "new letter to a doctor");
	await w.fill({ to_kind: "doctor", to_office: "見本内科", to_name: "見本 医師", from_office: "ヘルパーステーションみなと", topic: ["medication"], medication: "朝の薬を飲み忘れることがある。", question: "回数を減らせますか。" });
	await w.save(/\/doctor-infos\/[0-9a-z]{26}/, "letter to a doctor");
	await w.paper(`/doctor-infos/${idIn(page, "doctor-infos")}/pdf`, "55-jushin-joho-pdf", ["利用者"], { cells: PAPERS.doctorInfo });

	// December: the monthly visit, whose entry stands in 第5表
	w = await another(w, "cm1", 21, server); page = w.page;
	await w.go(`/cases/${kase}`, "case, monitoring due");
	await w.press("モニタリングを記録する", /monitorings\/new/, "new monitoring");
	await w.fill({ mon_from: "10:00", mon_to: "10:40", method: "visit", place: "自宅", interviewee: ["self", "family"], "svc.0.executed": "done", "svc.1.executed": "part", "svc.1.reason": "1回休んだ（体調）",
		"goal.0.status": "better", "goal.0.note": "庭を半周", "goal.1.status": "same", user_wish: "楽しい。もっと歩きたい。", family_wish: "表情が明るくなった。", condition: "食欲が戻った。", new_issue: "2",
		plan_change: "full", plan_change_reason: "歩行が伸びたので通所の目標を上げる", next_on: "R9.1.11" });
	await w.save(/\/monitorings\/[0-9a-z]{26}/, "monitoring");
	await shot(page, "40-care-monitoring");
	const monitoring = idIn(page, "monitorings");
	await w.paper(`/monitorings/${monitoring}/pdf`, "41-monitoring-pdf", ["モニタリング", "若葉節子", "居宅訪問", "もっと歩きたい"], { cells: PAPERS.monitoring });
	const log = await w.paper(`/persons/${person}/log/pdf`, "42-kyotaku-5-pdf", ["居宅介護支援経過", "作成年月日", "利用者名", "年月日", "項目", "内容", "年月日", "項目", "内容"], { landscape: true, cells: PAPERS.kyotaku5 });
	ok(log.includes("モニタリング"), "the monitoring has its entry in 第5表");
	await w.go(`/persons/${person}/log`, "log");
	T("monitoring");

	// a change with the whole round
	await w.go(`/monitorings/${monitoring}`);
	await w.press("計画の変更に進む", /\/change/, "change");
	same(await page.locator('[name="change_kind"]:checked').inputValue(), "full", "the kind that the monitoring asked for");
	await w.fill({ reason: "歩行が伸びたので目標を上げる" });
	await w.save(/\/plans\/[0-9a-z]{26}/, "plan, second version");
	const second = idIn(page, "plans");
	await w.go(`/plans/${second}/edit`);
	await page.evaluate(() => document.querySelectorAll("main details").forEach((d) => { d.open = true; }));
	const goal = (await keys(page, "goal", "short_text"))[0];
	await w.fill({ [`goal.${goal}.short_text`]: "つえで畑の入口まで歩ける", overall_policy: "足の力が戻ってきました。畑まで歩けるように支えます。", to_on: "R9.2.28" });
	await w.save(/\/plans\/[0-9a-z]{26}\?/);
	await w.go(`/plans/${second}/diff?with=${plan}`, "diff");
	has(await w.text(), "畑の入口まで", "the difference");
	await shot(page, "43-care-diff");
	await agree(w, second, "R8.12.11");
	T("full change");

	// January: a 軽微な変更, on the same sheet
	w = await another(w, "cm1", 31, server); page = w.page;
	await w.go(`/plans/${second}/change`);
	await w.fill({ change_kind: "minor", reason: "課題も目標も変えず、期間だけを延ばす", minor_code: "minor_goal_ext" });
	await w.save(/\/plans\/[0-9a-z]{26}/, "plan, minor change");
	const minor = idIn(page, "plans");
	await w.go(`/plans/${minor}/edit`);
	await page.evaluate(() => document.querySelectorAll("main details").forEach((d) => { d.open = true; }));
	for (const g of await keys(page, "goal", "short_text")) await w.fill({ [`goal.${g}.short_to_on`]: "R9.2.28" });
	for (const g of await keys(page, "service", "content")) await w.fill({ [`service.${g}.to_on`]: "R9.2.28" });
	await w.save(/\/plans\/[0-9a-z]{26}\?/);
	await w.go(`/plans/${minor}/minor`, "minor change, settled");
	await w.fill({ agreed_on: "R9.1.11" });
	await w.save(/\/plans\/[0-9a-z]{26}/);
	await w.go(`/plans/${minor}`, "plan after the minor change");
	has(await w.text(), "軽微な変更 1", "the version");
	await w.paper(`/plans/${minor}/forms/kyotaku-2`, "44-kyotaku-2-minor-pdf", FORM2, { landscape: true, cells: PAPERS.kyotaku2Minor });
	await w.go(`/plans/${minor}/delivery`);
	await hand(w, "R9.1.11");
	T("minor change");

	// hospital: told the same day, discharge record
	await w.go(`/persons/${person}/hospital`, "hospital");
	await w.go(`/persons/${person}/hospital/new`, "new stay");
	await w.fill({ admitted_on: "R9.1.11", admitted_time: "08:30", hospital_org: { label: "つなぎ市立病院" }, ward: "3階東", reason: "肺炎" });
	await w.save(/\/hospital-stays\/[0-9a-z]{26}/, "stay");
	const stay = idIn(page, "hospital-stays");
	has(await w.text(), "入院時情報連携加算の期限", "the time limits");
	await w.press("入院時情報提供書を作る", /info\/new/, "new hospital letter");
	await w.fill({ hospital_staff: "地域連携室", adl_bath: "part", move_in: ["stick"], conf_before: "Y" });
	await w.save(/\/hospital-infos\/[0-9a-z]{26}/, "hospital letter");
	await shot(page, "45-care-hospital-letter");
	await w.paper(`/hospital-infos/${idIn(page, "hospital-infos")}/pdf`, "46-nyuin-joho-pdf", ["入院時情報提供書", "利用者（患者）基本情報", "入院時の要介護度", "家族構成", "本人／家族の意向", "今後の在宅生活の展望"], { cells: PAPERS.hospitalLetter });
	await w.go(`/hospital-stays/${stay}/edit`, "stay, edit");
	await w.fill({ told_on: "R9.1.11", told_time: "11:00", told_how: "fax", told_to: "地域連携室 見本" });
	await w.save(/\/hospital-stays\//);
	has(await w.text(), "(Ⅰ)の期限内に提供しました", "told in time");
	await w.press("退院・退所情報記録書を作る", /record\/new/, "new discharge record");
	await w.fill({ disease_1: "肺炎", stable: "1", "hearing.0.on": "R9.1.11", "hearing.0.by": "看護師 見本", "hearing.0.conference": "yes" });
	await w.save(/\/discharge-records\/[0-9a-z]{26}/, "discharge record");
	await w.paper(`/discharge-records/${idIn(page, "discharge-records")}/pdf`, "47-taiin-joho-pdf", ["退院・退所情報記録書", "基本情報・現在の状態等", "入院原因疾患", "疾患と入院（所）中の状況"], { cells: PAPERS.dischargeRecord });
	w = await another(w, "cm1", 7, server); page = w.page;
	await w.go(`/hospital-stays/${stay}/edit`);
	await w.fill({ discharged_on: "R9.1.18" });
	await w.save(/\/hospital-stays\//, "stay, over");
	T("hospital");

	// February: the evaluation, then the renewal
	w = await another(w, "cm1", 25, server); page = w.page;
	await w.go(`/persons/${person}/monitorings/new`);
	await w.fill({ method: "visit", interviewee: ["self"], plan_change: "none", "svc.0.executed": "done", "svc.1.executed": "done", "goal.0.status": "done", "goal.1.status": "done", user_wish: "続けたい", condition: "変わりなし", new_issue: "2" });
	await w.save(/\/monitorings\/[0-9a-z]{26}/);
	await w.go(`/cases/${kase}`, "case, plan ending");
	await w.press("評価をする", /evaluations\/new/, "new evaluation");
	await w.fill({ "row.0.result": "A2", "row.0.comment": "畑の入口まで歩けた", "row.1.result": "B", "row.1.comment": "見守りで入れる。あと3か月", overall: "通所を続け、入浴は見守りを続ける。" });
	await w.save(/\/evaluations\/[0-9a-z]{26}/, "evaluation");
	await shot(page, "48-care-evaluation");
	await w.paper(`/evaluations/${idIn(page, "evaluations")}/pdf`, "49-hyoka-hyo-pdf", ["評価表", "短期目標", "期間", "サービス内容", "サービス種別"], { landscape: true, cells: PAPERS.evaluation });
	await w.go(`/persons/${person}/renewal`, "renewal");
	await shot(page, "50-care-renewal");
	T("evaluation");

	// the renewed certification, the assessment from the last one, the next version of the plan
	await w.go(`/persons/${person}/records/certification/new`);
	await w.fill({ status: "certified", apply_kind: "renew", applied_on: "R9.1.10", decided_on: "R9.2.9", level: "c1", from_on: "R9.3.1", to_on: "R10.2.29" });
	await w.save(/\/insurance/, "insurance, renewed");
	await w.go(`/persons/${person}/assessments`, "assessments");
	await page.locator('form[action$="/copy"] button').first().focus();
	await w.key("Enter", /\/assessments\/[0-9a-z]{26}/, "assessment, copied");
	const again = idIn(page, "assessments");
	ok(again !== assessment, "the copy is an assessment of its own");
	await w.go(`/assessments/${again}/edit`);
	same(await page.inputValue('[name="a11_adl.fact"]'), "屋内は伝い歩き、屋外はつえ。", "the copy holds what was written");
	await w.fill({ reason: "renew", place: "home", interviewee: "本人", met_person: "1", purpose_told: "1", overall: "足の力がつき、外へ出る日がふえた。", "a11_adl.fact": "屋内はつえなし、屋外はつえ。畑の入口まで歩く。" });
	await w.save(/\/assessments\/[0-9a-z]{26}/);
	await w.fill({ accept: "1" }); // most items are still as they were copied
	await w.press("[確定する]", /done=/);
	await w.go(`/persons/${person}/renewal`);
	await w.press("いまの計画から原案を作る", /\/plans\/[0-9a-z]{26}/);
	same(idIn(page, "plans"), minor, "the plan in use");
	await w.go(`/plans/${minor}/change`);
	await w.fill({ change_kind: "full", reason: "認定の更新と計画期間の終わり" });
	await w.save(/\/plans\/[0-9a-z]{26}/, "plan, third version");
	const third = idIn(page, "plans");
	await w.go(`/plans/${third}/edit`);
	await page.evaluate(() => document.querySelectorAll("main details").forEach((d) => { d.open = true; }));
	const next = { from_on: "R9.3.1", to_on: "R9.8.31" };
	await w.fill({ ...next, create_on: "R9.2.12", cert_on: "R9.2.9", cert_from_on: "R9.3.1", cert_to_on: "R10.2.29", level: "c1", committee_opinion: "なし", overall_policy: "春の畑仕事を目標に、通所と入浴の見守りを続けます。" });
	for (const g of await keys(page, "goal", "short_text"))
		await w.fill(row("goal", g, { long_from_on: next.from_on, long_to_on: next.to_on, short_from_on: next.from_on, short_to_on: "R9.5.31", short_text: "続けて歩ける" }));
	for (const g of await keys(page, "service", "content")) await w.fill(row("service", g, { from_on: next.from_on, to_on: "R9.5.31" }));
	await w.save(/\/plans\/[0-9a-z]{26}\?/);
	ok(!(await w.text()).includes("計画の認定の欄と違います"), "the plan stands on the renewed certification");
	await w.press("担当者会議を招集する", /meetings\/new/);
	await w.fill({ reason: "renew", held_on: "R9.2.12", held_from: "9:00", held_to: "9:30", place: "本人の自宅" });
	await w.save(/\/meetings\/[0-9a-z]{26}/);
	const second_meeting = idIn(page, "meetings");
	await w.press("出席者と出欠", /members/);
	await w.fill({ attend_0: "came", name_0: "見本 相談員", attend_1: "came", name_1: "見本 サービス提供責任者" });
	await w.save(/\/meetings\//);
	await w.go(`/meetings/${second_meeting}/edit`);
	await w.fill({ user_attend: "○", family_attend: "○", family_relation: "長女", topics: "更新認定を受けての計画の見直し", discussion: "更新後も同じ回数でよいか。", conclusion: "原案のとおり続ける。", remaining: "なし" });
	await w.save(/\/meetings\//);
	await w.go(`/meetings/${second_meeting}`);
	await w.press("[要点を確定する]", /done=/);
	await agree(w, third, "R9.2.12");
	await w.paper(`/plans/${third}/forms/kyotaku-1`, "53-kyotaku-1-renewed", FORM1, { landscape: true, cells: PAPERS.kyotaku1Renewed });
	await w.go(`/persons/${person}/plans`, "plans, three versions");
	same(await page.locator("main tbody tr").count(), 4, "first, second with its minor change, and the renewal");
	await w.go(`/persons/${person}/timeline`, "timeline");
	await w.go(`/persons/${person}/renewal`, "renewal, done");
	has(await w.text(), "認定の有効期間の終わり令和10年2月29日", "the renewed certification counts");
	ok(!(await w.text()).includes("もうすぐ終わります"), "nothing ends soon");
	T("renewal");
	w.done();
});

test("care: a centre hands a draft to an office (原案委託), and the office sees nothing else", async () => {
	clock.first();
	const server = await ownHouse("commission");
	const centre = await Walker.in("chief", { server }), { page } = centre;
	const newCase = async (name, kana, birth) => {
		await centre.go("/persons/new");
		await centre.fill({ name, kana, birth, home_address: "つなぎ市北町9-1" });
		await centre.save(/\/persons\/[0-9a-z]{26}/);
		const person = idIn(page, "persons");
		await centre.go(`/persons/${person}/cases/new`);
		await centre.fill({ kind: "prevention", referred_on: "R8.11.1", expl_on: "R8.11.2", expl_to: "本人", contract_on: "R8.11.2" });
		await centre.save(/\/cases\/[0-9a-z]{26}/);
		return { person, kase: idIn(page, "cases"), name };
	};
	const other = await newCase("青木 留子", "アオキ トメコ", "S12.2.2");
	const handed = await newCase("南 悦子", "ミナミ エツコ", "S13.3.3");
	await centre.press("原案を委託する", /commissions\/new/, "new commission");
	await centre.fill({ office: { label: "居宅介護支援事業所あおば" }, council_on: "R8.10.1", until_on: "R9.10.31", note: "週1回の通所を希望" });
	await centre.save(/\/commissions\/[0-9a-z]{26}/, "commission, asked");
	const commission = idIn(page, "commissions");

	const office = await Walker.in("cm1", { server });
	office.faults = centre.faults;
	const step = async (w, event, body, what, more = {}) => {
		await w.go(`/commissions/${commission}`);
		if (body) await w.fill({ body, ...more });
		await w.page.locator(`button[name="event"][value="${event}"]`).focus();
		await w.key("Enter", /\/commissions\/[0-9a-z]{26}\?/, what);
	};
	await office.go("/commissions", "commissions");
	has(await office.text(), "南 悦子", "the office's list");
	ok(!(await office.text()).includes("青木"), "the office's list names nobody else");
	await step(office, "accept", "木村が担当します", "commission, accepted");
	await office.go(`/persons/${handed.person}/plans`);
	await office.press("[原案を作る]", /\/plans\/[0-9a-z]{26}/, "prevention plan");
	const plan = idIn(office.page, "plans");
	await office.press("内容を書く・直す", /\/edit/, "prevention plan, edit");
	for (const add of ["need", "goal:", "service:"]) {
		await office.page.locator(`button[name="add"][value^="${add}"]`).first().focus();
		await office.key("Enter", /\/edit\/more/);
	}
	await office.page.evaluate(() => document.querySelectorAll("main details").forEach((d) => { d.open = true; }));
	const [need, goal, service] = [(await keys(office.page, "need", "proposal"))[0], (await keys(office.page, "goal", "point"))[0], (await keys(office.page, "service", "content"))[0]];
	await office.fill({ goal_day: "毎日10分歩く", goal_year: "友人と花見に行く", from_on: "R8.12.1", to_on: "R9.5.31",
		[`need.${need}.text`]: "足の力の低下と閉じこもり", [`need.${need}.proposal`]: "庭を歩くことから始める", [`need.${need}.intent`]: "外に出たい", [`need.${need}.goal`]: "庭を歩ける",
		[`goal.${goal}.point`]: "膝の痛みに注意", [`goal.${goal}.selfcare`]: "毎朝の体操",
		[`service.${service}.content`]: "体操と交流", [`service.${service}.type`]: "通いの場" });
	for (const [i, area] of (await keys(office.page, "area", "has_issue")).entries())
		await office.fill(i ? { [`area.${area}.has_issue`]: "2" } : { [`area.${area}.status_text`]: "伝い歩き", [`area.${area}.intent`]: "庭に出たい", [`area.${area}.has_issue`]: "1", [`area.${area}.issue`]: "足の力が落ちた" });
	await office.look("prevention plan, edit, with rows");
	await office.save(/\/plans\/[0-9a-z]{26}\?/);
	await step(office, "submit", "原案です");
	await step(centre, "return", "目標を本人の言葉で書いてください", "commission, returned");
	await office.go(`/commissions/${commission}`, "commission, to mend");
	has(await office.text(), "目標を本人の言葉で", "the centre's comment");
	await office.go(`/plans/${plan}/edit`);
	await office.fill({ goal_year: "「また友だちと花見に行きたい」" });
	await office.save(/\/plans\/[0-9a-z]{26}\?/);
	await step(office, "submit", "直しました");
	await step(centre, "approve", "この計画でよい", "commission, approved");
	await shot(page, "51-commission");
	await office.paper(`/plans/${plan}/forms/yobo-keikaku`, "52-yobo-keikaku-pdf", ["介護予防サービス・支援計画書", "利用者名", "計画作成者氏名", "目標とする生活", "1日", "1年", "アセスメント領域と現在の状況"], { landscape: true, cells: PAPERS.prevention });
	// the client agrees, and everybody has the plan
	await agree(office, plan, "R8.11.20");
	await office.go(`/commissions/${commission}`);
	await office.press("評価表を書く", /\/evaluations\/new/, "new evaluation of a commissioned case");
	await office.fill({ overall: "毎日歩けた", "row.0.status": "庭を一周した", "row.0.achieved": "1", "row.0.next": "続ける" });
	await office.save(/\/evaluations\/[0-9a-z]{26}/, "evaluation of a commissioned case");
	await office.paper(`/evaluations/${idIn(office.page, "evaluations")}/pdf`, "54-yobo-hyoka-pdf", ["介護予防支援・サービス評価表", "利用者氏名", "計画作成者氏名"], { landscape: true, cells: PAPERS.preventionEvaluation });
	await step(office, "eval_submit", "毎日歩けた。目標を達した。", "commission, evaluation");
	await step(centre, "eval_approve", "続けてよい", "commission, evaluated", { decision: "continue" });
	has(await centre.text(), "評価を確認", "the steps");

	// the office has this client alone
	for (const address of [`/persons/${other.person}`, `/cases/${other.kase}`, `/persons/${other.person}/plans`, `/persons/${other.person}/timeline`]) {
		const answer = await office.page.goto(address);
		same(answer.status(), 404, `${address.replace(/[0-9a-z]{26}/, "…")} to the office`);
		ok(!(await office.page.content()).includes("青木"), "a refusal names nobody");
	}
	for (const address of ["/", "/persons", "/caseload", "/commissions?all=1", "/plans/unsent"]) {
		await office.go(address);
		ok(!(await office.page.content()).includes("青木"), `${address} names nobody else`);
	}
	centre.done();
});
