// The browser of the end-to-end tests: CHROMIUM_PATH, the system's, or installed by the system's package manager.
import { spawnSync } from "node:child_process";
import fs from "node:fs";

/** The same engine without what a window needs: the journeys take a quarter less time in it. */
const SHELL = "/usr/bin/chromium-headless-shell";
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const firstOf = (...files) => files.find((file) => file && fs.existsSync(file));

const mayInstall = () => process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;

function install(name) {
  const options = { stdio: ["ignore", "ignore", "ignore"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  const ask = () =>
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], options).status === 0;
  if (ask()) return;
  spawnSync("apt-get", ["update", "-qq"], options);
  ask();
}

export function chromium(say) {
  const there = firstOf(process.env.CHROMIUM_PATH, SHELL);
  if (there) return there;
  if (mayInstall()) {
    say("Installing chromium's headless shell for the end-to-end tests");
    install("chromium-headless-shell");
    if (!firstOf(SHELL, ...PLACES)) install("chromium");
  }
  return firstOf(SHELL, ...PLACES) ?? null;
}
