"use strict";
/* つなぎ: what makes a page safe and quick to type in. Everything works without it by plain POST.
 * Parts: requests and logging in again · drafts · keys · IME · kana · dates · postal codes · rows of questions · jobs.
 * Rules: never swap an element that holds the focus; say results in #live; keep a local copy until the server has it. */
(() => {
	const root = document.documentElement;
	const $ = (s, at = document) => at.querySelector(s);
	const $$ = (s, at = document) => [...at.querySelectorAll(s)];
	const account = root.dataset.account || "";
	let csrf = root.dataset.csrf || "";
	let liveTimer = 0;

	const live = (text) => {
		const box = $("#live");
		if (!box) return;
		box.textContent = "";
		clearTimeout(liveTimer);
		liveTimer = setTimeout(() => { box.textContent = text; }, 50);
	};
	/* other scripts of the page speak through it */
	document.addEventListener("tsunagi:say", (e) => live(e.detail));
	const make = (tag, props = {}, ...children) => {
		const e = Object.assign(document.createElement(tag), props);
		e.append(...children);
		return e;
	};
	const clock = (ms) => new Intl.DateTimeFormat("ja-JP", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Tokyo" }).format(new Date(ms));

	/* ---- requests ---- */

	class Refused extends Error {
		constructor(status, body) { super(body.sentence || ""); this.status = status; this.body = body; }
	}
	/* A fragment or an API answer. 401 opens the overlay and tries once more; the page stays as it is. */
	async function ask(method, path, fields, options = {}) {
		const headers = { "X-Tsunagi": "1" };
		if (account) headers["X-Tsunagi-Account"] = account;
		if (method === "POST") headers["X-Tsunagi-Csrf"] = csrf;
		const answer = await fetch(path, { method, headers, credentials: "same-origin", redirect: "error", cache: "no-store",
			keepalive: !!options.keepalive, body: fields ? new URLSearchParams(fields) : undefined });
		const type = answer.headers.get("content-type") || "";
		const body = type.startsWith("application/json") ? await answer.json() : await answer.text();
		if (answer.status === 401 && !options.quiet && !path.startsWith("/again")) {
			await logInAgain();
			return ask(method, path, fields, { ...options, quiet: true });
		}
		if (answer.status === 403 && !options.quiet) { /* has somebody else logged in meanwhile? */
			const state = await ask("GET", "/again", null, { quiet: true });
			if (state.in) entered(state);
		}
		if (!answer.ok) throw new Refused(answer.status, typeof body === "string" ? {} : body);
		return body;
	}

	/* ---- log in again, over the page ---- */

	let again = null;
	function logInAgain() {
		again = again || overlay().finally(() => { again = null; });
		return again;
	}
	const setCsrf = (token) => {
		csrf = token;
		for (const i of $$('input[name="csrf"]')) i.value = token;
	};
	async function overlay() {
		const state = await ask("GET", "/again");
		if (state.in) return entered(state);
		const back = document.activeElement;
		const box = make("dialog", { className: "cover" });
		const fault = make("p", { className: "fault", hidden: true });
		fault.setAttribute("role", "alert");
		const field = (name, label, type, complete) => make("label", { className: "field" }, make("strong", {}, label),
			make("input", { name, type, autocomplete: complete, required: true }));
		const form = make("form", { className: "form narrow" });
		const steps = {
			locked: [make("p", {}, `${state.name} さん、パスワードを入力してください。`), field("password", "パスワード", "password", "current-password")],
			password: [field("login", "利用者ID", "text", "username"), field("password", "パスワード", "password", "current-password")],
			code: [field("code", "確認コード（認証アプリの6けた、または紙の控え）", "text", "one-time-code")],
		};
		const head = make("h2", { id: "again-head" }, "ログインし直し");
		box.setAttribute("aria-labelledby", "again-head");
		box.append(head, make("p", {}, "しばらく操作がなかったため、画面をロックしました。入力した内容はそのまま残っています。"), form);
		const show = (step) => {
			form.replaceChildren(...steps[step], fault, make("p", { className: "buttons" }, make("button", { className: "main" }, "続ける")));
			$("input", form).focus();
		};
		const token = state.csrf;
		document.body.append(box);
		box.addEventListener("cancel", (e) => e.preventDefault());
		box.showModal();
		show(state.locked && state.account === account ? "locked" : "password");
		return new Promise((resolve) => {
			form.addEventListener("submit", async (e) => {
				e.preventDefault();
				e.stopPropagation();
				fault.hidden = true;
				const sent = Object.fromEntries(new FormData(form));
				try {
					csrf = token;
					const r = await fetch("/again", { method: "POST", credentials: "same-origin", cache: "no-store",
						headers: { "X-Tsunagi": "1", "X-Tsunagi-Csrf": token }, body: new URLSearchParams({ ...sent, account }) });
					const body = await r.json();
					if (!r.ok) throw new Refused(r.status, body);
					if (body.code) return show("code");
					box.close();
					box.remove();
					entered(body);
					if (back && back.isConnected) back.focus();
					resolve();
				} catch (x) {
					fault.textContent = x instanceof Refused ? `${x.body.faults && x.body.faults[0] ? x.body.faults[0].message : (x.body.sentence || "") + (x.body.mend || "")}` : "サーバーにつながりません。つながってから、もう一度お試しください。";
					fault.hidden = false;
					if (x instanceof Refused && x.body.error === "LOGIN" && $('[name="code"]', form)) show("password");
				}
			});
		});
	}
	/* Another person has logged in: nothing of this page may be seen or saved under that name. */
	function entered(state) {
		if (account && state.account !== account) {
			leaving = true;
			document.body.replaceChildren();
			location.replace("/");
			throw new Error("another account");
		}
		setCsrf(state.csrf);
	}

	/* ---- drafts ---- */

	let leaving = false;
	const OWN = new Set(["csrf", "once", "base", "draft"]);
	const takes = (e) => e.name && !OWN.has(e.name) && !e.disabled && e.type !== "password" && e.type !== "file" && e.type !== "submit" &&
		e.type !== "button" && !("noDraft" in e.dataset);

	class Draft {
		constructor(form) {
			this.form = form;
			this.key = form.dataset.draft;
			this.path = "/drafts/" + encodeURIComponent(this.key);
			this.local = `tsunagi:${account}:${this.key}`;
			this.base = form.dataset.base || "0";
			this.line = $("[data-draft-line]", form);
			this.first = JSON.stringify(this.read());
			this.saved = this.first;
			this.timer = 0;
			this.waiting = false; /* an older draft is on offer: do not write over it */
			this.seen = 0;        /* the server's instant of the stored draft this text follows; the clock of the PC never counts */
			this.kept = null;     /* a copy of this PC that is on offer */
			this.unsure = null;   /* a text that was sent and whose answer did not come */
			form.addEventListener("input", () => this.touched());
			form.addEventListener("change", () => this.touched());
			form.addEventListener("focusout", () => this.dirty() && this.save());
			document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.dirty() && this.save(true));
			this.ready = this.load();
		}
		read() {
			const out = {};
			for (const e of this.form.elements) {
				if (!takes(e)) continue;
				if ((e.type === "radio" || e.type === "checkbox") && !e.checked) { if (!(e.name in out)) out[e.name] = []; continue; }
				(out[e.name] = out[e.name] || []).push(e.value);
			}
			return out;
		}
		write(fields) {
			/* a page whose rows are made by a script makes those of the draft first */
			this.form.dispatchEvent(new CustomEvent("tsunagi:restoring", { detail: fields }));
			for (const e of this.form.elements) {
				if (!takes(e) || !(e.name in fields)) continue;
				const values = [].concat(fields[e.name]);
				if (e.type === "radio" || e.type === "checkbox") e.checked = values.includes(e.value);
				else {
					const same = $$(`[name="${CSS.escape(e.name)}"]`, this.form).indexOf(e);
					e.value = values[same] ?? values[0] ?? "";
				}
			}
			this.form.dispatchEvent(new CustomEvent("tsunagi:restored"));
		}
		now() { return JSON.stringify(this.read()); }
		dirty() { return this.now() !== this.saved; }
		say(text) { if (this.line) this.line.textContent = text; }
		keepLocal() {
			try {
				localStorage.setItem(this.local, JSON.stringify({ seen: this.seen, base: this.base, fields: this.read(), older: this.kept || undefined }));
			} catch { /* full or forbidden: the server's copy is the one that counts */ }
		}
		touched() {
			if (!this.dirty()) return;
			this.keepLocal();
			if (this.waiting) return this.say("前の下書きを「復元」するか「破棄」するか選んでください。今の入力はこの端末に控えています。");
			this.timer = this.timer || setTimeout(() => this.save(), 5000);
		}
		/* Saves run one after the other, so an older text never overtakes a newer one. */
		save(keepalive = false) {
			this.chain = (this.chain || Promise.resolve()).then(() => this.put(keepalive));
			return this.chain;
		}
		async put(keepalive) {
			clearTimeout(this.timer);
			this.timer = 0;
			await this.ready;
			const text = this.now(), before = this.unsure;
			if (text === this.saved || this.waiting || leaving) return true;
			const at = document.activeElement;
			try {
				this.unsure = text;
				const r = await ask("POST", this.path, { fields: text, title: ($("h1") || {}).textContent || "", class: this.form.dataset.class || "",
					focus: at && this.form.contains(at) ? at.name || "" : "", base: this.base, seen: this.seen }, { keepalive: keepalive && text.length < 60000, quiet: keepalive });
				this.seen = r.saved_ms;
				this.unsure = null;
				this.saved = text;
				if (!this.dirty()) localStorage.removeItem(this.local);
				this.say(`下書き保存済 ${clock(r.saved_ms)}`);
				return true;
			} catch (x) {
				this.keepLocal();
				if (x instanceof Refused && x.status === 409) return this.behind(before, keepalive);
				this.say(x instanceof Refused ? `下書きを保存できません。${x.body.sentence || ""} 入力はこの端末に控えています。` :
					"サーバーにつながりません。入力はこの端末に控えています。つながると自動で保存します。");
				if (!(x instanceof Refused)) this.timer = setTimeout(() => this.save(), 10000);
				return false;
			}
		}
		/* The server holds a draft this page has not seen: our own, whose answer was lost, or one of another window or PC. */
		async behind(before, keepalive) {
			let d;
			try { d = await ask("GET", this.path, null, { quiet: keepalive }); } catch { this.timer = setTimeout(() => this.save(), 10000); return false; }
			if (!d.found || JSON.stringify(d.fields) === before) {
				this.seen = d.found ? d.saved_ms : 0;
				return this.put(keepalive);
			}
			this.seen = d.saved_ms;
			this.say("ほかの画面で入力した下書きがあります。画面の上で、どちらを使うか選んでください。今の入力はこの端末に控えています。");
			this.offer([d], true);
			return false;
		}
		async load() {
			let d = { found: false };
			try { d = await ask("GET", this.path); } catch { /* offline: the local copy may still be there */ }
			let here = null;
			try { here = JSON.parse(localStorage.getItem(this.local) || "null"); } catch { here = null; }
			if (d.found) this.seen = d.saved_ms;
			if ("posted" in this.form.dataset) return; /* what was typed last is on the page already */
			const page = this.now(), stored = d.found && d.fields ? JSON.stringify(d.fields) : page;
			const copies = [here, here && here.older].filter((k) => k && k.fields && ![page, stored].includes(JSON.stringify(k.fields)));
			/* a copy that follows the stored draft stands for it; of any other nobody knows which is newer: both are offered */
			const follows = copies.some((k) => d.found && k.seen === d.saved_ms);
			const list = copies.map((k) => ({ base: k.base, fields: k.fields, device: true }));
			if (stored !== page && !follows) list.unshift(d);
			if (list.length) this.offer(list);
		}
		/* The drafts to choose from; `other`: typed in another window while this page was open. */
		offer(list, other = false) {
			this.waiting = true;
			this.kept = list.find((d) => d.device) || null;
			const box = make("div", { className: "banner note" });
			box.setAttribute("role", "region");
			box.setAttribute("aria-label", "下書き");
			const head = list.length > 1 ? "下書きが2つ以上あります。内容を確かめて、使うものを選んでください。" : list[0].device ?
				"この端末に控えた入力があります（まだサーバーに保存されていません）。" : `${other ? "ほかの画面で " : ""}${clock(list[0].saved_ms)} に保存した下書きがあります。`;
			const older = list.some((d) => String(d.base) !== this.base);
			const close = (text) => { this.waiting = false; this.kept = null; box.remove(); live(text); const first = $(".field input, .field textarea, .field select, .row input", this.form); if (first) first.focus(); };
			const buttons = list.map((d) => {
				const name = list.length === 1 ? "復元" : d.device ? "この端末の控えを復元" : `サーバーの下書き（${clock(d.saved_ms)}）を復元`;
				const b = make("button", { type: "button", className: d === list[0] ? "main" : "plain" }, name);
				b.addEventListener("click", () => {
					this.write(d.fields);
					this.base = String(d.base);
					const base = $('input[name="base"]', this.form);
					if (base) base.value = this.base;
					if (!d.device) this.saved = this.now();
					const at = d.focus && this.form.elements[d.focus];
					close("下書きを復元しました。");
					if (at && at.focus) at.focus();
					this.touched();
				});
				return b;
			});
			const drop = make("button", { type: "button", className: "plain" }, other ? "今の入力を使う" : "破棄");
			drop.addEventListener("click", async () => {
				if (!other) {
					try { await ask("POST", this.path + "/discard", {}); } catch { return live("下書きを破棄できませんでした。もう一度お試しください。"); }
					this.seen = 0;
					localStorage.removeItem(this.local);
				}
				close(other ? "今の入力を使います。" : "下書きを破棄しました。");
				this.touched();
			});
			box.append(make("p", {}, make("strong", {}, head)),
				make("p", {}, older ? "この下書きのあとに、記録がほかで保存されています。復元して保存すると、ちがう項目は両方が残り、同じ項目は見くらべる画面が出ます。" :
					other ? "「復元」を押すと、この画面の入力と入れかわります。" : "続きから入力するときは「復元」を押してください。"));
			if (list.some((d) => !d.device) && (other || list.length > 1))
				box.append(make("p", {}, make("a", { href: this.path + "/text", target: "_blank", rel: "noopener" }, "サーバーの下書きの内容を見る（新しい画面）")));
			box.append(make("p", { className: "buttons" }, ...buttons, drop));
			this.form.before(box);
			live("保存していない下書きがあります。");
		}
	}

	/* ---- back to a form whose record is saved ---- */

	/* 「戻る」 shows the form of a new record once more, in some browsers with what was typed: saved again it would be a second record. The place in the
	   history remembers by what token the form was sent; the server says whether a record came of it. A form shown again with its
	   faults goes on with the token of the first one, which is still unspent. */
	const newForm = () => $('form[data-draft][data-base="0"]');
	function sentFrom(form) {
		if (form !== newForm() || !form.elements.once) return;
		history.replaceState({ ...history.state, sent: form.elements.once.value }, "");
		sessionStorage.setItem("tsunagi:sent", form.elements.once.value);
	}
	async function backToSaved(cameBack) {
		const form = newForm(), sent = cameBack && history.state && history.state.sent, before = sessionStorage.getItem("tsunagi:sent");
		if (!form || form.inert) return;
		const ledTo = async (token) => (await ask("GET", "/parts/saved?once=" + encodeURIComponent(token), null, { quiet: true })).path;
		let path;
		try {
			if ("posted" in form.dataset && before && before !== sent && (await ledTo(before)) === "") form.elements.once.value = before;
			path = sent && await ledTo(sent);
		} catch { return; }
		if (!path || path === "/" || path === location.pathname) return;
		const d = drafts.get(form), typed = [...form.elements].some((e) => takes(e) && (e.type === "radio" || e.type === "checkbox" ? e.checked !== e.defaultChecked :
			e.tagName === "SELECT" ? [...e.options].some((o) => o.selected && !o.defaultSelected && o.index > 0) : e.value !== e.defaultValue));
		if (d) d.saved = d.now(); /* what stands here is saved: no draft of it */
		form.inert = typed; /* some browsers bring back what was typed, others an empty form */
		const box = make("div", { className: "banner note" });
		box.setAttribute("role", "region");
		box.setAttribute("aria-label", "保存済み");
		const anew = make("button", { type: "button", className: "plain" }, "もう1件を新しく書く");
		anew.addEventListener("click", () => { leaving = true; history.replaceState(null, ""); location.replace(location.href); });
		box.append(make("p", {}, make("strong", {}, "この画面で入力した内容は、保存済みです。")), make("p", {}, "直すときは、保存した記録を開いてください。"),
			make("p", { className: "buttons" }, make("a", { className: "button main", href: path }, "保存した記録を開く"), ...(typed ? [anew] : [])));
		form.before(box);
		history.scrollRestoration = "manual";
		scrollTo(0, 0);
		live("この画面で入力した内容は、保存済みです。");
	}
	addEventListener("pageshow", (e) => { if (e.persisted && account) backToSaved(true); });

	/* ---- saving: session first, then the draft, then the plain POST ---- */

	const drafts = new Map();
	async function send(form, submitter) {
		let state;
		try { state = await ask("GET", "/again"); } catch {
			const d = drafts.get(form);
			if (d) d.keepLocal();
			form.removeAttribute("aria-busy");
			return live("サーバーにつながりません。入力した内容はこの画面に残っています。もう一度お試しください。");
		}
		if (state.in) entered(state); else await logInAgain();
		const d = drafts.get(form);
		if (d && d.dirty() && !d.waiting && !(await d.save()) && d.waiting) { /* another window's draft would be lost without a word */
			form.removeAttribute("aria-busy");
			return live("ほかの画面で入力した下書きがあります。どちらを使うか選んでから、もう一度保存してください。");
		}
		leaving = true;
		sentFrom(form);
		if (submitter && submitter.name) form.append(make("input", { type: "hidden", name: submitter.name, value: submitter.value }));
		if (submitter && submitter.hasAttribute("formaction")) form.action = submitter.formAction;
		form.submit();
		if (form.hasAttribute("data-download")) // a file comes and the page stays
			setTimeout(() => { leaving = false; form.removeAttribute("aria-busy"); }, 1500);
	}
	document.addEventListener("submit", (e) => {
		const form = e.target;
		if (e.defaultPrevented || !account || (form.getAttribute("method") || "").toLowerCase() !== "post" || form.closest("dialog")) return;
		e.preventDefault();
		if (form.getAttribute("aria-busy")) return;
		form.setAttribute("aria-busy", "true");
		send(form, e.submitter).catch(() => form.removeAttribute("aria-busy"));
	});
	addEventListener("pageshow", () => { leaving = false; for (const f of $$("form[aria-busy]")) f.removeAttribute("aria-busy"); });
	addEventListener("beforeunload", (e) => {
		if (!leaving && [...drafts.values()].some((d) => d.dirty())) { for (const d of drafts.values()) d.save(true); e.preventDefault(); }
	});

	/* ---- IME: the Enter that ends a conversion never sends ---- */

	let composed = 0;
	document.addEventListener("compositionend", () => { composed = performance.now(); }, true);
	document.addEventListener("keydown", (e) => {
		if (e.key !== "Enter" || !(e.target instanceof HTMLInputElement)) return;
		if (e.isComposing || e.keyCode === 229 || (composed && performance.now() - composed < 300)) {
			e.preventDefault();
			e.stopImmediatePropagation();
		}
		composed = 0;
	}, true);
	/* The first button of a long form is often 「探す」: Enter in any other line means the main button, or the one beside it. */
	document.addEventListener("keydown", (e) => {
		if (e.key !== "Enter" || e.defaultPrevented || !(e.target instanceof HTMLInputElement) || !e.target.form || e.target.form.closest("dialog")) return;
		const form = e.target.form, own = e.target.closest(".box"), main = (own && $("button:not([type=button])", own)) || $("button.main", form);
		if (e.ctrlKey || e.altKey || e.metaKey || !main || main.disabled || $$("button:not([type=button])", form).length < 2) return;
		e.preventDefault();
		form.requestSubmit(main);
	});

	/* ---- keys ---- */

	const typing = (t) => t instanceof HTMLElement && (t.isContentEditable || t.matches('textarea, select, input:not([type="radio"]):not([type="checkbox"]):not([type="button"])'));
	function showKeys() {
		const rows = [["/", "利用者を探す欄へ"], ["?", "この一覧"], ["Ctrl＋S", "保存"], ["；と呼び出し語", "長い欄で、定型文を選ぶ"], ["Alt＋T", "長い欄で、定型文をすべて見る"], ["1〜9", "質問に答えて次へ"], ["↑ ↓", "前・次の質問へ"], ["Backspace", "直前の答えを取り消す"], ["Esc", "一覧を閉じる"]];
		const box = make("dialog", {}, make("h2", { id: "keys-head" }, "キー操作の一覧"));
		const dl = make("dl", { className: "facts" });
		for (const [k, v] of rows) dl.append(make("div", {}, make("dt", {}, make("kbd", {}, k)), make("dd", {}, v)));
		box.setAttribute("aria-labelledby", "keys-head");
		const close = make("button", { type: "button", className: "main" }, "閉じる");
		close.addEventListener("click", () => box.close());
		box.addEventListener("close", () => box.remove());
		box.append(dl, make("p", { className: "buttons" }, close));
		document.body.append(box);
		box.showModal();
	}
	document.addEventListener("keydown", (e) => {
		if (e.isComposing || e.keyCode === 229 || $("dialog[open]")) return;
		if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "s") {
			const form = (document.activeElement && document.activeElement.closest("main form")) || ($(".bar button.main") || {}).form;
			if (!form) return;
			e.preventDefault();
			form.requestSubmit($("button.main", form) || undefined);
			return;
		}
		if (e.ctrlKey || e.metaKey || e.altKey || typing(e.target)) return;
		if (e.key === "/" && $("#find")) { e.preventDefault(); $("#find").focus(); $("#find").select(); }
		if (e.key === "?") { e.preventDefault(); showKeys(); }
	});
	for (const b of $$("[data-keys]")) { b.hidden = false; b.addEventListener("click", showKeys); }

	/* ---- faults ---- */

	const summary = $("#faults");
	if (summary) summary.focus();
	for (const a of $$("#faults a")) a.addEventListener("click", (e) => {
		const at = document.getElementById(decodeURIComponent(a.hash.slice(1)));
		if (!at) return;
		e.preventDefault();
		(at.matches("fieldset") ? $("input", at) || at : at).focus();
		at.scrollIntoView({ block: "center" });
	});
	for (const b of $$("[data-offer]")) {
		b.hidden = false;
		b.addEventListener("click", () => {
			const at = document.getElementById(b.dataset.for);
			at.value = b.dataset.offer;
			at.dispatchEvent(new Event("input", { bubbles: true }));
			at.focus();
			live("値を入れかえました。");
		});
	}

	/* ---- kana while the name is typed (U07) ---- */

	const katakana = (s) => s.replace(/[\u3041-\u3096]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x60));
	for (const kana of $$("[data-kana-of]")) {
		const name = document.getElementById(kana.dataset.kanaOf);
		if (!name) continue;
		let reading = "", own = kana.value !== "", auto = "";
		const add = (s) => { if (own) return; auto += s; kana.value = auto; kana.dispatchEvent(new Event("input", { bubbles: true })); };
		kana.addEventListener("input", (e) => { if (e.isTrusted) own = kana.value !== ""; if (!own && e.isTrusted) auto = ""; });
		name.addEventListener("compositionstart", () => { reading = ""; });
		name.addEventListener("compositionupdate", (e) => {
			const s = e.data.replace(/[a-zA-Zａ-ｚＡ-Ｚ]+$/, "");
			if (s && /^[\u3041-\u3096\u30a1-\u30fa\u30fc\s]+$/.test(s) && !(reading.startsWith(s) && reading.length - s.length > 1)) reading = s;
		});
		name.addEventListener("compositionend", (e) => { if (e.data && reading) add(katakana(reading)); reading = ""; });
		name.addEventListener("input", (e) => {
			if (name.value === "" && !own) { auto = ""; kana.value = ""; }
			else if (!e.isComposing && (e.data === " " || e.data === "　")) add("　");
		});
	}

	/* ---- dates: 和暦・西暦・年齢 beside the box ---- */

	for (const d of $$("[data-date]")) {
		const hint = document.getElementById("d-" + d.name);
		let timer = 0, last = d.value;
		d.addEventListener("input", () => {
			clearTimeout(timer);
			timer = setTimeout(async () => {
				const text = last = d.value;
				try {
					const answer = text.trim() ? await ask("GET", "/parts/date?text=" + encodeURIComponent(text) + (d.name.includes("birth") ? "&birth=1" : ""), null, { quiet: true }) : "";
					if (text === last && hint) hint.textContent = answer;
				} catch { if (hint) hint.textContent = ""; }
			}, 250);
		});
		d.addEventListener("change", () => { if (hint && hint.textContent) setTimeout(() => live(hint.textContent), 400); });
	}

	/* ---- postal code: address and areas (U08) ---- */

	const digits = (s) => s.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\D/g, "");
	for (const p of $$("[data-postal-to]")) {
		const form = p.form, prefix = p.dataset.postalTo;
		let filled = "";
		const fill = (row) => {
			const to = form.elements[prefix + "address"];
			if (to && (to.value === "" || to.value === filled)) { to.value = filled = row.address; to.dispatchEvent(new Event("input", { bubbles: true })); }
			for (const pid of Object.keys(row.areas || {}))
				for (const s of $$("select", form))
					if (s.name.startsWith(prefix) && s.value === "" && [...s.options].some((o) => o.value === pid)) s.value = pid;
			live(`住所を入れました。${row.address}`);
		};
		p.addEventListener("input", async () => {
			const code = digits(p.value);
			if (code.length !== 7) return;
			let rows = [];
			try { rows = await ask("GET", "/parts/postal?postal=" + code, null, { quiet: true }); } catch { return; }
			if (digits(p.value) !== code) return;
			const old = $("[data-postal-list]", p.closest(".field"));
			if (old) old.remove();
			if (rows.length === 1) fill(rows[0]);
			if (rows.length === 0) live("この郵便番号は登録されていません。住所を入力してください。");
			if (rows.length < 2) return;
			const list = make("p", { className: "buttons" });
			list.dataset.postalList = "";
			for (const row of rows) {
				const b = make("button", { type: "button", className: "plain" }, row.address);
				b.addEventListener("click", () => { filled = filled || form.elements[prefix + "address"]?.value || ""; fill(row); });
				list.append(b);
			}
			p.closest(".field").append(list);
			live(`住所の候補が${rows.length}件あります。`);
		});
	}

	/* ---- rows of questions: number keys answer and move on ---- */

	const rowsOf = (box) => {
		const rows = $$("[data-row]", box);
		const past = [];
		const chosen = (row) => $("input:checked", row);
		const tell = () => {
			const n = rows.filter(chosen).length;
			for (const c of $$("[data-rows-count]")) c.textContent = `回答 ${n}／${rows.length}`;
			return n;
		};
		const go = (i) => { const row = rows[i]; if (row) { (chosen(row) || $("input", row)).focus(); row.scrollIntoView({ block: "nearest" }); } };
		box.addEventListener("change", (e) => { if (e.isTrusted && e.target.dataset.was === undefined) past.push({ i: rows.indexOf(e.target.closest("[data-row]")), was: null }); tell(); });
		box.addEventListener("keydown", (e) => {
			const row = e.target.closest("[data-row]"), i = rows.indexOf(row);
			if (i < 0 || e.ctrlKey || e.altKey || e.metaKey || typing(e.target)) return;
			const n = /^(?:Digit|Numpad)([1-9])$/.exec(e.code || "");
			if (n) {
				const input = $$("input", row)[Number(n[1]) - 1];
				if (!input) return;
				e.preventDefault();
				const was = chosen(row);
				past.push({ i, was });
				input.checked = true;
				input.dispatchEvent(new Event("change", { bubbles: true }));
				const count = tell();
				if (i + 1 < rows.length) go(i + 1); else if (box.dataset.then) document.getElementById(box.dataset.then).focus(); else { input.focus(); live(`最後の質問です。回答は${rows.length}問のうち${count}問です。`); }
			} else if (e.key === "ArrowDown" || e.key === "ArrowUp") {
				e.preventDefault();
				go(i + (e.key === "ArrowDown" ? 1 : -1));
			} else if (e.key === "Backspace") {
				e.preventDefault();
				const last = past.pop();
				if (!last) return;
				const now = chosen(rows[last.i]);
				if (last.was) last.was.checked = true; else if (now) now.checked = false;
				box.dispatchEvent(new Event("change", { bubbles: true }));
				go(last.i);
				live("直前の答えを取り消しました。");
			}
		});
		if (box.closest("form")) box.closest("form").addEventListener("tsunagi:restored", tell);
		tell();
		if (!location.hash && !summary && "autofocus" in box.dataset) go(Math.max(0, rows.findIndex((r) => !chosen(r))));
	};
	$$("[data-rows]").forEach(rowsOf);

	/* ---- a record from a list, in place: k opens the form below the row, a number says what it was, then the words ---- */

	let quick = null;
	const quickClose = () => { if (quick) { quick.from.focus(); quick.row.remove(); quick = null; } };
	const quickOpen = async (row) => {
		const link = $("[data-quick-open]", row);
		if (quick && quick.of === row) return;
		quickClose();
		const back = location.pathname + location.search;
		try {
			const html = await ask("GET", `${row.dataset.quick}?back=${encodeURIComponent(back)}`);
			const cell = make("td", {}), tr = make("tr", { className: "in-place" }, cell);
			cell.colSpan = row.cells.length;
			cell.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
			row.after(tr);
			quick = { row: tr, of: row, from: link };
			$$("[data-rows]", tr).forEach((b) => { rowsOf(b); ($("input:checked", b) || $("input", b)).focus(); });
			$("[data-quick-close]", tr).addEventListener("click", quickClose);
			tr.addEventListener("keydown", (e) => { if (e.key === "Escape" && !e.isComposing) { e.preventDefault(); quickClose(); } });
		} catch { location.href = link.href; }
	};
	document.addEventListener("click", (e) => {
		const link = e.target.closest("[data-quick-open]");
		if (!link || e.ctrlKey || e.metaKey || e.shiftKey || e.button) return;
		e.preventDefault();
		quickOpen(link.closest("[data-quick]"));
	});
	document.addEventListener("keydown", (e) => {
		const row = e.target instanceof Element && e.target.closest("[data-quick]");
		if (!row || e.key !== "k" || e.isComposing || e.ctrlKey || e.altKey || e.metaKey || typing(e.target)) return;
		e.preventDefault();
		quickOpen(row);
	});

	/* ---- read: lines that were on the screen for a few seconds are no longer new next time ---- */

	for (const form of $$("form[data-seen]")) {
		let left = 5, done = false;
		const step = async () => {
			if (done) return;
			if (document.visibilityState === "visible" && --left <= 0) {
				done = true;
				try { await ask("POST", form.getAttribute("action"), new FormData(form), { quiet: true }); } catch { /* the button is still there */ }
				return;
			}
			setTimeout(step, 1000);
		};
		form.addEventListener("submit", () => { done = true; });
		setTimeout(step, 1000);
	}

	/* ---- jobs: the bar moves without reloading ---- */

	for (const job of $$("[data-job]")) {
		const bar = $("progress", job), text = $("[data-job-text]", job);
		const step = async () => {
			try {
				const s = await ask("GET", job.dataset.job, null, { quiet: true });
				if (bar && s.total > 0) { bar.max = s.total; bar.value = s.done; }
				if (text) text.textContent = s.text;
				if (s.ended) { live(s.text); leaving = true; return location.reload(); }
			} catch { if (text) text.textContent = "進み具合を確かめられません。つながると続きを表示します。"; }
			setTimeout(step, 1500);
		};
		setTimeout(step, 1000);
	}

	for (const f of $$("form[data-draft]")) if (account) drafts.set(f, new Draft(f));
	if (account) backToSaved(performance.getEntriesByType("navigation").some((n) => n.type === "back_forward"));
})();
