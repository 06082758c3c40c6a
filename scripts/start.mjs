// `npm start`: installs what is missing, then hands over to launch.mjs on the locked Node.
import { spawn } from "node:child_process";
import path from "node:path";
import { decideStart } from "./decide-start.mjs";
import { install, nodeProgram, ROOT, upToDate } from "./install.mjs";
import { holderOf, runningFromHere, whileBuilding } from "./running.mjs";

const say = (message) => console.log(`  ${message}`);

// Before anything is touched: somebody may run from this folder. The launcher asks again, about the build.
const decision = decideStart({
  holder: holderOf(path.resolve(ROOT, process.env.DATA_DIR ?? ".data")),
  others: runningFromHere(),
  dist: "",
  installed: upToDate(),
  current: true,
});
if (decision.do === "leave" || decision.do === "refuse") {
  console.log(`\n  ${decision.sentence}\n`);
  process.exit(decision.do === "leave" ? 0 : 1);
}
if (!upToDate()) {
  await whileBuilding(
    () => say("Another start is installing; waiting for it"),
    () => install(say),
  );
}

const child = spawn(nodeProgram(say), [path.join(ROOT, "scripts/launch.mjs"), ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: ["inherit", "inherit", "inherit", "ipc"],
});
// Ctrl-C reaches the whole group: the launcher stops in order, and this waits for it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
