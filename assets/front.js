/* The page of a respondent, and those of the staff who answer or type in a sheet: questions that hang on another answer come and go. Without this script all of them are shown with a line that
 * says whom they ask. The rules are those of region/front.c: true, false, or open while the question asked before is blank; what hangs
 * on a hidden question is hidden. A question that is open but has something in it stays, so that nothing typed is out of sight. */
(() => {
	"use strict";
	const form = document.querySelector("[data-front]"); // the form, or the part of one that holds the questions

	for (const b of document.querySelectorAll("[data-front-print]")) {
		b.hidden = false;
		b.addEventListener("click", () => window.print());
	}
	const faults = document.getElementById("faults");
	if (faults)
		faults.focus();
	if (!form)
		return;

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
	};
	form.addEventListener("change", look);
	form.closest("form")?.addEventListener("tsunagi:restored", look); // a draft was put back
	look();
	for (const p of document.querySelectorAll("[data-front-hint]"))
		p.hidden = true;
})();
