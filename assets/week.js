"use strict";
/* つなぎ: 第3表 to click, drag and walk through by keys (F042). The page is complete without it: a picture of what is saved and a
 * row of fields for every stay. Here the picture follows the fields and the fields follow the picture; nothing is kept beside
 * them, so saving, drafts and differences of two people work as on every page. Light DOM. Twenty steps back and forth.
 * Steps of 15 minutes. Every drag has buttons and keys that do the same. */
(() => {
	const DAY = 1440, STEP = 15, LEAST = 24, DAYS = "月火水木金土日", NAMES = ["dow", "from_min", "to_min", "service", "parent", "note"];
	const BANDS = [["深夜", 0, 360], ["早朝", 360, 480], ["午前", 480, 720], ["午後", 720, 1080], ["夜間", 1080, 1320], ["深夜", 1320, 1440]];
	const SVG = "http://www.w3.org/2000/svg";
	const say = (text) => document.dispatchEvent(new CustomEvent("tsunagi:say", { detail: text }));
	const svg = (tag, attrs = {}, ...children) => {
		const e = document.createElementNS(SVG, tag);
		for (const [k, v] of Object.entries(attrs)) e.setAttribute(k, v);
		e.append(...children);
		return e;
	};
	const make = (tag, props = {}, ...children) => {
		const e = Object.assign(document.createElement(tag), props);
		e.append(...children);
		return e;
	};
	const clock = (m) => `${m > DAY ? "翌" : ""}${Math.floor((m > DAY ? m - DAY : m) / 60)}:${String(m % 60).padStart(2, "0")}`;
	/* The spellings that are sure; what else the server understands is drawn once it is saved. */
	const minutes = (text) => {
		const s = text.normalize("NFKC").trim(), m = /^(翌)?(\d{1,2})(?:[:時](\d{1,2}|半)?分?)?$/.exec(s);
		if (!m) return null;
		const v = Number(m[2]) * 60 + (m[3] === "半" ? 30 : Number(m[3] || 0)) + (m[1] ? DAY : 0);
		return v <= 2 * DAY ? v : null;
	};
	const snap = (m) => Math.round(m / STEP) * STEP;
	const clamp = (v, lo, hi) => Math.min(hi, Math.max(lo, v));

	/* One stay: its fields on the page. */
	class Stay {
		constructor(row) {
			this.row = row;
			this.key = row.dataset.key;
		}
		field(name) { return this.row.querySelector(`[name="slot.${this.key}.${name}"]`); }
		get isNew() { return this.key.startsWith("n") && this.key.length < 10; }
		get gone() { return this.field("gone").checked; }
		get dow() { return Number(this.field("dow").value); }
		get from() { return minutes(this.field("from_min").value); }
		get to() {
			const from = this.from, to = minutes(this.field("to_min").value);
			return from === null || to === null ? null : to < from ? to + DAY : to;
		}
		get text() { return this.field("service").value.trim(); }
		get drawn() { return !this.gone && this.from !== null && this.to !== null && this.from < DAY; }
		get name() {
			const when = this.from === null || this.to === null ? "時間は未記入" : this.from === this.to ? clock(this.from) : `${clock(this.from)}〜${clock(this.to)}`;
			return `${DAYS[this.dow - 1]} ${when} ${this.text || "（内容は未記入）"}`;
		}
		put(v) {
			if (v.dow) this.field("dow").value = String(v.dow);
			if (v.from !== undefined) this.field("from_min").value = clock(v.from);
			if (v.to !== undefined) this.field("to_min").value = clock(v.to);
		}
		take() { return { gone: this.gone, version: this.field("version").value, ...Object.fromEntries(NAMES.map((n) => [n, this.field(n).value])) }; }
		give(v) {
			for (const n of NAMES) this.field(n).value = v[n];
			this.field("version").value = v.version;
			this.field("gone").checked = v.gone;
		}
	}

	class Week extends HTMLElement {
		connectedCallback() {
			this.form = this.closest("form");
			this.box = this.querySelector(".week-rows");
			this.blank = this.querySelector("template");
			if (!this.form || !this.box || !this.blank || this.stays) return;
			this.stays = [...this.box.querySelectorAll(".week-row")].map((row) => new Stay(row));
			this.past = [];
			this.future = [];
			this.chosen = null;
			this.all = false;
			this.marks = new Map(); /* key → the group in the picture; kept, so that the focus stays */
			this.build();
			this.listen();
			const bad = this.box.querySelector("[aria-invalid]");
			this.choose(bad ? this.of(bad) : null);
			new ResizeObserver(() => this.draw()).observe(this.board);
		}
		of(node) {
			const row = node && node.closest && node.closest(".week-row");
			return row ? this.stays.find((s) => s.row === row) : null;
		}

		/* ---- the frame ---- */

		build() {
			const button = (text, keys, act, needs = true) => {
				const b = make("button", { type: "button", className: "plain" }, text);
				if (keys) b.setAttribute("aria-keyshortcuts", keys);
				b.addEventListener("click", () => needs && !this.chosen ? say("先に予定を選んでください。") : act());
				return b;
			};
			this.undoButton = button("元に戻す", "Control+Z", () => this.undo(), false);
			this.redoButton = button("やり直す", "Control+Y", () => this.redo(), false);
			this.needing = [button("早く", "Shift+ArrowUp", () => this.shift(0, -STEP)), button("遅く", "Shift+ArrowDown", () => this.shift(0, STEP)),
				button("長く", "Control+ArrowDown", () => this.stretch(STEP)), button("短く", "Control+ArrowUp", () => this.stretch(-STEP)),
				button("前の日", "Shift+ArrowLeft", () => this.shift(-1, 0)), button("次の日", "Shift+ArrowRight", () => this.shift(1, 0)),
				button("複製", "D", () => this.twin()), button("削除", "Delete", () => this.drop())];
			const tools = make("div", { className: "week-tools" }, button("新しい予定", "N", () => this.fresh(), false), this.undoButton, this.redoButton, ...this.needing);
			tools.setAttribute("role", "group");
			tools.setAttribute("aria-label", "週間の予定を動かす");
			const help = make("details", {}, make("summary", {}, "操作のしかた"), make("ul", {},
				make("li", {}, "空いた所を押すと1時間の予定ができ、上下に引くとその長さになります。"),
				make("li", {}, "予定を押すと選べます。引くと曜日と時間が、下の端を引くと長さが変わります。同じことは上のボタンでもできます。"),
				make("li", {}, "キー: 矢印で選ぶ、Enter で内容へ、Shift＋矢印で動かす、Ctrl＋↑↓で長さ、N で新しい予定、D で複製、Delete で削除、Ctrl＋Z・Ctrl＋Y で元に戻す・やり直す（20回まで）。"),
				make("li", {}, "変更は下書きに残り、「保存」を押すと保存されます。")));
			const board = this.querySelector(".week-board");
			this.pic = svg("svg", { class: "week-grid", role: "application", "aria-label": "週間サービス計画表。矢印キーで予定を選びます" });
			this.board = make("div", { className: "week-wrap" });
			this.board.append(this.pic);
			board.replaceChildren(tools, help, this.board);
			this.none = make("p", { className: "help" }, "図の予定を押すか、「新しい予定」を押すと、ここに内容が出ます。");
			this.allButton = make("button", { type: "button", className: "linklike" }, "すべての予定を並べて見る");
			this.allButton.setAttribute("aria-pressed", "false");
			this.allButton.addEventListener("click", () => {
				this.all = !this.all;
				this.allButton.setAttribute("aria-pressed", String(this.all));
				this.show();
			});
			for (const p of this.querySelectorAll(".week-side > .empty, .week-side > p")) p.remove();
			this.box.before(this.none, this.allButton);
			this.classList.add("live");
		}

		listen() {
			this.pic.addEventListener("pointerdown", (e) => this.down(e));
			this.pic.addEventListener("keydown", (e) => this.key(e));
			document.addEventListener("keydown", (e) => this.undoKey(e));
			/* typing in the fields: one step back for what was typed in one field without leaving it */
			this.box.addEventListener("focusin", () => { this.before = this.state(); });
			const typed = (e) => {
				if (!e.isTrusted) return;
				if (this.before) { this.remember(this.before); this.before = null; }
				const s = this.of(e.target);
				if (s && e.target === s.field("parent") && !s.text && e.target.value) s.field("service").value = e.target.selectedOptions[0].textContent.split("　")[0];
				if (s && e.target === s.field("gone") && s.gone) { say("削除しました。元に戻すこともできます。"); this.choose(null); }
				this.draw();
			};
			this.box.addEventListener("input", typed);
			this.box.addEventListener("change", (e) => { if (e.target.matches("select, [type=checkbox]")) typed(e); });
			this.box.addEventListener("keydown", (e) => {
				if (e.key !== "Escape" || e.isComposing) return;
				const mark = this.chosen && this.marks.get(this.chosen.key);
				if (mark) { e.preventDefault(); mark.focus(); }
			});
			this.form.addEventListener("tsunagi:restoring", (e) => {
				for (const name of Object.keys(e.detail)) {
					const m = /^slot\.([0-9a-z]+)\.version$/.exec(name);
					if (m && m[1] !== "NEW" && !this.stays.some((s) => s.key === m[1])) this.add(m[1]);
				}
			});
			this.form.addEventListener("tsunagi:restored", () => { this.past = []; this.future = []; this.choose(null); });
			const copy = this.form.querySelector("[data-week-copy]");
			if (copy) copy.addEventListener("click", (e) => { if (this.copyDay()) e.preventDefault(); });
			/* a fault leads to its field, which may be among those not shown */
			document.addEventListener("click", (e) => {
				const a = e.target instanceof Element && e.target.closest('a[href^="#f-slot."]'), at = a && document.getElementById(decodeURIComponent(a.hash.slice(1)));
				if (at) this.choose(this.of(at));
			}, true);
		}

		/* ---- states: what undo goes back to ---- */

		state() { return this.stays.map((s) => ({ key: s.key, v: s.take() })); }
		remember(before) {
			this.past.push(before);
			if (this.past.length > 20) this.past.shift();
			this.future = [];
		}
		become(state) {
			const keys = new Set(state.map((x) => x.key));
			for (const s of this.stays.filter((x) => !keys.has(x.key))) this.out(s);
			for (const x of state) (this.stays.find((s) => s.key === x.key) || this.add(x.key)).give(x.v);
			if (this.chosen && (!this.stays.includes(this.chosen) || this.chosen.gone)) this.chosen = null;
			this.before = null;
			this.changed();
		}
		undo() {
			const last = this.past.pop();
			if (!last) return say("これより前には戻せません。");
			this.future.push(this.state());
			this.become(last);
			say(`元に戻しました。あと${this.past.length}回戻せます。`);
		}
		redo() {
			const next = this.future.pop();
			if (!next) return say("やり直せる操作はありません。");
			this.past.push(this.state());
			this.become(next);
			say("やり直しました。");
		}
		undoKey(e) {
			if (!(e.ctrlKey || e.metaKey) || e.altKey || e.isComposing || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
			const k = e.key.toLowerCase();
			if (k === "z" && !e.shiftKey) this.undo(); else if (k === "y" || (k === "z" && e.shiftKey)) this.redo(); else return;
			e.preventDefault();
		}
		/* After a change by the picture: draw, and let the draft know. */
		changed() {
			this.show();
			this.form.dispatchEvent(new Event("input", { bubbles: true }));
		}
		act(fn, words) {
			const before = this.state();
			if (fn() === false) return;
			this.remember(before);
			this.changed();
			if (words) say(words());
		}

		/* ---- rows ---- */

		add(key) {
			const part = this.blank.content.cloneNode(true), row = part.querySelector(".week-row");
			for (const e of [row, ...row.querySelectorAll("*")])
				for (const a of [...e.attributes])
					if (a.value.includes("slot.NEW.") || a.value.includes("slot-NEW") || a.value === "NEW")
						e.setAttribute(a.name, a.value.replaceAll("slot.NEW.", `slot.${key}.`).replace("slot-NEW", `slot-${key}`).replace(/^NEW$/, key));
			this.box.append(row);
			const s = new Stay(row);
			this.stays.push(s);
			return s;
		}
		out(s) {
			this.stays.splice(this.stays.indexOf(s), 1);
			s.row.remove();
		}
		nextKey() {
			let n = 1;
			while (this.stays.some((s) => s.key === `n${n}`)) n++;
			return `n${n}`;
		}
		fresh(dow, from, to) {
			const at = this.chosen;
			dow = dow || (at ? at.dow : 1);
			if (from === undefined) { from = at && at.to !== null && at.to < DAY ? at.to : 540; to = from + 60; }
			this.act(() => {
				const s = this.add(this.nextKey());
				s.put({ dow, from, to });
				this.chosen = s;
			}, () => `${this.chosen.name}。予定を足しました。内容を入力してください。`);
			this.edit();
		}
		twin() {
			const of = this.chosen;
			this.act(() => {
				const s = this.add(this.nextKey());
				s.give({ ...of.take(), version: "0", gone: false });
				s.put({ dow: of.dow % 7 + 1 });
				this.chosen = s;
			}, () => `${this.chosen.name}。複製しました。`);
			this.focusChosen();
		}
		drop() {
			const s = this.chosen, name = s.name, order = this.order(), next = order[order.indexOf(s) + 1] || order[order.indexOf(s) - 1] || null;
			this.act(() => {
				if (s.isNew) this.out(s); else s.field("gone").checked = true;
				this.chosen = next && next !== s ? next : null;
			}, () => `${name}。削除しました。`);
			this.focusChosen();
		}
		shift(days, min) {
			const s = this.chosen;
			this.act(() => {
				const dow = clamp(s.dow + days, 1, 7), from = s.from === null ? null : clamp(snap(s.from + min), 0, DAY - STEP);
				if (from === null || (dow === s.dow && from === s.from)) { say("これ以上は動かせません。"); return false; }
				s.put({ dow, from, to: from + s.to - s.from });
				return true;
			}, () => s.name);
		}
		stretch(min) {
			const s = this.chosen;
			this.act(() => {
				const to = s.to === null ? null : clamp(snap(s.to + min), s.from + STEP, s.from + DAY);
				if (to === null || to === s.to) { say("これ以上は変えられません。"); return false; }
				s.put({ to });
				return true;
			}, () => s.name);
		}
		copyDay() {
			const from = Number(this.form.elements.copy_from.value), to = [...this.form.querySelectorAll('[name="copy_to"]:checked')].map((x) => Number(x.value)).filter((d) => d !== from);
			const of = this.stays.filter((s) => s.dow === from && !s.gone);
			if (!from || !to.length) return false; /* the server says what is missing */
			if (!of.length) { say(`${DAYS[from - 1]}曜の予定はありません。`); return true; }
			this.act(() => {
				for (const d of to)
					for (const s of of) {
						const t = this.add(this.nextKey());
						t.give({ ...s.take(), version: "0", dow: String(d) });
					}
			}, () => `${DAYS[from - 1]}曜の予定を${to.map((d) => DAYS[d - 1]).join("・")}曜に写しました。保存すると記録されます。`);
			return true;
		}

		/* ---- choosing ---- */

		order() { return this.stays.filter((s) => s.drawn).sort((a, b) => a.dow - b.dow || a.from - b.from || a.to - b.to); }
		choose(s) {
			this.chosen = s;
			this.show();
		}
		show() {
			for (const s of this.stays) s.row.hidden = s.gone || (!this.all && s !== this.chosen);
			this.none.hidden = this.all || !!this.chosen;
			for (const b of this.needing) b.setAttribute("aria-disabled", String(!this.chosen));
			this.undoButton.setAttribute("aria-disabled", String(!this.past.length));
			this.redoButton.setAttribute("aria-disabled", String(!this.future.length));
			this.draw();
		}
		focusChosen() {
			const mark = this.chosen && this.marks.get(this.chosen.key);
			if (mark) mark.focus(); else this.querySelector(".week-tools button").focus();
		}
		edit() {
			if (!this.chosen) return;
			const f = this.chosen.field("service");
			f.focus();
			f.scrollIntoView({ block: "nearest" });
		}
		towards(s, dx, dy) {
			let best = null, least = Infinity;
			for (const o of this.stays) {
				if (o === s || !o.drawn) continue;
				const x = (o.dow - s.dow) * 180 + (o.from > s.from ? 1 : o.from < s.from ? -1 : this.stays.indexOf(o) - this.stays.indexOf(s)) / 1000, y = o.from - s.from + (o.dow === s.dow && o.from === s.from ? (this.stays.indexOf(o) - this.stays.indexOf(s)) / 1000 : 0);
				const along = dx ? (o.dow - s.dow) * dx * 180 : o.dow === s.dow ? y * dy : 0, aside = dx ? Math.abs(y) : 0;
				if (along <= 0) continue;
				if (along + aside + Math.abs(x) / 1e6 < least) { least = along + aside + Math.abs(x) / 1e6; best = o; }
			}
			return best;
		}
		key(e) {
			const g = e.target.closest("g[data-key]"), s = g && this.stays.find((x) => x.key === g.dataset.key);
			if (!s || e.altKey || e.metaKey || e.isComposing) return;
			const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }, way = arrows[e.key], k = e.key.toLowerCase();
			if (way && e.shiftKey && !e.ctrlKey) this.shift(way[0], way[1] * STEP);
			else if (way && e.ctrlKey && !e.shiftKey && way[1]) this.stretch(way[1] * STEP);
			else if (e.ctrlKey) return;
			else if (way) { const next = this.towards(s, ...way); if (next) { this.choose(next); this.focusChosen(); } }
			else if (e.key === "Home" || e.key === "End") { const o = this.order(); this.choose(o[e.key === "Home" ? 0 : o.length - 1]); this.focusChosen(); }
			else if (e.key === "Enter" || e.key === " ") this.edit();
			else if (e.key === "Delete" || e.key === "Backspace") this.drop();
			else if (k === "d") this.twin();
			else if (k === "n") this.fresh();
			else return;
			e.preventDefault();
		}

		/* ---- the pointer ---- */

		place(e) {
			const b = this.pic.getBoundingClientRect(), x = e.clientX - b.left, y = e.clientY - b.top;
			return { dow: clamp(Math.floor((x - this.left) / this.col) + 1, 1, 7), min: clamp((y - this.top) / this.hour * 60, 0, DAY), inside: x >= this.left && x < this.left + 7 * this.col && y >= this.top };
		}
		down(e) {
			if (e.button || !e.isPrimary) return;
			const at = this.place(e), g = e.target.closest("g[data-key]"), s = g && this.stays.find((x) => x.key === g.dataset.key);
			if (!s && !at.inside) return;
			e.preventDefault();
			const before = this.state(), edge = !!e.target.closest("[data-edge]"), x0 = e.clientX, y0 = e.clientY;
			const first = s ? { dow: s.dow, from: s.from, to: s.to } : null, start = Math.floor(at.min / STEP) * STEP;
			let moved = false, span = null;
			if (s) { this.choose(s); this.focusChosen(); }
			this.pic.setPointerCapture(e.pointerId);
			const move = (m) => {
				if (!moved && Math.hypot(m.clientX - x0, m.clientY - y0) < 5) return;
				moved = true;
				const now = this.place(m), by = snap(now.min - at.min);
				if (!s) {
					span = { dow: at.dow, from: Math.min(start, snap(now.min)), to: Math.max(start + STEP, snap(now.min)) };
					this.ghost(span);
				} else if (edge) {
					s.put({ to: clamp(snap(first.to + by), first.from + STEP, first.from + DAY) });
					this.draw();
				} else {
					const from = clamp(snap(first.from + by), 0, DAY - STEP);
					s.put({ dow: clamp(first.dow + now.dow - at.dow, 1, 7), from, to: from + first.to - first.from });
					this.draw();
				}
			};
			const end = () => {
				for (const [n, f] of on) (n === "keydown" ? document : this.pic).removeEventListener(n, f);
				this.ghost(null);
			};
			const back = () => {
				end();
				if (s && moved) { s.put(first); this.show(); }
			};
			const up = () => {
				end();
				if (!s) return this.fresh(at.dow, span ? span.from : Math.min(start, DAY - 60), span ? span.to : Math.min(start, DAY - 60) + 60);
				if (!moved || (s.dow === first.dow && s.from === first.from && s.to === first.to)) return this.show();
				this.remember(before);
				this.changed();
				say(s.name);
			};
			const on = [["pointermove", move], ["pointerup", up], ["pointercancel", back], ["keydown", (k) => { if (k.key === "Escape") back(); }]];
			for (const [n, f] of on) (n === "keydown" ? document : this.pic).addEventListener(n, f);
		}
		ghost(v) {
			if (this.ghostRect) this.ghostRect.remove();
			this.ghostRect = v ? svg("rect", { class: "week-ghost", x: this.left + (v.dow - 1) * this.col + 2, y: this.y(v.from), width: this.col - 4, height: this.y(v.to) - this.y(v.from) }) : null;
			if (this.ghostRect) this.pic.append(this.ghostRect);
		}

		/* ---- drawing ---- */

		y(min) { return this.top + this.hour * min / 60; }
		draw() {
			const rem = parseFloat(getComputedStyle(document.documentElement).fontSize), acts = [...this.form.querySelectorAll("[data-week-activity]")];
			this.font = rem * .8125;
			this.hour = rem * 2.25;
			this.top = rem * 2;
			this.left = rem * 4.75;
			const extra = acts.length ? rem * 9 : 0;
			this.col = Math.floor((Math.max(this.board.clientWidth - 2, rem * 42) - this.left - extra) / 7);
			const w = this.left + 7 * this.col + extra, h = this.y(DAY) + 1;
			this.pic.setAttribute("width", String(w));
			this.pic.setAttribute("height", String(h));
			this.pic.setAttribute("viewBox", `0 0 ${w} ${h}`);
			if (!this.under) {
				this.under = svg("g", { "aria-hidden": "true" });
				this.over = svg("g");
				this.letters = svg("g", { "aria-hidden": "true", class: "week-letters" }); /* the label of a group says it in full */
				this.pic.append(this.under, this.over, this.letters);
			}
			this.frame(w, h, acts);
			this.blocks();
		}
		frame(w, h, acts) {
			const line = (x1, y1, x2, y2, cls) => svg("line", { x1, y1, x2, y2, class: cls }), text = (x, y, t, anchor) => svg("text", { x, y, "text-anchor": anchor || "middle", "font-size": this.font }, t);
			const v = [svg("rect", { x: 0, y: 0, width: w - 1, height: h - 1, class: "week-paper" })], days = this.left + 7 * this.col;
			for (let m = 0; m <= DAY; m += 60) v.push(line(this.left - (m % 120 ? 0 : this.font * .5), this.y(m), days, this.y(m), m % 120 ? "thin" : "line"));
			for (let m = 0; m < DAY; m += 120) v.push(text(this.left - 4, this.y(m) + this.font * 1.1, clock(m), "end"));
			for (const [name, from, to] of BANDS) v.push(line(0, this.y(from), days, this.y(from), "strong"), text(this.font * 1.1, (this.y(from) + this.y(to)) / 2 + this.font * .4, name));
			for (let d = 0; d <= 7; d++) {
				v.push(line(this.left + d * this.col, 0, this.left + d * this.col, h, "line"));
				if (d < 7) v.push(text(this.left + (d + .5) * this.col, this.top * .65, DAYS[d]));
			}
			let last = 0;
			if (acts.length) v.push(text((days + w) / 2, this.top * .65, "日常生活上の活動"));
			for (const a of acts) {
				const words = a.firstChild.textContent.trim(), y = Math.max(this.y(Number(a.dataset.weekActivity)) + this.font * 1.1, last + this.font * 1.3), most = Math.floor((w - days) / this.font) - 1;
				v.push(text(days + 4, y, words.length > most ? words.slice(0, most) + "…" : words, "start"));
				last = y;
			}
			this.under.replaceChildren(...v);
		}
		/* Parts of the stays, day by day; those that meet stand side by side. */
		parts() {
			const least = LEAST / this.hour * 60, v = [];
			for (const s of this.stays) {
				if (!s.drawn) continue;
				v.push({ s, day: s.dow, from: s.from, to: Math.min(s.to, DAY), first: true });
				if (s.to > DAY) v.push({ s, day: s.dow % 7 + 1, from: 0, to: Math.min(s.to - DAY, DAY), first: false });
			}
			for (const p of v) {
				p.end = Math.max(p.to, p.from + least);
				if (p.end > DAY) { p.from = Math.min(p.from, DAY - least); p.end = DAY; }
			}
			for (let d = 1; d <= 7; d++) {
				const day = v.filter((p) => p.day === d).sort((a, b) => a.from - b.from || b.to - a.to);
				for (let i = 0; i < day.length;) {
					const ends = [];
					let until = day[i].end, k = i;
					for (; k < day.length && (k === i || day[k].from < until); k++) {
						let lane = ends.findIndex((x) => x <= day[k].from);
						if (lane < 0) lane = ends.length;
						ends[lane] = day[k].end;
						day[k].lane = lane;
						until = Math.max(until, day[k].end);
					}
					for (; i < k; i++) day[i].lanes = ends.length;
				}
			}
			return v;
		}
		words(text, w, h) {
			const most = Math.max(1, Math.floor((w - 8) / this.font)), lines = [], n = Math.max(1, Math.floor((h - 4) / (this.font * 1.25)));
			for (let i = 0, at = "", used = 0; i <= text.length; i++) {
				const c = text[i] || "", k = c.charCodeAt(0) < 0x300 ? .58 : 1;
				if (!c || used + k > most) { if (at) lines.push(at); at = ""; used = 0; }
				at += c;
				used += k;
			}
			if (lines.length > n) lines.splice(n - 1, Infinity, lines[n - 1].slice(0, -1) + "…");
			return lines;
		}
		box1(p) {
			const gap = 2, lane = (this.col - 2 * gap) / p.lanes, x = this.left + (p.day - 1) * this.col + gap + p.lane * lane, y = this.y(p.from), w = lane - 1, h = this.y(p.end) - y - 1;
			const note = p.s.field("note").value.trim(), words = `${p.s.text || "（内容は未記入）"}${note ? `（${note}）` : ""}`;
			const v = [svg("rect", { x, y, width: w, height: h, rx: 3, class: "week-box" })];
			this.words(words, w, h).forEach((t, i) => this.letters.append(svg("text", { x: x + 4, y: y + this.font * (1.1 + i * 1.25), "font-size": this.font }, t)));
			if (p.s === this.chosen && (p.s.to <= DAY || !p.first)) v.push(svg("rect", { x, y: y + h - 8, width: w, height: 12, class: "week-edge", "data-edge": "" }), svg("rect", { x: x + w / 2 - 10, y: y + h - 3, width: 20, height: 3, class: "week-grip" }));
			return v;
		}
		blocks() {
			const shapes = new Map(), order = this.order();
			this.letters.replaceChildren();
			for (const p of this.parts()) shapes.set(p.s.key, [...(shapes.get(p.s.key) || []), ...this.box1(p)]);
			for (const [key, g] of this.marks) if (!shapes.has(key)) { g.remove(); this.marks.delete(key); }
			const stop = this.chosen && this.chosen.drawn ? this.chosen : order[0];
			for (const s of order) {
				let g = this.marks.get(s.key);
				if (!g) {
					g = svg("g", { "data-key": s.key, role: "button", class: "week-stay" });
					g.addEventListener("focus", () => { if (this.chosen !== s && this.stays.includes(s)) this.choose(this.stays.find((x) => x.key === s.key)); });
					this.marks.set(s.key, g);
					this.over.append(g);
				}
				g.setAttribute("aria-label", s.name);
				g.setAttribute("tabindex", s === stop ? "0" : "-1");
				g.classList.toggle("chosen", s === this.chosen);
				g.setAttribute("aria-pressed", String(s === this.chosen));
				g.replaceChildren(...shapes.get(s.key));
			}
			for (const s of this.stays) {
				const legend = s.row.querySelector("legend");
				if (legend.textContent !== s.name) legend.textContent = s.name;
			}
		}
	}
	customElements.define("tsu-week", Week);
})();
