// Who runs: a note in the data folder, and one beside the build. A note whose process is gone counts for nothing.
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ROOT } from "./install.mjs";

const NOTES = path.join(ROOT, ".next-serving");
const noteIn = (data) => path.join(data, "running.json");

/** After a kill -9 the number may belong to another program; where the system tells, it must be a launcher. */
function runs({ pid }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return false;
  }
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").match(/(start|launch)\.mjs/) !== null;
  } catch {
    return !fs.existsSync("/proc/self");
  }
}

function read(file) {
  try {
    const note = JSON.parse(fs.readFileSync(file, "utf8"));
    return Number.isInteger(note.pid) && runs(note) ? note : null;
  } catch {
    return null;
  }
}

/** @returns {import("./decide-start.mjs").Running | null} */
export const holderOf = (data) => read(noteIn(data));

/** @returns {import("./decide-start.mjs").Running[]} */
export function runningFromHere() {
  if (!fs.existsSync(NOTES)) return [];
  return fs
    .readdirSync(NOTES)
    .filter((name) => /^\d+\.json$/.test(name))
    .map((name) => read(path.join(NOTES, name)))
    .filter((note) => note !== null && note.pid !== process.pid);
}

/** Creates the note, or answers the one that is there; of two starts at once one creates it. */
function claim(file, note) {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      // Linked and not written in place: whoever reads it reads all of it.
      const draft = `${file}.${process.pid}`;
      fs.writeFileSync(draft, JSON.stringify(note));
      try {
        fs.linkSync(draft, file);
      } finally {
        fs.rmSync(draft, { force: true });
      }
      return null;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      const holder = read(file);
      if (holder) return holder;
      fs.rmSync(file, { force: true });
    }
  }
  return read(file);
}

/**
 * Says that this process runs, with this data folder and from this build.
 * @returns {{ holder: import("./decide-start.mjs").Running } | { say: (state: "starting" | "serving") => void, leave: () => void }}
 */
export function register({ address, dist, data }) {
  const note = (state) => ({ pid: process.pid, address, dist, data, state });
  const holder = claim(noteIn(data), note("starting"));
  if (holder) return { holder };
  const own = path.join(NOTES, `${process.pid}.json`);
  fs.mkdirSync(NOTES, { recursive: true });
  for (const name of fs.readdirSync(NOTES)) {
    const pid = Number(/^(\d+)\.json$/.exec(name)?.[1]);
    if (pid && !runs({ pid })) fs.rmSync(path.join(NOTES, name), { force: true });
  }
  const say = (state) => fs.writeFileSync(own, JSON.stringify(note(state)));
  say("starting");
  const leave = () => {
    for (const file of [own, noteIn(data)]) fs.rmSync(file, { force: true });
  };
  return { say, leave };
}

/** One installation or build at a time in this folder: waits for the other one. */
export async function whileBuilding(waiting, work) {
  const file = path.join(NOTES, "build.json");
  fs.mkdirSync(NOTES, { recursive: true });
  for (let said = false; claim(file, { pid: process.pid }); await sleep(250)) {
    if (!said) waiting();
    said = true;
  }
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}
