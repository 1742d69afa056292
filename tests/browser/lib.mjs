// What every browser test stands on: one demo town per run, a server on a free port with a clock of its own, Chromium
// without any other host, log in with TOTP, axe, layout checks, Japanese typed as an input method types it.
import { chromium } from "playwright-core";
import { execFileSync, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../..");
const BINARY = path.resolve(ROOT, process.env.TSUNAGI || "build/tsunagi");
export const PASSWORD = "tsunagi-demo-2026";
export const SCREEN = { width: 1366, height: 768 };
const FIRST_DAY = "2026-11-20T01:00:00Z"; // a Friday, ten in the morning in Japan

/* ---- a small runner ---- */

const tests = [];
export const test = (name, fn) => tests.push({ name, fn });

export class Fault extends Error {}
export function ok(value, text) { if (!value) throw new Fault(text); }
export function same(got, wanted, text) {
	if (JSON.stringify(got) !== JSON.stringify(wanted)) throw new Fault(`${text}: expected ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`);
}
export function has(text, part, what = "text") {
	if (!String(text).includes(part)) throw new Fault(`${what} lacks "${part}"; it is: ${String(text).replace(/\s+/g, " ").slice(0, 400)}`);
}

/* ---- the house ---- */

const work = mkdtempSync(path.join(os.tmpdir(), "tsunagi-browser-"));
let now = Date.parse(FIRST_DAY);
let clocks = 0, clockFile = path.join(work, "clock"); // what servers and commands started from now on read the time from
let shared = null; // the clock of the house most tests share, while a test keeps one of its own
const writeClock = () => writeFileSync(clockFile, new Date(now).toISOString().replace(/\.\d+Z$/, "Z") + "\n");
export const clock = {
	forward(seconds) { now += seconds * 1000; writeClock(); },
	days(n) { this.forward(n * 86400); },
	/* For a server of one's own, started after this: a clock of its own to the end of the test. Codes of log in are good once, so the
	   clock of a house never goes back. */
	first() {
		shared = shared || { now, clockFile };
		now = Date.parse(FIRST_DAY);
		clockFile = path.join(work, `clock-${++clocks}`);
		writeClock();
	},
	testEnds() { if (shared) ({ now, clockFile } = shared); shared = null; },
	get ms() { return now; },
};
writeClock();
const env = () => ({ ...process.env, TSUNAGI_NOW: "@" + clockFile, TSUNAGI_SHARE: ROOT });

export function tsunagi(...args) {
	return execFileSync(BINARY, args, { env: env(), encoding: "utf8", maxBuffer: 64 << 20, stdio: ["ignore", "pipe", "pipe"] });
}

let town = null; // the demo town, made once and copied for each server
const secrets = new Map(); // login → TOTP secret in base 32
function demoTown() {
	if (town) return town;
	const dir = path.join(work, "town");
	tsunagi("demo", "--data", dir);
	const told = tsunagi("demo", "--data", dir, "--logins");
	const secret = /鍵[^:：]*[:：]\s*([A-Z2-7]{16,})/.exec(told)?.[1];
	ok(secret, `tsunagi demo --logins tells the key of the codes: ${told}`);
	for (const [, login] of told.matchAll(new RegExp(`^([a-z][a-z0-9._-]*)\\s+${PASSWORD}\\s`, "gm"))) secrets.set(login, secret);
	ok(secrets.has("nurse"), `tsunagi demo --logins names no "nurse": ${[...secrets.keys()]}`);
	return town = dir;
}

const freePort = () => new Promise((resolve, reject) => {
	const s = net.createServer();
	s.on("error", reject);
	s.listen(0, "127.0.0.1", () => { const { port } = s.address(); s.close(() => resolve(port)); });
});

const open = new Set(); // servers to end, whatever happens
export class Server {
	static async start(name = "house") {
		const s = new Server();
		s.data = path.join(work, name);
		if (!existsSync(s.data)) cpSync(demoTown(), s.data, { recursive: true });
		s.port = await freePort();
		s.origin = `http://127.0.0.1:${s.port}`;
		s.log = path.join(work, name + ".log");
		s.child = spawn(BINARY, ["serve", "--data", s.data, "--listen", `127.0.0.1:${s.port}`, "--workers", "2", "--log", s.log],
			{ env: env(), stdio: ["ignore", "ignore", "pipe"] });
		s.said = "";
		s.child.stderr.on("data", (d) => { s.said += d; });
		open.add(s);
		for (let i = 0; i < 400; i++) {
			if (s.child.exitCode !== null) throw new Fault(`the server ended at once: ${s.said}`);
			if (await fetch(s.origin + "/health").then((r) => r.ok, () => false)) return s;
			await sleep(50);
		}
		throw new Fault("the server did not open its port: " + s.said);
	}
	async stop() {
		open.delete(this);
		if (this.child.exitCode !== null) return;
		const ended = new Promise((resolve) => this.child.once("exit", resolve));
		this.child.kill("SIGTERM");
		await ended;
	}
}
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/* ---- log in ---- */

export function totp(secret, atMs = now) {
	let bits = "";
	for (const c of secret) bits += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0");
	const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30000)));
	const h = createHmac("sha1", key).update(counter).digest();
	return String((h.readUInt32BE(h[19] & 15) & 0x7fffffff) % 1000000).padStart(6, "0");
}
/* A code is good once: each log in takes the next half minute. */
export function nextCode(login) {
	clock.forward(31);
	ok(secrets.has(login), `no demo login "${login}"`);
	return totp(secrets.get(login));
}

let browser = null;
let server = null; // the one most tests share
export async function house() {
	ok(server || !shared, "the shared house is not opened on the clock of one test");
	return server = server || await Server.start();
}
/* A house for this test alone. It goes when the test has ended and its pages are closed: a page that is open may ask at any moment
   (its draft, whether one is still in), and an answer cut off by a server that ends is a fault of the page to whoever reads it. */
export async function ownHouse(name) {
	const s = await Server.start(name);
	current.servers.push(s);
	return s;
}

/* A context of one person at one PC. Every request to another host is stopped and fails the test. */
export async function context(options = {}) {
	const s = options.server || await house();
	browser = browser || await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-component-update", "--disable-background-networking"] });
	const c = await browser.newContext({ viewport: SCREEN, locale: "ja-JP", timezoneId: "Asia/Tokyo", baseURL: s.origin, ...options.context });
	c.setDefaultTimeout(15000);
	c.foreign = [];
	c.broken = [];
	await c.route("**", (route) => {
		const url = route.request().url();
		if (url.startsWith(s.origin + "/") || url.startsWith("data:") || url.startsWith("blob:")) return route.continue();
		c.foreign.push(url);
		return route.abort();
	});
	c.on("weberror", (e) => c.broken.push(String(e.error())));
	c.on("console", (m) => { if (m.type() === "error" && !/status of (4\d\d)/.test(m.text())) c.broken.push(`${m.text()} (${new URL(m.location().url || "about:blank").pathname})`); });
	current.contexts.push(c);
	return c;
}
/* A page of somebody logged in, by keyboard as everybody does. */
export async function logIn(login = "nurse", options = {}) {
	const c = options.in || await context(options);
	const page = await c.newPage();
	await page.goto("/login");
	await page.locator("#f-login").focus();
	await page.keyboard.type(login);
	await page.keyboard.press("Tab");
	await page.keyboard.type(PASSWORD);
	await page.keyboard.press("Enter");
	await page.waitForURL("**/login/code**");
	await page.locator("#f-code").focus();
	await page.keyboard.type(nextCode(login));
	await page.keyboard.press("Enter");
	await page.waitForURL((u) => !u.pathname.startsWith("/login"));
	return page;
}

/* ---- accessibility ---- */

const AXE = readFileSync(path.join(ROOT, "node_modules/axe-core/axe.min.js"), "utf8");
/* What depends on the size of the letters: the other rules read the document alone, and answer alike in every size. */
const BY_SIZE = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"];
const worlds = new WeakMap(); // page → where axe lives in the document that is open
async function axeWorld(page) {
	// An isolated world: the page's own policy allows no script but the house's, and stays untouched.
	let w = worlds.get(page);
	if (!w) {
		worlds.set(page, w = { cdp: await page.context().newCDPSession(page), id: 0 });
		page.on("framenavigated", (f) => { if (f === page.mainFrame()) w.id = 0; });
	}
	if (!w.id) {
		const { frameTree } = await w.cdp.send("Page.getFrameTree");
		const { executionContextId } = await w.cdp.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
		await w.cdp.send("Runtime.evaluate", { contextId: executionContextId, expression: AXE + ";0" });
		w.id = executionContextId;
	}
	return w;
}
/* Faults of access as sentences. again: this page was read in another size of letters just before. */
export async function axe(page, what, again = false) {
	const { cdp, id } = await axeWorld(page);
	const which = again ? { type: "rule", values: BY_SIZE } : ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
	const { result, exceptionDetails } = await cdp.send("Runtime.evaluate", { contextId: id, awaitPromise: true, returnByValue: true,
		// a bar that sticks to the foot covers whatever happens to lie behind it at the first glance, and leaves it when one scrolls: not a lack of the page
		expression: `(() => { const bars = [...document.querySelectorAll(".bar")]; for (const b of bars) b.style.position = "static";
			return axe.run(document, {runOnly: ${JSON.stringify(which)}, resultTypes: ["violations"]})
			.finally(() => { for (const b of bars) b.style.position = ""; })
			.then((r) => JSON.stringify(r.violations.map((v) => ({ id: v.id, help: v.help, at: v.nodes.slice(0, 4).map((n) => n.html.slice(0, 160) + " — " + (n.any.concat(n.all, n.none)[0] || {}).message) })))); })()` });
	if (exceptionDetails) throw new Fault(`axe on ${what}: ${exceptionDetails.exception?.description}`);
	return JSON.parse(result.value).map((v) => `${what}: ${v.id}: ${v.help}\n      ${v.at.join("\n      ")}`);
}

/* Fields of the page by name; boxes and choices by their values. */
export async function fillIn(page, fields) {
	for (const [name, value] of Object.entries(fields)) {
		const one = page.locator(`main [name="${name}"]`);
		const type = await one.first().evaluate((e) => e.type);
		if (type === "checkbox" || type === "radio") for (const v of [value].flat()) await page.locator(`main [name="${name}"][value="${v}"]`).check();
		else if (type === "select-one") await one.selectOption(value);
		else await one.fill(value);
	}
}

/* Faults of layout as sentences: sideways scroll of the page, text cut off, words broken inside a button. */
export function layoutFaults(page) {
	return page.evaluate(() => {
		const out = [];
		const name = (e) => `${e.tagName.toLowerCase()}${e.id ? "#" + e.id : ""}${e.className && typeof e.className === "string" ? "." + e.className.trim().replace(/\s+/g, ".") : ""} "${(e.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40)}"`;
		const wide = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth > wide) out.push(`the page scrolls sideways: ${document.documentElement.scrollWidth} > ${wide}`);
		for (const e of document.querySelectorAll("body *")) {
			if (e.closest(".sr, .skip, svg, [hidden], option, datalist") || !e.getClientRects().length) continue;
			const inTable = e.closest(".table-wrap");
			const r = e.getBoundingClientRect();
			const s = getComputedStyle(e);
			if (!inTable && r.width > 0 && r.right > wide + 1) out.push(`${name(e)} reaches ${Math.round(r.right - wide)} px beyond the page`);
			if (!inTable && r.width > 0 && r.left < -1) out.push(`${name(e)} begins left of the page`);
			const cuts = (v) => v === "hidden" || v === "clip";
			if (cuts(s.overflowX) && e.scrollWidth > e.clientWidth + 1) out.push(`${name(e)} is cut: ${e.scrollWidth} > ${e.clientWidth}`);
			if (cuts(s.overflowY) && e.scrollHeight > e.clientHeight + 1) out.push(`${name(e)} is cut in height: ${e.scrollHeight} > ${e.clientHeight}`);
			if (e.matches("select") && e.selectedOptions[0]) {
				const c = document.createElement("canvas").getContext("2d");
				c.font = s.font;
				const needs = c.measureText(e.selectedOptions[0].textContent).width + parseFloat(s.paddingLeft) + parseFloat(s.paddingRight) + 18;
				if (needs > r.width + 1) out.push(`${name(e)} hides the end of its choice`);
			}
			if (e.matches("button, .button") && r.height > parseFloat(s.lineHeight) * 2.4 + 16) out.push(`${name(e)} breaks into three lines or more`);
		}
		return [...new Set(out)].slice(0, 12);
	});
}

/* ---- keys ---- */

export const active = (page) => page.evaluate(() => {
	const e = document.activeElement;
	return e ? { tag: e.tagName, id: e.id, name: e.getAttribute("name") || "", value: e.value ?? "", text: (e.textContent || "").trim().replace(/\s+/g, " ").slice(0, 60) } : null;
});
/* Tab until the focused element matches, as somebody without a mouse does. Counts the stops. */
export async function tabTo(page, selector, most = 120) {
	for (let i = 0; i <= most; i++) {
		if (await page.evaluate((s) => !!document.activeElement && document.activeElement.matches(s), selector)) return i;
		await page.keyboard.press("Tab");
	}
	throw new Fault(`${selector} is not reached by ${most} tabs on ${page.url()}`);
}
/* Tab through the page once: each stop visible, with a focus one can see, and no trap. */
export async function tabRound(page, most = 400) {
	const faults = [];
	await page.evaluate(() => { window.scrollTo(0, 0); document.activeElement?.blur?.(); });
	let stops = 0, last = null, still = 0;
	for (; stops < most; stops++) {
		await page.keyboard.press("Tab");
		const at = await page.evaluate(() => {
			const e = document.activeElement;
			if (!e || e === document.body || e === document.documentElement) return null;
			window.__stops = window.__stops || new Map();
			const again = window.__stops.get(e) || 0;
			window.__stops.set(e, again + 1);
			const r = e.getBoundingClientRect(), s = getComputedStyle(e), box = e.closest(".choice") || e, b = getComputedStyle(box);
			const seen = (x) => (x.outlineStyle !== "none" && parseFloat(x.outlineWidth) >= 2) || x.boxShadow !== "none";
			const mid = document.elementFromPoint(Math.min(innerWidth - 1, Math.max(0, r.left + Math.min(r.width / 2, 20))), Math.min(innerHeight - 1, Math.max(0, r.top + r.height / 2)));
			return { what: `${e.tagName.toLowerCase()}#${e.id}[${e.getAttribute("name") || e.getAttribute("href") || ""}] ${(e.textContent || "").trim().slice(0, 30)}`,
				again, inView: r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth, seen: seen(s) || seen(b),
				covered: !!mid && !e.contains(mid) && !mid.contains(e) && !box.contains(mid) && !!mid.closest(".bar, .undo") && !e.closest(".bar, .undo") };
		});
		if (!at || at.again > 0 && at.what !== last) break; // out of the page, or round once
		if (at.what === last && at.again > 0) { if (++still > 2) { faults.push(`the focus is caught at ${at.what}`); break; } } else still = 0;
		last = at.what;
		if (!at.inView) faults.push(`${at.what} has the focus but is out of sight`);
		if (!at.seen) faults.push(`${at.what} shows no focus`);
		if (at.covered) faults.push(`${at.what} has the focus behind the bar`);
	}
	if (stops >= most) faults.push(`more than ${most} stops`);
	return { stops, faults };
}
/* Type Japanese as an input method does: the reading while composing, then the chosen text, then (by `enter`) the Enter
 * that ends the conversion, which Chromium reports with keyCode 229. */
export async function ime(page, reading, text, { enter = true } = {}) {
	const cdp = await page.context().newCDPSession(page);
	for (let i = 1; i <= reading.length; i++)
		await cdp.send("Input.imeSetComposition", { text: reading.slice(0, i), selectionStart: i, selectionEnd: i });
	await cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
	if (enter) await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Process", code: "Enter", windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 13 });
	await cdp.send("Input.insertText", { text });
	if (enter) await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 });
	await cdp.detach();
}

/* ---- pictures and papers ---- */

export async function shot(page, name) {
	const dir = process.env.SHOTS;
	if (!dir) return;
	mkdirSync(dir, { recursive: true });
	await page.screenshot({ path: path.join(dir, name + ".png"), animations: "disabled" });
}
/* The PDF behind an address, fetched as this person. */
export async function pdf(page, address, name) {
	const answer = await page.context().request.get(new URL(address, page.url()).href);
	same(answer.status(), 200, "status of the PDF");
	has(answer.headers()["content-type"], "application/pdf", "type of the PDF");
	const file = path.join(work, `${name}.pdf`);
	writeFileSync(file, await answer.body());
	const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
	if (process.env.SHOTS) execFileSync("pdftoppm", ["-png", "-r", "70", "-f", "1", "-l", "1", "-singlefile", file, path.join(process.env.SHOTS, name)]);
	return text;
}

/* ---- the run ---- */

let current = { contexts: [], servers: [] };
export async function run(words) {
	let passed = 0, failed = 0;
	const results = path.join(ROOT, "test-results");
	for (const t of tests) {
		if (words.length && !words.some((w) => t.name.includes(w))) continue;
		current = { contexts: [], servers: [] };
		const start = Date.now();
		let fault = null;
		try {
			await t.fn();
			for (const c of current.contexts) {
				if (c.foreign.length) throw new Fault("asked another host: " + c.foreign.join(", "));
				if (c.broken.length) throw new Fault("the script of a page failed: " + c.broken.slice(0, 3).join(" | "));
			}
			passed++;
		} catch (e) {
			fault = e;
			failed++;
		}
		console.log(`${fault ? "FAIL" : "ok  "}  ${t.name}  ${((Date.now() - start) / 1000).toFixed(1)} s`);
		if (fault) {
			console.log(`      ${fault instanceof Fault ? fault.message : fault.stack}`);
			mkdirSync(results, { recursive: true });
			let n = 0;
			for (const c of current.contexts) for (const p of c.pages()) {
				const file = path.join(results, `${t.name.replace(/[^\p{L}\p{N}]+/gu, "-")}-${++n}`);
				await p.screenshot({ path: file + ".png", fullPage: true }).catch(() => {});
				console.log(`      ${p.url()} → ${path.relative(ROOT, file)}.png`);
			}
		}
		for (const c of current.contexts) await c.close().catch(() => {});
		for (const s of current.servers) await s.stop();
		clock.testEnds();
	}
	if (browser) await browser.close();
	for (const s of [...open]) await s.stop();
	if (failed && server && existsSync(server.log)) console.log(readFileSync(server.log, "utf8").split("\n").filter((l) => / 5\d\d |BUG|ERR_BUG/.test(l)).slice(-10).join("\n"));
	rmSync(work, { recursive: true, force: true });
	console.log(`${passed} passed, ${failed} failed`);
	return failed || !passed ? 1 : 0;
}
process.on("exit", () => { for (const s of open) s.child.kill("SIGKILL"); });
for (const sig of ["SIGINT", "SIGTERM"]) process.on(sig, () => process.exit(130));

/* ---- records made by the pages, as anybody would ---- */

const pidOf = (page) => /\/([0-9a-z]{26})/.exec(new URL(page.url()).pathname)?.[1];
/* A new person by the form of the page; returns the public id. */
export async function newPerson(page, name, kana, birth = "S10.5.5") {
	await page.goto("/persons/new");
	await page.fill("#f-name", name);
	await page.fill("#f-kana", kana);
	await page.fill("#f-birth", birth);
	await page.click(".bar button.main");
	await page.waitForURL(/\/persons\/[0-9a-z]{26}/);
	return pidOf(page);
}
/* The page of a new call, with no draft of an earlier test on offer. */
export async function newCall(page) {
	await page.goto("/about");
	await page.evaluate(() => fetch("/drafts/consult%3Anew/discard", { method: "POST", headers: { "X-Tsunagi": "1", "X-Tsunagi-Account": document.documentElement.dataset.account,
		"X-Tsunagi-Csrf": document.documentElement.dataset.csrf }, body: new URLSearchParams() }).then((r) => { if (!r.ok) throw new Error("discard " + r.status); }));
	await page.goto("/consults/new");
}
/* A new consultation of nobody known yet, or of a person; returns the public id. */
export async function newConsult(page, content, person = "") {
	await page.goto("/consults/new" + (person ? "?person=" + person : ""));
	await page.selectOption("#f-source", { index: 1 });
	await page.fill("#f-content", content);
	if (!person) await page.fill("#f-person_label", "駅前の団地の80代の女性");
	await page.locator('input[name="classes"]').first().check();
	await page.click(".bar button.main");
	await page.waitForURL(/\/consults\/[0-9a-z]{26}/);
	return pidOf(page);
}
