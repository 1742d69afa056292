// Runs the suites one after the other; a name on the command line picks tests whose name holds it. PART=1 or PART=2: half of the
// suites, of about the same time, for two runs side by side (run).
import { run } from "./lib.mjs";

const parts = [["layout"], ["care_walk", "walk", "plain", "assess", "survey_walk", "safety", "input", "drawing", "plan", "snippet", "week", "tabs", "papers", "duty", "front", "dispatch_walk", "interest"]];
const part = Number(process.env.PART || 0);
for (const suite of part ? parts[part - 1] : parts.flat()) await import(`./${suite}.mjs`);

process.exit(await run(process.argv.slice(2)));
