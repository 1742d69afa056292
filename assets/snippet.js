"use strict";
/* 定型文 (F050; ux U16) in every long field: ; and the beginning of a word opens a list under the field; Alt+T or the link
 * 「定型文」 opens all of them in a dialog with a box to search. Without this script the link opens the page of filled texts.
 * Rules: nothing while an IME composes; the text goes in as if typed (one undo step, the draft sees it); the first place that
 * stayed blank is selected. The texts are filled on the server from the record of this page's person. */
(() => {
	const root = document.documentElement;
	const make = (tag, props = {}, ...children) => {
		const e = Object.assign(document.createElement(tag), props);
		e.append(...children);
		return e;
	};
	const live = (text) => {
		const box = document.getElementById("live");
		if (!box) return;
		box.textContent = "";
		setTimeout(() => { box.textContent = text; }, 50);
	};
	const takes = (t) => t instanceof HTMLTextAreaElement && !t.readOnly && !t.disabled && !("noSnippet" in t.dataset);

	/* ---- the texts, once for this page and person ---- */

	const asked = new Map();
	let blank = "＿＿";
	/* Whose record the field belongs to: the form says it (a form in place in a list is about the row's person), else the page. */
	const pathOf = (field) => {
		const link = document.querySelector(`[data-snippets="${CSS.escape(field.id)}"]`);
		const at = /^\/persons\/([a-z0-9]{26})(?:\/|$)/i;
		for (const place of [field.form && new URL(field.form.action, location.href).pathname, link && link.pathname])
			if (place && at.test(place)) return `/persons/${at.exec(place)[1]}/snippets/fill`;
		return root.dataset.person ? `/persons/${root.dataset.person}/snippets/fill` : "/snippets/fill";
	};
	async function load(path) {
		const r = await fetch(path, { headers: { "X-Tsunagi": "1", "X-Tsunagi-Account": root.dataset.account || "" }, credentials: "same-origin", cache: "no-store", redirect: "error" });
		if (!r.ok) throw new Error(String(r.status));
		const all = await r.json();
		blank = all.blank;
		return all.items;
	}
	const items = (field) => {
		const path = pathOf(field);
		if (!asked.has(path)) asked.set(path, load(path).catch((x) => { asked.delete(path); throw x; }));
		return asked.get(path);
	};
	const SMALL = "ァアィイゥウェエォオッツャヤュユョヨヮワヵカヶケ";
	/* As the server folds a word (jp/fold), kana and width: あん, アン, ｱﾝ and がん, かん are one. */
	const fold = (text) => [...text.normalize("NFKC").toLowerCase().replace(/[\u3041-\u3096]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x60)).normalize("NFD")]
		.filter((c) => !"\u3099\u309a゛゜ー・".includes(c) && !/\s/.test(c)).map((c) => { const i = SMALL.indexOf(c); return i >= 0 && i % 2 === 0 ? SMALL[i + 1] : c; }).join("").replaceAll("ヲ", "オ");

	/* ---- putting a text in ---- */

	let last = null; /* the field and its selection, while the dialog is open */
	function put(field, from, to, item) {
		field.focus();
		field.setSelectionRange(from, to);
		/* one undo step, and an input event by itself; where a browser has no such command: by hand */
		if (!document.execCommand("insertText", false, item.text)) {
			field.setRangeText(item.text, from, to, "end");
			field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: item.text }));
		}
		const at = item.text.indexOf(blank);
		if (at >= 0) field.setSelectionRange(from + at, from + at + blank.length);
		live(item.open.length ? `「${item.title}」を入れました。まだ入っていないところ: ${item.open.join("、")}` : `「${item.title}」を入れました。`);
	}

	/* ---- a list to choose from ---- */

	const preview = (item) => {
		const p = make("span", { className: "snip-text" });
		item.text.split(blank).forEach((part, i) => { if (i) p.append(make("mark", {}, blank)); p.append(part); });
		return p;
	};
	const option = (item, i, prefix) => {
		const o = make("li", { id: `${prefix}-${i}`, className: "snip-option" }, make("span", { className: "snip-name" }, make("kbd", {}, `;${item.word}`), ` ${item.title}`,
			make("small", {}, ` ${item.category}・${item.level}`)), preview(item));
		o.setAttribute("role", "option");
		o.setAttribute("aria-selected", "false");
		return o;
	};
	class List {
		constructor(id, label) {
			this.box = make("ul", { id, className: "snip-list" });
			this.box.setAttribute("role", "listbox");
			this.box.setAttribute("aria-label", label);
			this.at = 0;
			this.v = [];
		}
		show(v) {
			this.v = v;
			this.box.replaceChildren(...v.map((item, i) => option(item, i, this.box.id)));
			this.go(0);
		}
		go(i) {
			if (!this.v.length) { this.at = 0; return; }
			this.at = (i + this.v.length) % this.v.length;
			[...this.box.children].forEach((o, k) => o.setAttribute("aria-selected", String(k === this.at)));
			this.box.children[this.at].scrollIntoView({ block: "nearest" });
		}
		get active() { return this.v.length ? this.box.children[this.at].id : ""; }
		index(target) { const o = target.closest(".snip-option"); return o ? [...this.box.children].indexOf(o) : -1; }
	}

	/* ---- ;あん under the field ---- */

	const list = new List("snip-inline", "定型文");
	let open = null; /* {field, from} while the list is shown */
	let refused = ""; /* what Esc closed: not opened again while the same word grows */
	const close = () => {
		if (!open) return;
		open.field.removeAttribute("aria-activedescendant");
		open.field.removeAttribute("aria-controls");
		list.box.remove();
		open = null;
	};
	const mark = () => { if (open) open.field.setAttribute("aria-activedescendant", list.active); };
	const typed = (field) => {
		if (field.selectionStart !== field.selectionEnd) return null;
		const m = /[;；]([^\s;；、。「」（）]{1,20})$/u.exec(field.value.slice(0, field.selectionStart));
		return m ? { from: m.index, word: m[1] } : null;
	};
	async function look(field) {
		const t = typed(field);
		if (!t) { refused = ""; return close(); }
		if (refused && t.word.startsWith(refused)) return undefined;
		let all;
		try { all = await items(field); } catch { close(); return live("定型文を読めません。つながってから、もう一度お試しください。"); }
		const now = typed(field), key = now ? fold(now.word) : "";
		if (!now || document.activeElement !== field) return close();
		const hits = key ? all.filter((i) => i.key.startsWith(key)).sort((a, b) => a.key.length - b.key.length).slice(0, 9) : [];
		if (!hits.length) return close();
		if (!open || open.field !== field) {
			close();
			field.after(list.box);
			field.setAttribute("aria-controls", list.box.id);
		}
		open = { field, from: now.from };
		list.show(hits);
		mark();
		live(`定型文 ${hits.length}件。上下の矢印で選び、Enterで入れます。`);
		return undefined;
	}
	const choose = (i) => {
		const { field, from } = open, item = list.v[i];
		close();
		put(field, from, field.selectionStart, item);
	};
	let composing = false;
	document.addEventListener("compositionstart", () => { composing = true; close(); }, true);
	document.addEventListener("compositionend", (e) => { composing = false; if (takes(e.target)) setTimeout(() => look(e.target), 0); }, true);
	document.addEventListener("input", (e) => { if (!composing && !e.isComposing && takes(e.target)) look(e.target); });
	document.addEventListener("focusout", (e) => { if (open && e.target === open.field) setTimeout(() => { if (open && document.activeElement !== open.field) close(); }, 0); });
	list.box.addEventListener("mousedown", (e) => e.preventDefault()); /* the field keeps the focus */
	list.box.addEventListener("click", (e) => { const i = list.index(e.target); if (open && i >= 0) choose(i); });
	document.addEventListener("keydown", (e) => {
		if (!open || e.target !== open.field || e.isComposing || composing || e.keyCode === 229) return;
		if (e.key === "ArrowDown" || e.key === "ArrowUp") { e.preventDefault(); list.go(list.at + (e.key === "ArrowDown" ? 1 : -1)); mark(); }
		else if (e.key === "Enter" && !e.shiftKey && !e.ctrlKey && !e.altKey) { e.preventDefault(); e.stopPropagation(); choose(list.at); }
		else if (e.key === "Escape") { e.preventDefault(); e.stopPropagation(); const t = typed(open.field); refused = t ? t.word : ""; close(); }
		else if (e.key === "ArrowLeft" || e.key === "ArrowRight" || e.key === "Tab") close();
	}, true);

	/* ---- all of them in a dialog: Alt+T, or the link beside the field ---- */

	async function openAll(field) {
		let all;
		if (document.querySelector("dialog[open]")) return undefined;
		close();
		last = { field, from: field.selectionStart, to: field.selectionEnd };
		try { all = await items(field); } catch { return live("定型文を読めません。つながってから、もう一度お試しください。"); }
		const box = make("dialog", { className: "snip-dialog" });
		const find = make("input", { type: "search", id: "snip-find", autocomplete: "off" });
		const found = new List("snip-all", "定型文"), none = make("p", { className: "help", hidden: true }, "当てはまる定型文はありません。");
		const cancel = make("button", { type: "button", className: "plain" }, "やめる");
		const keep = { ...last };
		const show = () => {
			const key = fold(find.value);
			found.show(key ? all.filter((i) => i.key.startsWith(key)).concat(all.filter((i) => !i.key.startsWith(key) && i.find.includes(key))) : all);
			none.hidden = found.v.length > 0;
			find.setAttribute("aria-activedescendant", found.active);
		};
		const take = (i) => {
			const item = found.v[i];
			if (!item) return;
			box.close();
			put(keep.field, keep.from, keep.to, item);
		};
		find.setAttribute("role", "combobox");
		find.setAttribute("aria-expanded", "true");
		find.setAttribute("aria-controls", "snip-all");
		find.setAttribute("aria-autocomplete", "list");
		box.setAttribute("aria-labelledby", "snip-head");
		found.box.tabIndex = 0;
		box.append(make("h2", { id: "snip-head" }, "定型文"), make("label", { htmlFor: "snip-find" }, "呼び出し語や中の言葉でさがす"), find,
			make("p", { className: "help" }, "上下の矢印で選び、Enterで入れます。Escでやめます。"), found.box, none,
			make("p", { className: "buttons" }, cancel, make("a", { href: "/snippets", target: "_blank", rel: "noopener" }, "定型文を直す（別の画面）")));
		find.addEventListener("input", (e) => { if (!e.isComposing) show(); });
		find.addEventListener("compositionend", show);
		box.addEventListener("keydown", (e) => {
			if (e.isComposing || e.keyCode === 229) return;
			if (e.key === "ArrowDown" || e.key === "ArrowUp") { e.preventDefault(); found.go(found.at + (e.key === "ArrowDown" ? 1 : -1)); find.setAttribute("aria-activedescendant", found.active); }
			else if (e.key === "Enter" && (e.target === find || e.target === found.box)) { e.preventDefault(); take(found.at); }
		});
		found.box.addEventListener("click", (e) => take(found.index(e.target)));
		cancel.addEventListener("click", () => box.close());
		box.addEventListener("close", () => { box.remove(); if (document.activeElement !== keep.field) keep.field.focus(); });
		document.body.append(box);
		show();
		box.showModal();
		find.focus();
		return undefined;
	}
	document.addEventListener("keydown", (e) => {
		if (!e.altKey || e.ctrlKey || e.metaKey || e.code !== "KeyT" || e.isComposing || !takes(e.target)) return;
		e.preventDefault();
		openAll(e.target);
	});
	document.addEventListener("click", (e) => {
		const link = e.target instanceof Element && e.target.closest("[data-snippets]"), field = link && document.getElementById(link.dataset.snippets);
		if (!field || e.ctrlKey || e.metaKey || e.shiftKey || e.button) return;
		e.preventDefault();
		openAll(field);
	});
	const ready = (at) => {
		for (const a of at.querySelectorAll("[data-snippets]")) {
			a.tabIndex = -1; /* Tab goes from field to field; the key opens the same list */
			a.title = "Alt＋T";
			const field = document.getElementById(a.dataset.snippets);
			if (field) field.setAttribute("aria-keyshortcuts", "Alt+T");
			const note = a.querySelector(".sr");
			if (note) note.textContent = note.textContent.replace("（別の画面で開きます）", "");
		}
	};
	ready(document);

	/* ---- the page that edits one: a button puts a place into the body ---- */

	for (const b of document.querySelectorAll("[data-place]")) {
		b.hidden = false;
		b.addEventListener("click", () => {
			const field = document.getElementById(b.dataset.for);
			put(field, field.selectionStart, field.selectionEnd, { text: b.dataset.place, title: b.dataset.place, open: [] });
		});
	}
})();
