// The registry may lack optional packages of other platforms; npm then leaves them out of the lock and `npm ci` refuses
// it. Adds an entry for every optional dependency that the lock names but does not resolve. Run after each change of it.
import fs from "node:fs";

const FILE = new URL("../package-lock.json", import.meta.url);
const SYSTEMS = ["android", "darwin", "freebsd", "openbsd", "netbsd", "sunos", "aix", "openharmony", "win32", "linux"];
const PROCESSORS = ["arm64", "x64", "ia32", "ppc64", "s390x", "riscv64", "loong64", "mips64el", "wasm32", "arm"];

const lock = JSON.parse(fs.readFileSync(FILE, "utf8"));
const packages = lock.packages;

/** Node's own lookup: the package's folder first, then each folder above it. */
function resolves(from, name) {
  for (let base = from; ; base = base.slice(0, Math.max(base.lastIndexOf("/node_modules/"), 0))) {
    if (packages[`${base ? `${base}/` : ""}node_modules/${name}`]) return true;
    if (!base) return false;
  }
}

let added = 0;
for (const [from, entry] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (resolves(from, name)) continue;
    const os = SYSTEMS.find((system) => name.includes(system));
    const cpu = PROCESSORS.find((processor) => name.includes(processor));
    packages[`node_modules/${name}`] = {
      version: range.replace(/^[^0-9]*/, ""),
      ...(cpu && { cpu: [cpu] }),
      optional: true,
      ...(os && { os: [os] }),
      ...(entry.dev && { dev: true }),
    };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
for (const entry of Object.values(lock.packages)) delete entry.resolved;
fs.writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} entries added`);
