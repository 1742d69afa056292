// What the walks of surveys and dispatches share: a walker who fills in forms and presses what the page shows, and a mail server.
import net from "node:net";
import { axe, fillIn, layoutFaults, logIn, same } from "./lib.mjs";

export const PHONE = { viewport: { width: 390, height: 844 } };

export class Walker {
	static async in(login, options) { return new Walker(await logIn(login, options)); }
	constructor(page) { this.page = page; }
	path() { return new URL(this.page.url()).pathname; }
	text() { return this.page.textContent("main"); }
	/* Fields by name; boxes and choices by their values. */
	fill(fields) { return fillIn(this.page, fields); }
	/* A link or a [button] by its words; waits for the page it leads to. */
	async press(words) {
		const button = words.startsWith("[");
		const e = this.page.locator("main").getByRole(button ? "button" : "link", { name: words.replace(/^\[|\]$/g, ""), exact: true }).first();
		await this.page.evaluate(() => { window.__before = true; });
		await e.click();
		await this.page.waitForFunction(() => !window.__before && document.readyState === "complete");
		const faults = await this.page.locator("#faults li").allTextContents();
		same(faults, [], `faults after ${words}`);
	}
	/* The one button that says what comes next. */
	async next(words) {
		same(await this.page.locator(".next-step a").allTextContents(), [words], `what comes next on ${this.path()}`);
		await this.press(words);
	}
	/* The end of the job that was begun: its last words. */
	async job() {
		await this.page.waitForURL(/\/jobs\//);
		await this.page.waitForFunction(() => !document.querySelector("[data-job]"), null, { timeout: 60000 });
		return this.text();
	}
	async clean(what) { same([...await layoutFaults(this.page), ...await axe(this.page, what)], [], `faults of access and layout on ${what}`); }
}

/* Takes every mail but those for the refused. */
export class Sink {
	static async start() {
		const s = new Sink();
		s.mails = [];
		s.refused = new Set();
		s.server = net.createServer((line) => s.talk(line));
		await new Promise((r) => s.server.listen(0, "127.0.0.1", r));
		s.port = s.server.address().port;
		return s;
	}
	talk(sock) {
		let rest = "", data = null, to = "";
		const say = (t) => sock.write(t + "\r\n");
		const line = (t) => {
			if (data) {
				if (t !== ".") return data.push(t.replace(/^\.\./, "."));
				this.mails.push([to, data.join("\r\n")]);
				data = null;
				return say("250 taken");
			}
			switch (t.slice(0, 4).toUpperCase()) {
			case "EHLO": return say("250-sink\r\n250 8BITMIME");
			case "RCPT": to = /<([^>]*)>/.exec(t)[1]; return say(this.refused.has(to) ? "550 5.1.1 User unknown" : "250 ok");
			case "DATA": data = []; return say("354 go on");
			case "QUIT": say("221 bye"); return sock.end();
			default: return say("250 ok");
			}
		};
		sock.on("error", () => {});
		sock.on("data", (d) => {
			rest += d.toString("latin1");
			for (let i; (i = rest.indexOf("\r\n")) >= 0;) {
				const t = rest.slice(0, i);
				rest = rest.slice(i + 2);
				line(t);
			}
		});
		say("220 sink");
	}
	/* The mails since the last time: recipient → text. */
	take() {
		const got = this.mails;
		this.mails = [];
		return new Map(got.map(([to, raw]) => {
			const at = raw.indexOf("\r\n\r\n"), body = raw.slice(at + 4);
			const way = /^content-transfer-encoding:\s*(\S+)/im.exec(raw.slice(0, at))?.[1].toLowerCase();
			const bytes = way === "base64" ? Buffer.from(body, "base64") :
				Buffer.from(way === "quoted-printable" ? body.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, h) => String.fromCharCode(parseInt(h, 16))) : body, "latin1");
			return [to, bytes.toString("utf8")];
		}));
	}
	stop() { this.server.close(); }
}
