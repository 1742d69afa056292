// The walk of a city officer who has never seen the program: a survey from a blank page to what will change because of it, in one sitting.
// Three centres answer by their links on a telephone: one without script that later mends its answer, one that leaves off in the middle
// and comes back, one as everybody; a fourth on paper. Every page but the first is reached by what the page before shows.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { clock, context, has, layoutFaults, ok, ownHouse, same, shot, test, tsunagi } from "./lib.mjs";
import { PHONE, Sink, Walker } from "./walker.mjs";

const flat = (t) => t.replace(/\s+/g, "");
const TITLE = "地域ケア会議の開き方についての調査";
const mailOf = (n) => `houkatsu${String(n).padStart(2, "0")}@example.jp`;

async function design(w) {
	await w.press("[調査を作る]");
	await w.next("目的・依頼文・問い合わせ先を書く");
	await w.fill({ purpose: "地域ケア会議の開き方と、困っていることを知るため。", target_words: "市内の地域包括支援センター", contact: "つなぎ市 介護保険課 電話 000-0000",
		greeting: "いつもお世話になっております。\n地域ケア会議についてお聞きします。" });
	await w.press("[保存]");
	await w.next("質問を作る");
	await w.press("質問を加える");
	await w.fill({ label: "この半年に、地域ケア会議を開きましたか。", options: "はい\nいいえ", section: "1 会議の開催", printed_no: "問1", is_required: "1" });
	await w.press("[保存して、次の質問を加える]");
	same(await w.page.inputValue('[name="section"]'), "1 会議の開催", "the head goes on");
	await w.fill({ label: "どのような会議でしたか。", kind: "multi", options: "個別事例の検討\n地域の課題の検討\nその他", printed_no: "問2", is_required: "1", shown_key: "q1", shown_codes: "はい", other_code: "その他" });
	await w.press("[保存して、次の質問を加える]");
	await w.fill({ label: "開いた回数を書いてください。", kind: "number", printed_no: "問3", is_required: "1", shown_key: "q1", shown_codes: "はい", unit_word: "回", lowest: "1", highest: "50" });
	await w.clean("a question");
	await shot(w.page, "60-survey-question");
	await w.press("[保存して、次の質問を加える]");
	await w.fill({ label: "開かなかった理由を書いてください。", kind: "text", printed_no: "問4", shown_key: "q1", shown_codes: "いいえ" });
	await w.press("[保存して、次の質問を加える]");
	await w.fill({ label: "市に望むことを書いてください。", kind: "memo", section: "2 市への希望", printed_no: "問5" });
	await w.press("[保存]");
	has(await w.text(), "問1で「はい」と答えた方だけ", "the list of questions");
	await w.press("プレビュー");
	ok(await w.page.isHidden('[data-q="q3"]'), "the preview hides what is not asked yet");
	await w.page.check('[name="q1"][value="1"]');
	ok(await w.page.isVisible('[data-q="q3"]') && await w.page.isHidden('[data-q="q4"]'), "the preview branches");
	await w.press("質問");
	await w.press("[質問を確定する]");
}

async function open(w) {
	await w.next("名簿を作る");
	await w.press("前の調査の名簿を写す");
	await w.page.selectOption('[name="from"]', { index: 1 });
	await w.press("[名簿を写す]");
	has(await w.text(), "61 件", "the frame");
	await w.next("回を加える");
	await w.press("回を加える");
	await w.fill({ name: "令和8年度上半期", period_from: "R8.4.1", period_to: "R8.9.30", opens_on: "R8.11.20", closes_on: "R8.12.4" });
	await w.press("[保存]");
	await w.press("[名簿の 61 件を、この回に加える]");
	return w.path();
}

test("survey walk: an officer asks 61 centres, from a blank page to what will change", async () => {
	clock.first();
	const server = await ownHouse("survey"), sink = await Sink.start();
	const link = (mails, n) => /\/a\/[0-9a-z]{26}/.exec(mails.get(mailOf(n)))[0];
	const phone = async (more = {}) => (await context({ server, context: { ...PHONE, ...more } })).newPage();
	tsunagi("mail", "set", "--data", server.data, "--host", "127.0.0.1", "--port", String(sink.port), "--security", "none", "--from", "chosa@city.example.jp", "--front-url", server.origin);
	try {
		let w = await Walker.in("city", { server });
		await w.page.click('nav.menu a[href="/surveys"]');
		await w.page.waitForURL(/surveys$/);
		await w.fill({ title: TITLE, unit: "centre" });
		await design(w);
		const survey = w.path().replace("/questions", "");
		const round = await open(w);

		// asked: 60 by mail, one address is wrong and gets a letter
		sink.refused.add(mailOf(61));
		await w.press("依頼・督促を送る");
		await w.press("[メールで依頼する（61件）]");
		has(await w.job(), "依頼を60件、メールで送りました。1件は相手に届きませんでした");
		const asked = sink.take();
		same(asked.size, 60, "mails");
		await w.press("依頼・督促を送る");
		await shot(w.page, "61-survey-send");
		await w.page.locator("main").getByRole("button", { name: "印刷" }).click();
		await w.job();
		const letter = path.join(server.data, "../letter.pdf");
		writeFileSync(letter, await (await w.page.request.get(await w.page.getAttribute('main a[href$="/result"]', "href"))).body());
		has(flat(execFileSync("pdftotext", ["-layout", letter, "-"], { encoding: "utf8" })), `${server.origin}/a/`, "the letter");

		// a centre as everybody
		const a = await phone();
		await a.goto(link(asked, 1));
		await a.check('[name="q1"][value="1"]');
		await a.check('[name="q2"][value="1"]');
		await a.fill('[name="q3"]', "十");
		await a.click('button[value="submit"]');
		await a.waitForSelector("#faults");
		has(await a.textContent("#faults"), "「問3 開いた回数を書いてください。」は数字で入力してください。");
		await a.fill('[name="q3"]', "４");
		same(await layoutFaults(a), [], "layout on a telephone");
		await shot(a, "62-survey-phone");
		await Promise.all([a.waitForURL(/done=submitted/), a.click('button[value="submit"]')]);
		has(await a.textContent("main"), "4回");

		// one without script, which mends its answer
		const b = await phone({ javaScriptEnabled: false });
		await b.goto(link(asked, 2));
		has(await b.textContent("main"), "で「いいえ」と答えた方だけ");
		await b.check('[name="q1"][value="2"]');
		await b.fill('[name="q4"]', "人手が足りない");
		await b.click('button[value="submit"]');
		await b.click("text=回答を直す");
		await b.check('[name="q1"][value="1"]');
		await b.check('[name="q2"][value="3"]');
		await b.fill('[name="q2_other"]', "合同の会議");
		await b.fill('[name="q3"]', "2");
		await b.click('button[value="submit"]');
		has(await b.textContent("main"), "合同の会議");
		ok(!(await b.textContent("main")).includes("人手が足りない"), "what its branch hides is not answered any more");

		// one that leaves off without pressing anything, and comes back
		const c = await phone();
		await c.goto(link(asked, 3));
		await c.check('[name="q1"][value="1"]');
		await c.check('[name="q2"][value="2"]');
		const kept = c.waitForResponse((r) => r.request().method() === "POST");
		await c.fill('[name="q3"]', "7");
		await c.goto("about:blank");
		await kept.catch(() => {}); // a page that is gone hears no answer
		for (let i = 0; i < 20; i++) {
			await c.goto(link(asked, 3));
			if (await c.inputValue('[name="q3"]') === "7") break;
		}
		same(await c.inputValue('[name="q3"]'), "7", "what was typed when the page was left");
		ok(await c.isChecked('[name="q2"][value="2"]'), "what was chosen");

		// a fourth on paper, entered by the city
		await w.page.goto(round);
		has(await w.text(), "2（回答率 3.3%）、途中 1");
		await w.page.locator("main tbody tr").nth(59).getByRole("link").click();
		await w.page.waitForURL(/survey-invitations/);
		await w.fill({ _mode: "mail", q1: "2", q4: "忙しい" });
		await w.clean("an answer on paper");
		await w.press("[提出された回答として保存]");

		// the silent ones, and only they, are reminded
		await w.page.selectOption('[name="whom"]', { label: "まだ提出していない" });
		await w.press("[表示]");
		has(await w.text(), "58 件", "who has not answered");
		await w.press("依頼・督促を送る");
		await w.press("[メールで督促する（57件）]");
		has(await w.job(), "57件");
		const reminded = sink.take();
		same([1, 2, 60, 61].filter((n) => reminded.has(mailOf(n))), [], "reminded although they answered, or cannot be reached by mail");
		ok(reminded.has(mailOf(3)), "who left off is reminded");

		// closed while somebody is at it: a plain sentence, and what was typed stays in sight
		await c.goto(link(reminded, 3));
		same(await c.inputValue('[name="q3"]'), "7", "the new link goes on where the old one was");
		await c.fill('[name="q5"]', "研修を開いてほしい。");
		await w.next("回答の状況を見る");
		await w.press("[この回を締め切る]");
		await c.click('button[value="submit"]');
		await c.waitForSelector("text=送ろうとした内容");
		has(await c.textContent("main"), "回答の受付は終わっています。");
		has(await c.textContent("main"), "研修を開いてほしい。");
		same(await layoutFaults(c), [], "layout of the refusal");
		await shot(c, "63-survey-closed");

		// the report: the same figures with their bases on the page, as CSV, PDF and Excel
		await w.press("この回を集計する");
		await w.page.goto(survey); // the officer wants all of it: the first page says where to go
		await w.next("集計と報告書を読む");
		await w.page.locator("h2", { hasText: "問1" }).first().evaluate((e) => e.scrollIntoView());
		await shot(w.page, "64-survey-report");
		const page = flat(await w.text());
		const get = async (kind) => {
			const r = await w.page.request.get(await w.page.getAttribute(`main a[href*="report.${kind}"]`, "href"));
			same(r.status(), 200, `status of the ${kind}`);
			return r.body();
		};
		const file = path.join(server.data, "../report.pdf"), book = path.join(server.data, "../report.xlsx");
		writeFileSync(file, await get("pdf"));
		writeFileSync(book, await get("xlsx"));
		const csv = flat((await get("csv")).toString("utf8")), pdf = flat(execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }));
		const xlsx = flat(execFileSync("unzip", ["-p", book, "xl/sharedStrings.xml"], { encoding: "utf8", maxBuffer: 1 << 24 }).replace(/<[^>]*>/g, ""));
		for (const [where, text] of [["page", page], ["CSV", csv], ["PDF", pdf]]) {
			for (const said of ["依頼した61か所のうち3か所から回答があり、回答率は4.9%です。", "最も多いのは「はい」（2件、67%）、次いで「いいえ」（1件、33%）です。", "「はい」とした回答のうち数の記入があるものn=2"])
				has(text, said, `the ${where}`);
		}
		for (const said of ["「はい」とした回答n=2", "「いいえ」とした回答n=1", "郵送"]) has(page + csv, said, "the report");
		has(page, "合計263.0", "sum and mean of 問3"); // 4 and 2 by two centres
		has(page, "郵送133%", "how it came: one by post");
		ok(!page.includes("メール1"), "paper is no mail");
		has(xlsx, "「はい」とした回答のうち数の記入があるものn=2", "the Excel book");

		// what was written can be read without coding it
		await w.press("自由記載を読む・分類する");
		has(await w.text(), "合同の会議", "what stands beside その他");
		await w.press("問4 開かなかった理由を書いてください。");
		has(await w.text(), "忙しい", "the words themselves");
		same(await layoutFaults(w.page), [], "layout of what was written");

		// what will change, told to those who answered
		await w.page.goto(survey);
		await w.fill({ content: "会議の進め方の研修を、年2回開く。", who: "介護保険課", due_on: "R9.3.31" });
		await w.press("[書き加える]");
		await w.page.goto(round);
		await w.press("結果を知らせる");
		await w.press("[結果と変えることを知らせる]");
		has(await w.job(), "3件");
		const told = sink.take();
		same([...told.keys()].sort(), [1, 2, 60].map(mailOf), "who is told");
		has(told.get(mailOf(1)), "会議の進め方の研修を、年2回開く。");
		await a.goto(link(asked, 1));
		has(await a.textContent("main"), "会議の進め方の研修を、年2回開く。");
		await w.page.goto(survey);
		same(await w.page.locator(".next-step").count(), 0, "nothing is left to do");
		await w.clean("the first page of a survey");
	} finally {
		sink.stop();
	}
});
