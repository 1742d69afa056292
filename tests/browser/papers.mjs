// The reader of cells (cells.mjs) can fail: papers with the answers of a case in other cells than their own are told.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { cellFaults } from "./cells.mjs";
import { ROOT, ok, same, test, tsunagi } from "./lib.mjs";

test("papers: a value in the cell of another label is told, and so is another mark", () => {
	const dir = mkdtempSync(path.join(os.tmpdir(), "tsunagi-cells-"));
	try {
		const print = (form, version, change) => {
			const typical = JSON.parse(readFileSync(path.join(ROOT, `forms/${form}/${version}/cases/typical.json`), "utf8"));
			change(typical.answers);
			const file = path.join(dir, "case.json"), out = path.join(dir, "paper.pdf");
			writeFileSync(file, JSON.stringify(typical));
			tsunagi("form", "print", form, file, out);
			return out;
		};
		const told = (file, wanted) => cellFaults(file, "paper", wanted).map((f) => /"([^"]*)"/.exec(f)[1]);
		const [version4, versionJ] = ["kyotaku-4", "jushin-joho"].map((f) => new RegExp(`^${f}\\t(\\S+)`, "m").exec(tsunagi("form", "list"))[1]);
		const meeting = [["right", "開催場所", "ここ"], ["right", "検討内容", "内容の欄"], ["right", "結論", "結論の欄"]];
		const fill = (a) => Object.assign(a, { place: "ここ", discussion: "内容の欄", conclusion: "結論の欄" });
		same(told(print("kyotaku-4", version4, fill), meeting), [], "faults of the right paper");
		same(told(print("kyotaku-4", version4, (a) => { fill(a); [a.discussion, a.conclusion] = [a.conclusion, a.discussion]; }), meeting), ["検討内容", "結論"], "faults of swapped cells");
		const doctor = [["marks", "伝える内容", ["服薬", "口腔"]], ["has", "服薬の状況", ""]];
		same(told(print("jushin-joho", versionJ, (a) => { a.topic = ["medication", "oral"]; }), doctor), [], "faults of the right marks");
		for (const topic of [["medication"], ["medication", "life"], ["medication", "oral", "life"]]) same(told(print("jushin-joho", versionJ, (a) => { a.topic = topic; }), doctor), ["伝える内容"], "faults of other marks");
		ok(cellFaults(print("kyotaku-4", version4, fill), "paper", [["right", "この欄はない", ""]]).length === 1, "a label that is missing");
	} finally { rmSync(dir, { recursive: true }); }
});
