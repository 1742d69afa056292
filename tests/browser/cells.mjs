// A printed form read cell by cell: the words of pdftotext, and the rules, rings and tick boxes that the page really draws. What
// stands in the cell of a label is worked out from the ruling alone, not from the layout file that drew it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";

export const flat = (text) => text.normalize("NFKC").replace(/[\s()・､、※]/g, "");
const among = (v, a, b, slack = 1) => v >= a - slack && v <= b + slack;
const shared = (a, b) => Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);

/* The paths of one page's content: our own PDFs know no matrix but that of the text. */
function drawn(content, height) {
	const out = { across: [], down: [], rings: [], boxes: [], strokes: [] };
	const line = (x0, y0, x1, y1) => {
		if (Math.abs(y0 - y1) < 0.1) out.across.push({ x0: Math.min(x0, x1), x1: Math.max(x0, x1), y: y0 });
		else if (Math.abs(x0 - x1) < 0.1) out.down.push({ y0: Math.min(y0, y1), y1: Math.max(y0, y1), x: x0 });
	};
	let at = [], points = [], curved = false, lines = [];
	for (const token of content.replace(/BT[^]*?ET/g, " ").replace(/\[[^\]]*\]/g, " ").split(/\s+/)) {
		if (/^-?[\d.]+$/.test(token)) { at.push(Number(token)); continue; }
		if (token === "m") { points.push([at[0], height - at[1]]); }
		else if (token === "l") { const [x, y] = points.at(-1); points.push([at[0], height - at[1]]); lines.push([x, y, at[0], height - at[1]]); }
		else if (token === "c") { curved = true; points.push([at[0], height - at[1]], [at[2], height - at[3]], [at[4], height - at[5]]); }
		else if (token === "re") {
			const [x, w, y0, y1] = [at[0], at[2], height - at[1] - at[3], height - at[1]];
			if (Math.abs(w - at[3]) < 0.2 && w < 14) out.boxes.push({ x0: x, x1: x + w, y0, y1 });
			else { line(x, y0, x + w, y0); line(x, y1, x + w, y1); line(x, y0, x, y1); line(x + w, y0, x + w, y1); }
		} else if (/^[SfBs]\*?$/.test(token)) {
			const xs = points.map((p) => p[0]), ys = points.map((p) => p[1]), box = { x0: Math.min(...xs), x1: Math.max(...xs), y0: Math.min(...ys), y1: Math.max(...ys) };
			if (curved) out.rings.push(box);
			else if (points.length && box.x1 - box.x0 < 14 && box.y1 - box.y0 < 14 && box.x1 - box.x0 > 2 && box.y1 - box.y0 > 2) out.strokes.push(box);
			else for (const l of lines) line(...l);
			points = [], lines = [], curved = false;
		}
		at = [];
	}
	return out;
}

export class Sheet {
	constructor(file) {
		const raw = readFileSync(file), text = raw.toString("latin1");
		const xml = execFileSync("pdftotext", ["-bbox", file, "-"], { encoding: "utf8" });
		const contents = [...text.matchAll(/\/Type ?\/Page\b[^]*?endobj/g)].map((m) => Number(/\/Contents (\d+) 0 R/.exec(m[0])[1]));
		this.pages = xml.split("<page ").slice(1).map((part, i) => {
			const height = Number(/height="([\d.]+)"/.exec(part)[1]);
			const begin = new RegExp(`(?:^|\\n)${contents[i]} 0 obj[^]*?stream\\r?\\n`).exec(text), from = begin.index + begin[0].length;
			const bytes = raw.subarray(from, text.indexOf("endstream", from));
			const page = drawn(inflateSync(bytes, { finishFlush: 2 }).toString("latin1"), height);
			page.words = [...part.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g)].map(([, x0, y0, x1, y1, t]) => ({ x0: +x0, y0: +y0, x1: +x1, y1: +y1,
				text: flat(t.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&")) })).filter((w) => w.text);
			page.cells = cellsOf(page);
			page.lines = linesOf(page.words);
			return page;
		});
	}
	/* The nth cell that holds a label; it is the smallest text that does, so that a value that quotes the label is none. */
	label(words, nth = 0) {
		const want = flat(words), found = this.pages.flatMap((page) => page.cells.filter((c) => c.text.includes(want)).map((cell) => ({ page, cell })));
		found.sort((a, b) => (b.cell.text === want) - (a.cell.text === want) || (b.cell.text.startsWith(want)) - (a.cell.text.startsWith(want)));
		const alike = found.filter((f) => (f.cell.text === want) === (found[0].cell.text === want));
		return alike[nth];
	}
	/* The text of what stands right of a label: in the same open space after it, or in the cells that adjoin. */
	right(words, nth) {
		const at = this.label(words, nth);
		if (!at) return null;
		const want = flat(words), { page, cell } = at;
		// a label outside the ruling (利用者名 … 殿): its line goes on to the right
		const line = cell.x0 === 0 || cell.x1 === 9999 ? page.lines.find((l) => l.includes(want)) : cell.text;
		const after = (line || "").slice((line || "").indexOf(want) + want.length);
		const beside = page.cells.filter((c) => c !== cell && Math.abs(c.x0 - cell.x1) < 2 && shared(c, cell) > 0.5 * Math.min(c.y1 - c.y0, cell.y1 - cell.y0));
		return { text: beside.map((c) => c.text).join(""), after, page, cells: beside, cell };
	}
	/* The text of what stands under a head, of one row or of all. */
	under(words, nth, row) {
		const at = this.label(words, nth);
		if (!at) return null;
		const { page, cell } = at;
		let cells = page.cells.filter((c) => c.y0 >= cell.y1 - 1 && c.x0 >= cell.x0 - 1.5 && c.x1 <= cell.x1 + 1.5);
		if (row) {
			const keys = page.cells.filter((c) => c.y0 >= cell.y1 - 1 && c.text.includes(flat(row)));
			cells = cells.filter((c) => keys.some((k) => shared(c, k) > 0.5 * Math.min(c.y1 - c.y0, k.y1 - k.y0)));
		}
		return { text: cells.map((c) => c.text).join(""), after: "", page, cells, cell };
	}
	/* What is ringed or ticked in these cells. */
	marked({ page, cells, cell }) {
		const places = cells.length ? cells : [cell], out = [];
		const inside = (b) => places.some((c) => among((b.x0 + b.x1) / 2, c.x0, c.x1) && among((b.y0 + b.y1) / 2, c.y0, c.y1));
		for (const ring of page.rings.filter(inside))
			out.push(page.words.filter((w) => among((w.x0 + w.x1) / 2, ring.x0, ring.x1) && among((w.y0 + w.y1) / 2, ring.y0, ring.y1)).map((w) => w.text).join(""));
		for (const box of page.boxes.filter(inside)) {
			if (!page.strokes.some((s) => among(s.x0, box.x0, box.x1, 2) && among(s.y1, box.y0, box.y1, 2))) continue;
			const next = Math.min(...page.boxes.filter((b) => b.x0 > box.x1 && Math.abs(b.y0 - box.y0) < 4).map((b) => b.x0), Infinity);
			const place = places.find((c) => among((box.x0 + box.x1) / 2, c.x0, c.x1) && among((box.y0 + box.y1) / 2, c.y0, c.y1));
			out.push(page.words.filter((w) => w.x0 >= box.x1 - 1 && w.x1 <= Math.min(next, place.x1) + 1 && among((w.y0 + w.y1) / 2, box.y0, box.y1, 2)).map((w) => w.text).join(""));
		}
		return out.sort();
	}
}

/* Words as lines of text, from above and from the left. */
function linesOf(words) {
	const lines = [];
	for (const w of [...words].sort((a, b) => a.y0 + a.y1 - b.y0 - b.y1)) {
		const line = lines.at(-1);
		if (line && shared(line, w) > 0.5 * Math.min(line.y1 - line.y0, w.y1 - w.y0)) line.words.push(w);
		else lines.push({ y0: w.y0, y1: w.y1, words: [w] });
	}
	return lines.map((l) => l.words.sort((a, b) => a.x0 - b.x0).map((w) => w.text).join(""));
}

/* The words of each cell, in lines from left to right. */
function cellsOf(page) {
	const cells = new Map();
	for (const w of page.words) {
		const x = (w.x0 + w.x1) / 2, y = (w.y0 + w.y1) / 2, first = Math.min(w.x0 + 2, x);
		const across = page.across.filter((l) => among(first, l.x0, l.x1)).map((l) => l.y), down = page.down.filter((l) => among(y, l.y0, l.y1)).map((l) => l.x);
		const c = { x0: Math.max(0, ...down.filter((v) => v <= first)), x1: Math.min(9999, ...down.filter((v) => v > first)),
			y0: Math.max(0, ...across.filter((v) => v <= y)), y1: Math.min(9999, ...across.filter((v) => v > y)) };
		const key = [c.x0, c.x1, c.y0, c.y1].map(Math.round).join(" ");
		if (!cells.has(key)) cells.set(key, { ...c, words: [] });
		cells.get(key).words.push(w);
	}
	const out = [...cells.values()];
	for (const c of out) c.text = linesOf(c.words).join("");
	return out.sort((a, b) => a.y0 - b.y0 || a.x0 - b.x0);
}

/* 第3表: the box of a day begins and ends where the scale beside it says these hours are; the fault, or "". */
function hoursFault(sheet, label, [from, to]) {
	const at = sheet.under(label, 0, ""), scale = [];
	if (!at || !at.cells.length) return "nothing stands there";
	for (const c of at.page.cells) for (const w of c.words) if (/^\d+:00/.test(w.text) && c.x1 < at.cell.x0 + 2) scale.push({ hour: parseInt(w.text), y: c.y0, y1: c.y1, n: (c.text.match(/:00/g) || []).length });
	scale.sort((a, b) => a.hour - b.hour);
	const step = (scale[1].y - scale[0].y) / (scale[1].hour - scale[0].hour), hour = (text) => { const [h, m] = text.split(":").map(Number); return scale[0].y + (h + m / 60 - scale[0].hour) * step; };
	const sides = at.page.down.filter((l) => among(l.x, at.cell.x0, at.cell.x1, 2) && Math.abs(l.y0 - hour(from)) < 1.5 && Math.abs(l.y1 - hour(to)) < 1.5);
	const top = at.cells[0].y0;
	return Math.abs(top - hour(from)) < 1.5 && sides.length >= 2 ? "" : `the box begins at ${top.toFixed(1)}, ${from} is at ${hour(from).toFixed(1)}; ${sides.length} sides go down to ${to}`;
}

/* Compares a paper with what was typed: [how, label, expected, { nth, row }]; the faults as sentences.
 *   "right"  the cell right of the label, or what follows it in the same open space, says exactly this
 *   "under"  the column under the head (of the row that holds `row`) says exactly this
 *   "has"    as "right", but among other words;  "column": as "under", but among other words
 *   "hours"  第3表: the box under this day is drawn from one hour to the other of the scale
 *   "marks"  exactly these are ringed or ticked right of the label;  "marks under": under the head, in its row */
export function cellFaults(file, name, wanted) {
	const sheet = new Sheet(file), faults = [];
	for (const [how, label, expected, { nth = 0, row = "" } = {}] of wanted) {
		const found = /under|column/.test(how) ? sheet.under(label, nth, row) : sheet.right(label, nth);
		const say = (what) => faults.push(`${name}: ${how} "${label}"${row ? ` in the row of "${row}"` : ""}: ${what}`);
		if (!found) { say("the label is missing"); continue; }
		if (how === "hours") {
			const fault = hoursFault(sheet, label, expected);
			if (fault) say(fault);
			continue;
		}
		if (/^marks/.test(how)) {
			const got = sheet.marked(found), want = [expected].flat().map(flat).sort();
			if (JSON.stringify(got) !== JSON.stringify(want)) say(`marked are ${JSON.stringify(got)}, not ${JSON.stringify(want)}`);
			continue;
		}
		const want = flat(expected), partly = how === "has" || how === "column";
		if (partly ? !found.text.includes(want) && !found.after.includes(want) : found.text !== want && !(want && found.after.startsWith(want))) say(`stands "${found.text || found.after}", not "${want}"`);
	}
	return faults;
}
