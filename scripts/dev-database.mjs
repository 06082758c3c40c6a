// For developers: an embedded database without the application. `node scripts/dev-database.mjs [name]` prints its address.
import path from "node:path";
import { startDatabase } from "./embedded-database.mjs";

const root = path.join(import.meta.dirname, "..");
const { url, reused } = await startDatabase({
  dataDir: path.join(root, process.env.DATA_DIR ?? ".data", "dev-pg"),
  database: process.argv[2] ?? "chairman",
});
console.error(reused ? "reused the running server" : "started a server");
console.log(url);
