// `npm test`: installs what tests need, chromium included, then hands over to check.mjs on the locked Node.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { install, nodeProgram, ROOT } from "./install.mjs";

const say = (message) => console.log(`- ${message}`);
install(say);
const run = spawnSync(nodeProgram(say), [path.join(ROOT, "scripts/check.mjs"), ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: "inherit",
});
process.exit(run.status ?? 1);
