// The browser of the end-to-end tests: CHROMIUM_PATH, the system's, or installed by the system's package manager.
import { spawnSync } from "node:child_process";
import fs from "node:fs";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const present = () => [process.env.CHROMIUM_PATH, ...PLACES].find((file) => file && fs.existsSync(file));

export function chromium(say) {
  const there = present();
  if (there) return there;
  if (process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0) {
    say("Installing chromium for the end-to-end tests");
    const quiet = {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    };
    spawnSync("apt-get", ["update", "-qq"], quiet);
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], quiet);
  }
  return present() ?? null;
}
