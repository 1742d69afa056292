/* The page of a respondent, and those of the staff who answer or type in a sheet: questions that hang on another answer come and go. Without this script all of them are shown with a line that
 * says whom they ask. The rules are those of region/front.c: true, false, or open while the question asked before is blank; what hangs
 * on a hidden question is hidden. A question that is open but has something in it stays, so that nothing typed is out of sight. */
(() => {
	"use strict";
	const form = document.querySelector("form[data-front]") || document.querySelector("[data-q]")?.closest("form"); // else a page of the house with the same questions

	for (const b of document.querySelectorAll("[data-front-print]")) {
		b.hidden = false;
		b.addEventListener("click", () => window.print());
	}
	if (!form)
		return;
	const front = "front" in form.dataset;
	if (front)
		document.getElementById("faults")?.focus();

	const questions = [...form.querySelectorAll("[data-q]")];
	const byPath = new Map(questions.map((q) => [q.dataset.q, q]));
	const hidden = new Set();

	const values = (path) => {
		const out = [];
		for (const f of byPath.get(path)?.querySelectorAll("input, textarea, select") ?? [])
			if ((f.type !== "radio" && f.type !== "checkbox") || f.checked)
				if (f.value.trim() !== "")
					out.push(f.value);
		return out;
	};

	/* true, false, or null: not known yet */
	const judge = ([op, ...args]) => {
		if (op === "is") {
			if (hidden.has(args[0]))
				return false;
			const v = values(args[0]);
			return v.length === 0 ? null : v.includes(args[1]);
		}
		const parts = args.map(judge);
		if (op === "not")
			return parts[0] === null ? null : !parts[0];
		const stops = op === "or";
		return parts.includes(stops) ? stops : parts.includes(null) ? null : !stops;
	};

	const look = () => {
		hidden.clear();
		for (const q of questions) {
			if (!q.dataset.cond)
				continue;
			const asked = judge(JSON.parse(q.dataset.cond));
			const show = asked === true || (asked === null && values(q.dataset.q).length > 0);
			if (!show)
				hidden.add(q.dataset.q);
			q.hidden = !show;
		}
		for (const s of form.querySelectorAll("section.block"))
			s.hidden = questions.some((q) => s.contains(q)) && !questions.some((q) => s.contains(q) && !q.hidden);
	};
	form.addEventListener("change", look);
	document.addEventListener("tsunagi:restored", look);
	look();
	for (const p of document.querySelectorAll("[data-front-hint]"))
		p.hidden = true;
	if (!front)
		return;

	/* Nothing typed is lost: what is not handed in yet is kept on the server as 「途中で保存」 keeps it, a little after each answer and when
	 * the page is left. Where that is not wanted (anonymous, handed in already) or does not work, the browser asks before it leaves. */
	const line = document.querySelector("[data-front-kept]");
	const keeps = "keeps" in form.dataset;
	let dirty = false, stopped = !keeps, timer = 0, under = null, going = false;

	const say = (text) => {
		if (line)
			line.textContent = text;
	};
	const keep = () => {
		clearTimeout(timer);
		if (stopped || !dirty || under || going)
			return under;
		const body = new URLSearchParams(new FormData(form));
		body.set("act", "keep");
		dirty = false;
		under = fetch(form.getAttribute("action"), { method: "POST", body, keepalive: true }).then(async (r) => {
			const page = new DOMParser().parseFromString(await r.text(), "text/html");
			const base = page.querySelector("form[data-front] input[name=base]");
			if (!r.ok || !base) {
				dirty = true;
				stopped = r.status !== 422; // what cannot be read yet may be mended
				say(stopped ? "入力した内容を自動で保存できませんでした。「途中で保存」を押してください。" : "直すところがあるので、まだ保存していません。");
				return;
			}
			form.elements.namedItem("base").value = base.value;
			say(`入力した内容を保存しました（${new Date().toLocaleTimeString("ja-JP", { hour: "2-digit", minute: "2-digit" })}）。まだ提出していません。`);
		}).catch(() => {
			dirty = true;
			say("通信できないため、まだ保存していません。");
		}).finally(() => {
			under = null;
		});
		return under;
	};
	const soon = (ms) => () => {
		dirty = true;
		clearTimeout(timer);
		timer = setTimeout(keep, ms);
	};
	form.addEventListener("input", soon(4000));
	form.addEventListener("change", soon(1500));
	document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
	addEventListener("pagehide", keep);
	addEventListener("beforeunload", (e) => {
		if (dirty && stopped && !going)
			e.preventDefault();
	});
	form.addEventListener("submit", async (e) => {
		if (under) { // the version that is being kept is what this one follows
			e.preventDefault();
			await under;
			form.requestSubmit(e.submitter);
			return;
		}
		going = true;
	});
})();
