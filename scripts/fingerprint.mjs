// Tells whether something made from the sources is still of these sources.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const SKIP = new Set(["node_modules", "generated", ".data", "test-results"]);

function* files(place) {
  if (!fs.existsSync(place)) return;
  if (fs.statSync(place).isFile()) {
    yield place;
    return;
  }
  for (const entry of fs.readdirSync(place, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (SKIP.has(entry.name) || entry.name.startsWith(".next")) continue;
    const full = path.join(place, entry.name);
    if (entry.isDirectory()) yield* files(full);
    else if (!/\.test\.tsx?$/.test(entry.name)) yield full;
  }
}

/** SHA-256 over names and contents. */
export function fingerprint(root, places) {
  const hash = createHash("sha256");
  for (const place of places) {
    for (const file of files(path.join(root, place))) {
      hash.update(path.relative(root, file)).update("\0").update(fs.readFileSync(file)).update("\0");
    }
  }
  return hash.digest("hex").slice(0, 24);
}

/** The generated database client. */
export const clientOf = (root) => ({
  mark: path.join(root, "lib/generated/prisma/.made-from"),
  print: fingerprint(root, ["prisma/schema", "package-lock.json"]),
});

/** Whether `mark` says that it was made from `print`. */
export const isMade = (mark, print) => fs.existsSync(mark) && fs.readFileSync(mark, "utf8") === print;

/** Runs `make` unless `mark` says that it was already made from `print`. */
export async function unlessMade(mark, print, make) {
  if (isMade(mark, print)) return false;
  await make();
  fs.mkdirSync(path.dirname(mark), { recursive: true });
  fs.writeFileSync(mark, print);
  return true;
}
