// Every page that can be reached: axe and layout in three text sizes, at 1366×768 and at 200 %; the round of Tab.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { SCREEN, axe, has, house, layoutFaults, logIn, newConsult, newPerson, ok, same, shot, tabRound, test, tsunagi } from "./lib.mjs";

const routes = () => tsunagi("serve", "--routes").split("\n").map((l) => l.split("\t")).filter((c) => c[0] === "GET").map((c) => c[1]);
const asPattern = (route) => new RegExp("^" + route.replace(/[.]/g, "\\.").replace(/\{[^}]*\}/g, "[^/]+") + "$");
/* GET routes that answer no page of their own. */
const NO_PAGE = /^\/(health|again|parts\/|drafts\/)|\/(pdf|xlsx|fhir|result|csv|file|download|image|qr|zip|fill)$|\.csv$|\/forms\/\{form\}$|^\/(documents|files|issued|attachments)\/[^/]+(\/.*)?$/;
/* Pages that need a state the demo town is not in (half a login, a running job, two merged records, an issued document): walked by tests/http. */
const STATE = ["/login", "/login/code", "/setup", "/jobs/{pid}", "/persons/{pid}/merge/{mpid}/undo", "/admin/accounts/{pid}/code", "/admin/audit/anchor",
	"/persons/{pid}/documents/{dpid}/withdraw", "/answer/{token}", "/commissions/{pid}/retire", "/plans/{pid}/diff", "/meetings/{pid}/inquiries/{ipid}",
	"/law/imports/{pid}", "/law/imports/{pid}/text", "/insurer-params/{pid}",
	"/persons/{pid}/interests/thanks", // after the client has handed in: walked by interest.mjs
	"/a", "/a/{linkpid}"]; // behind a personal link: walked by survey-front.mjs

const dead = new Set();
/* The addresses of this house that a page links to, by the parser of an empty tab. */
const links = (reader, html, url) => reader.evaluate(([text, at]) => [...new DOMParser().parseFromString(text, "text/html").querySelectorAll("a[href]")].filter((a) => !a.closest("noscript"))
	.map((a) => new URL(a.getAttribute("href"), at)).filter((u) => u.origin === new URL(at).origin).map((u) => u.pathname + u.search), [html, url]);
const papers = new Set(); // routes that answer no page
const found = new Map(); // route → { path, login }
/* Follow links from the first page: one address for each route, the more specific route first. Only asked for and read, not drawn:
 * every page found is drawn afterwards, by the one who found it. */
async function crawl(login, starts) {
	const page = await logIn(login), reader = await page.context().newPage();
	const table = routes().sort((a, b) => (a.match(/\{/g) || []).length - (b.match(/\{/g) || []).length);
	const routeOf = (path) => table.find((r) => asPattern(r).test(path));
	const from = new Map(); // address → the page with the link
	const queue = ["/", "/settings/display", "/about", ...starts], seen = new Set();
	while (queue.length) {
		const address = queue.shift(), path = address.split("?")[0], route = routeOf(path);
		if (!route || NO_PAGE.test(route) || seen.has(route)) continue;
		const answer = await page.request.get(address);
		const status = answer.status();
		if (status >= 500) throw new Error(`${address} answers ${status} to ${login}`);
		if (status >= 400 && from.has(address)) dead.add(`${login}: ${from.get(address)} leads to ${route}, which answers ${status}`);
		if (status !== 200) continue;
		seen.add(route);
		if (!(answer.headers()["content-type"] || "").startsWith("text/html")) { // a paper or a table, though its name does not say so
			papers.add(route);
			continue;
		}
		if (!found.has(route)) found.set(route, { address, login });
		for (const a of await links(reader, await answer.text(), answer.url())) {
			if (!from.has(a)) from.set(a, route);
			queue.push(a);
		}
	}
	return page;
}
/* Records of the demo town in the states that their pages need: one address of each. */
function records(login, data) {
	const ask = (sql) => execFileSync("sqlite3", [path.join(data, "tsunagi.db"), sql]).toString().trim();
	const of = `JOIN account a ON a.org_id = x.org_id WHERE a.login = '${login}' AND x.retired_ms IS NULL`;
	const out = [];
	const add = (table, where, ...paths) => {
		const pids = ask(`SELECT x.pid FROM ${table} x ${of} AND ${where} ORDER BY x.id DESC LIMIT 4`).split("\n").filter(Boolean);
		for (const pid of pids) out.push(...paths.map((p) => p.replace("*", pid))); // the first that can still be seen counts
	};
	const home = login === "cm1" ? "x.kind = 'home'" : "1 = 1";
	add("plan", `${home} AND x.status = 'draft'`, "/plans/*", "/plans/*/edit", "/plans/*/explain", ...(login === "cm1" ? ["/plans/*/week"] : []));
	add("plan", `${home} AND x.status = 'explained'`, "/plans/*", "/plans/*/consent", "/plans/*/provisional");
	add("plan", `${home} AND x.status = 'delivered'`, "/plans/*", "/plans/*/providers", "/plans/*/minor", "/plans/*/change");
	add("plan", `${home} AND x.previous_id IS NOT NULL`, "/plans/*/diff");
	/* the form of one stay of the week: without a script a link in the picture leads there */
	for (const line of ask(`SELECT x.pid || ' ' || s.pid FROM plan_slot s JOIN plan x ON x.id = s.plan_id ${of} AND ${home} AND x.status = 'draft' AND s.retired_ms IS NULL LIMIT 4`).split("\n").filter(Boolean)) {
		const [plan, stay] = line.split(" ");
		out.push(`/plans/${plan}/week/${stay}`);
	}
	add("assessment", "x.status = 'confirmed'", "/assessments/*", "/assessments/*/icf", "/assessments/*/compare", "/assessments/*/history");
	add("assessment", "x.status = 'draft'", "/assessments/*/edit");
	add("issue_sheet", "1 = 1", "/issue-sheets/*");
	add("care_meeting", "x.status = 'called'", "/meetings/*", "/meetings/*/edit", "/meetings/*/members", "/meetings/*/retire");
	add("hospital_stay", "x.told_on IS NULL", "/hospital-stays/*", "/hospital-stays/*/edit", "/hospital-stays/*/info/new", "/hospital-stays/*/record/new", "/hospital-stays/*/retire");
	add("hospital_info", "1 = 1", "/hospital-infos/*");
	add("discharge_record", "1 = 1", "/discharge-records/*");
	add("doctor_info", "1 = 1", "/doctor-infos/*");
	add("visit_plan", "x.state = 'planned'", "/visit-plans/*", "/visit-plans/*/edit", "/visit-plans/*/move", "/visit-plans/*/cancel");
	add("evaluation", "1 = 1", "/evaluations/*", "/evaluations/*/edit", "/evaluations/*/retire");
	add("duty_waiver", "1 = 1", "/waivers/*", "/waivers/*/edit", "/waivers/*/retire");
	add("dispatch", "x.state = 'inquiry'", "/dispatch/*/turn");
	add("dispatch", "x.state = 'requested'", "/dispatch/*", "/dispatch/*/edit", "/dispatch/*/case", "/dispatch/*/print", "/dispatch/*/retire");
	add("dispatch", "EXISTS (SELECT 1 FROM dispatch_report y WHERE y.dispatch_id = x.id)", "/dispatch/*/report", "/dispatch/*/report/print", "/dispatch/*/report/retire");
	add("dispatch_example", "x.is_released = 0", "/dispatch-examples/*/edit", "/dispatch-examples/*/retire");
	if (login === "city") out.push(...ask("SELECT pid FROM dispatch WHERE state = 'requested' LIMIT 2").split("\n").filter(Boolean).map((pid) => `/dispatch/${pid}/match`));
	if (login === "pt1") add("dispatch_therapist", "1 = 1", "/dispatch-therapists/*", "/dispatch-therapists/*/retire");
	add("care_case", "x.end_on IS NULL AND x.start_on IS NOT NULL", "/cases/*/talk");
	add("care_log", "x.struck_ms IS NULL AND x.source_table = ''", "/log/*", "/log/*/correct");
	add("rehab_meeting", "1 = 1", "/rehab-meetings/*", "/rehab-meetings/*/edit", "/rehab-meetings/*/retire");
	add("rehab_info", "1 = 1", "/rehab-infos/*", "/rehab-infos/*/edit", "/rehab-infos/*/retire");
	/* a round that asks somebody, one whose answers are anonymous, and an answer of the own organisation */
	add("survey", "1 = 1", "/surveys/*/targets/people"); // linked where people are asked
	const asked = `FROM survey_round r JOIN survey x ON x.id = r.survey_id ${of}`;
	for (const pid of ask(`SELECT r.pid ${asked} AND x.is_anonymous = 1 LIMIT 1`).split("\n").filter(Boolean)) out.push(`/survey-rounds/${pid}/sheet`);
	for (const pid of ask(`SELECT i.pid FROM survey_invitation i JOIN survey_round r ON r.id = i.round_id JOIN survey x ON x.id = r.survey_id ${of} AND x.is_anonymous = 0 LIMIT 1`).split("\n").filter(Boolean)) out.push(`/survey-invitations/${pid}`);
	for (const pid of ask(`SELECT i.pid FROM survey_answer w JOIN survey_invitation i ON i.id = w.invitation_id JOIN survey_target x ON x.id = i.target_id ${of} LIMIT 1`).split("\n").filter(Boolean)) out.push(`/survey-answers/${pid}/report`);
	return out;
}
const WHO = ["nurse", "head", "admin", "city", "cm1", "pt1"];
const pages = new Map();
let walked = null;
const walkAll = () => walked = walked || walkOnce();
async function walkOnce() {
	const { data } = await house();
	const nurse = await logIn("nurse");
	const person = await newPerson(nurse, "全頁 見子", "ゼンページ ミコ", "S10.6.6");
	const consult = await newConsult(nurse, "全部のページを見るための相談", person);
	await nurse.goto(`/persons/${person}/checklists/new?consult=${consult}`);
	await nurse.fill('[name="address"]', "つなぎ県つなぎ市青葉町8-8");
	for (let i = 1; i <= 25; i++) {
		const box = nurse.locator(`input[name="kcl${String(i).padStart(2, "0")}"]`);
		if (await box.count()) await box.first().check();
	}
	await nurse.click(".bar button.main");
	await nurse.waitForURL(/\/responses\/[0-9a-z]{26}/);
	const response = new URL(nurse.url()).pathname;
	await nurse.goto(`/persons/${person}/routings/new?consult=${consult}`);
	await nurse.selectOption("#f-route", { index: 1 });
	await nurse.fill("#f-override_reason", "試し");
	await nurse.click(".bar button.main");
	await nurse.waitForURL(/\/routings\/[0-9a-z]{26}/);
	const routing = new URL(nurse.url()).pathname;
	await nurse.goto(`/persons/${person}/basic-info/new`);
	await nurse.click(".bar button.main");
	await nurse.waitForURL(/basic-info\/[0-9a-z]{26}/);
	const p = `/persons/${person}`;
	for (const login of WHO)
		await (await crawl(login, login === "nurse" ? [p, `${p}/basic-info`, `/consults/${consult}`, response, response + "/edit", routing, `${p}/history`, `${p}/merge`, `${p}/retire`, `/consults/${consult}/link`, ...records(login, data)]
			: ["cm1", "city", "pt1"].includes(login) ? records(login, data) : [])).context().close();
}

test("every page is reached by links", async () => {
	await walkAll();
	console.log(`      ${found.size} pages`);
	const lost = routes().filter((r) => !NO_PAGE.test(r) && !STATE.includes(r) && !papers.has(r) && !found.has(r));
	same(lost, [], "routes with a page that no link leads to");
	same([...dead], [], "links that lead nowhere");
});

const sizes = [["標準", 0], ["大", 1], ["特大", 2]];
const setSize = (page, n) => page.evaluate((t) => { document.documentElement.dataset.text = t; }, n);
const report = (list) => { if (list.length) throw new Error(`${list.length} faults\n      ` + list.slice(0, 40).join("\n      ")); };
async function readAxe(page, what) {
	const out = [];
	for (const [word, n] of sizes) {
		await setSize(page, n);
		out.push(...await axe(page, `${what} ${word}`, n > 0));
	}
	return out;
}
async function readLayout(page, what) {
	const out = [];
	await page.evaluate(() => { for (const d of document.querySelectorAll("details")) d.open = true; });
	for (const [name, view] of [["1366×768", SCREEN], ["200 %", { width: SCREEN.width / 2, height: SCREEN.height / 2 }]]) {
		await page.setViewportSize(view);
		for (const [word, n] of sizes) {
			await setSize(page, n);
			out.push(...(await layoutFaults(page)).map((f) => `${what} ${name} ${word}: ${f}`));
		}
	}
	await page.setViewportSize(SCREEN);
	return out;
}
async function readTab(page, what) {
	const { stops, faults } = await tabRound(page);
	if (stops < 4) faults.push(`only ${stops} stops`);
	return faults.slice(0, 4).map((f) => `${what}: ${f}`);
}
/* Each page is opened twice, once as it comes for the round of Tab, once for axe and then the layouts. */
let reading = null;
const readAll = () => reading = reading || (async () => {
	await walkAll();
	const out = { axe: [], layout: [], read: 0 };
	for (const login of WHO) await each(login, async (page, route) => {
		out.axe.push(...await readAxe(page, route));
		out.layout.push(...await readLayout(page, route));
		out.read++;
	});
	return out;
})();
async function each(login, visit) {
	await walkAll();
	const mine = [...found].filter(([, f]) => f.login === login);
	if (!mine.length) return;
	const page = await logIn(login);
	for (const [route, f] of mine) {
		if (/^\/(login|setup)/.test(route)) continue;
		await page.goto(f.address);
		await visit(page, route);
	}
	await page.context().close();
}

test("axe finds nothing on any page, in three text sizes (U54)", async () => {
	const { axe, read } = await readAll();
	ok(read > 100, `only ${read} pages are read`);
	report(axe);
});

test("nothing scrolls sideways and nothing is cut: 1366×768, 200 %, 特大 (U14)", async () => {
	report((await readAll()).layout);
});

test("Tab goes round every page: focus in sight, no trap (U53)", async () => {
	const out = [];
	for (const login of WHO) await each(login, async (page, route) => { out.push(...await readTab(page, route)); });
	report(out);
});

test("the pages that only a form leads to: what a mapping changes, what an import would do", async () => {
	const page = await logIn("city");
	const out = [];
	const look = async (what) => { out.push(...await readAxe(page, what), ...await readLayout(page, what)); };
	await page.goto("/areas");
	const area = await page.locator('a[href^="/areas/"]', { hasText: "北部圏域" }).first().getAttribute("href");
	await page.goto("/areas/towns?source=" + area.split("/").pop());
	await page.locator('input[name="town"]').first().check();
	await page.selectOption("#f-area", { index: 2 });
	await Promise.all([page.waitForURL("**/areas/towns/try"), page.click("button.main")]);
	has(await page.textContent("main"), "の区域が", "how many people get another area");
	await look("the effect");
	await page.goto("/areas/import");
	await page.setInputFiles("#f-file", { name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("種類,名前,町域\n日常生活圏域,西圏域,西町\n変な種類,い,う\n") });
	await page.click('form[action="/areas/import"] button');
	await page.locator("#i-result").waitFor();
	has(await page.textContent("main"), "取り込めない", "the bad row");
	await look("the import");
	report(out);
});

test("the text size chosen is the one of every later page (U14)", async () => {
	const page = await logIn("clerk");
	await page.goto("/settings/display");
	await page.locator('input[name="text_size"]').last().check();
	await page.click(".bar button.main");
	await page.locator("#flash").waitFor();
	await page.goto("/consults/new");
	same(await page.evaluate(() => document.documentElement.dataset.text), "2", "the text size");
	same(await layoutFaults(page), [], "layout");
	await shot(page, "15-large-text");
	await page.goto("/settings/display");
	await page.locator('input[name="text_size"]').first().check();
	await page.click(".bar button.main");
});

test("the log in pages: axe, layout, Tab", async () => {
	const s = await house();
	const { context } = await import("./lib.mjs");
	const page = await (await context({ server: s })).newPage();
	for (const path of ["/login", "/setup"]) {
		await page.goto(path);
		for (const [word, n] of sizes) {
			await setSize(page, n);
			same(await axe(page, `${path} ${word}`, n > 0), [], "axe");
			same(await layoutFaults(page), [], `layout of ${path} ${word}`);
		}
		await page.goto(path);
		same((await tabRound(page)).faults, [], `Tab on ${path}`);
	}
});
