// `npm start`: installs what is missing, then hands over to launch.mjs on the locked Node.
import { spawn } from "node:child_process";
import path from "node:path";
import { install, nodeProgram, ROOT } from "./install.mjs";

const say = (message) => console.log(`  ${message}`);
install(say);

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
