// Runs the suites one after the other; a name on the command line picks tests whose name holds it.
import { run } from "./lib.mjs";
import "./walk.mjs";
import "./safety.mjs";
import "./input.mjs";
import "./drawing.mjs";
import "./assess.mjs";
import "./plain.mjs";
import "./layout.mjs";
import "./plan.mjs";
import "./snippet.mjs";
import "./week.mjs";
import "./tabs.mjs";
import "./care_walk.mjs";

process.exit(await run(process.argv.slice(2)));
